import type { Operation } from "../../../catalogue/facts/operation.ts";
import { oneLine } from "../../../core/text.ts";
import { foreignRemedies, meaningOfForeign } from "../../remedy/answer/foreign-remedies.ts";
import type { ForeignService } from "../../verdict/refusal-facts.ts";
import type { Layer } from "../../verdict/verdict.ts";
import { foreignClaim } from "../claims/foreign-claims.ts";
import { stateRequirement } from "../claims/requirement-claims.ts";
import { type Finding, NOTHING_REFUSED } from "../finding.ts";
import { type Failure, isApiPath, NO_FAILURE_DETAILS } from "../paste/failure.ts";
import { describeAddress, describeCall } from "../summary.ts";
import type { EntryPoint } from "./entry-point.ts";
import type { StorageAnswer } from "./file-storage.ts";

interface AnswerFacts extends Pick<Finding, "status" | "code" | "request"> {
  readonly ids: readonly string[];
}

/** The layer to report for each kind of sender. An unknown host can still be a gateway to the platform. */
const LAYER_OF: Readonly<Record<ForeignService["kind"], Layer>> = {
  product: "none",
  called: "none",
  untrusted: "none",
  late: "none",
  unreachable: "none",
  gateway: "network",
  unreached: "network",
  caller: "network",
  own: "none",
  elsewhere: "unknown",
  stranger: "unknown",
};

/** Matches the error code that Microsoft Entra puts into its messages, because its errors have no field for it. */
const SIGN_IN_CODE = /\bAADSTS\d{4,7}\b/;

/** Explains a response from another service, without any claim about the platform. */
export function explainForeign(
  failure: Failure,
  foreign: ForeignService,
  operation: Operation | null,
  { status, code: given, ids, request }: AnswerFacts,
): Finding {
  const code = given ?? foreign.quote.match(SIGN_IN_CODE)?.[0] ?? null;
  // The response belongs to a platform operation only if the platform passed it on.
  const called = foreign.kind === "called" ? operation : null;
  const own = isOfAnswer(failure.request, foreign) ? failure.request : null;
  return {
    layer: LAYER_OF[foreign.kind],
    status,
    code,
    operation:
      called === null ? null : { method: called.method, path: called.path, operationId: called.operationId },
    topics: [],
    summary: describeBoth(
      foreign.kind === "elsewhere" ? describeAddress(own) : describeCall(called, own),
      describeAnswer(status, code),
      meaningOfForeign(foreign),
    ),
    message: failure.message === null ? null : oneLine(failure.message),
    request: own === null ? null : request,
    missing: { permissions: [], scopes: [], divisions: [] },
    claims: [foreignClaim(foreign), ...(called === null ? [] : [stateRequirement(called)])],
    remedies: foreignRemedies(foreign.kind === "product" ? { ...foreign, status } : foreign),
    correlationId: ids[0] ?? null,
    correlationIds: ids,
    retryAfterSeconds: null,
  };
}

/** Kinds of services that the platform itself called, and whose failure it then reported to the caller. */
const CALLED_BY_PLATFORM: ReadonlySet<ForeignService["kind"]> = new Set([
  "called",
  "untrusted",
  "late",
  "unreachable",
]);

/** Whether a response can belong to the request that the paste shows next to it. */
function isOfAnswer(request: Failure["request"], { kind }: ForeignService): boolean {
  const isOfApi = isApiPath(request?.path ?? null);
  // The user's own system cannot have answered a request with an API path.
  if (kind === "own") return !isOfApi;
  // If the platform called the service, an address outside the API is the service's, but the response is the
  // platform's report of that call.
  return isOfApi || !CALLED_BY_PLATFORM.has(kind);
}

/** Explains a refusal by a part of the platform to which roles do not apply, such as a storage link. */
export function explainEntryPoint(
  failure: Failure,
  { layer, meaning, remedies }: EntryPoint | StorageAnswer,
  { status, code, ids, request }: AnswerFacts,
): Finding {
  return {
    ...NOTHING_REFUSED,
    layer,
    status,
    code,
    summary: describeBoth(describeAddress(failure.request), describeAnswer(status, null), meaning),
    message: failure.message === null ? null : oneLine(failure.message),
    request,
    claims: [],
    remedies,
    correlationId: ids[0] ?? null,
    correlationIds: ids,
  };
}

/** Joins what happened and what it means. Without a request, status and code, returns only the meaning. */
function describeBoth(call: string, answer: string, meaning: string): string {
  return answer === "" && !call.startsWith("`") ? meaning : `${call}${answer}: ${meaning}`;
}

/** Describes a response by its status and its error code. */
function describeAnswer(status: number | null, code: string | null): string {
  if (status === null) return code === null ? "" : ` returned \`${oneLine(code, 100)}\``;
  return ` returned ${status}${code === null ? "" : ` \`${oneLine(code, 100)}\``}`;
}

/** Explains text that quotes another service's error and contains no failed platform call. */
export function explainForeignText(foreign: ForeignService): Finding {
  const failure: Failure = { ...NO_FAILURE_DETAILS, form: "words" };
  return explainForeign(failure, foreign, null, { status: null, code: null, ids: [], request: null });
}

/** Explains an error from file storage, or a socket that could not be opened, in text without a status. */
export function explainEntryPointText(entryPoint: StorageAnswer | EntryPoint): Finding {
  const failure: Failure = { ...NO_FAILURE_DETAILS, form: "words" };
  return explainEntryPoint(failure, entryPoint, { status: null, code: null, ids: [], request: null });
}
