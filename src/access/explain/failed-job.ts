import type { Operation } from "../../catalogue/facts/operation.ts";
import { oneLine } from "../../core/text.ts";
import { layerOfRefusal } from "../refusal-layer.ts";
import type { Layer, Remedy } from "../verdict/verdict.ts";
import { type Finding, NOTHING_REFUSED } from "./finding.ts";
import type { Failure } from "./paste/failure.ts";
import { describeCall } from "./summary.ts";

/** Matches a message about the length of the interval or the number of results, which a smaller query does not exceed. */
const LIMIT = /\bexceed\b|\btoo (?:long|large|many)\b/i;

const MEANING: Readonly<Record<"request" | "service" | "unknown", string>> = {
  request: "the query itself has to change; permissions and scopes do not matter here",
  service: "the service failed; this is not a denial",
  unknown: "its state does not say why",
};

/** Explains a job whose state is FAILED. The requests that submit and poll it succeed, so nothing was refused. */
export function explainFailedJob(
  failure: Failure,
  operation: Operation | null,
  about: Pick<Finding, "code" | "request"> & {
    readonly status: number | null;
    readonly ids: readonly string[];
  },
): Finding {
  const { status, code, request, ids } = about;
  const { layer, isLimit } = layerOf(failure, status, code);
  const of = operation === null && request === null ? "" : ` of ${describeCall(operation, failure.request)}`;
  return {
    ...NOTHING_REFUSED,
    layer,
    code,
    operation:
      operation === null
        ? null
        : { method: operation.method, path: operation.path, operationId: operation.operationId },
    summary: `the job${of} ended as FAILED${code === null ? "" : ` with \`${code}\``}: ${MEANING[layer]}`,
    claims: [],
    message: failure.message === null ? null : oneLine(failure.message),
    request,
    remedies: isLimit ? [smaller(operation)] : REMEDIES[layer],
    correlationId: ids[0] ?? null,
    correlationIds: ids,
  };
}

/** Returns the change of a query that exceeds a limit, with the export that divides it where there is one. */
function smaller(operation: Operation | null): Remedy {
  const summary = "submit it again with a shorter interval or a filter";
  const [, subject] = /\/analytics\/(conversations|users)\/details\/jobs/.exec(operation?.path ?? "") ?? [];
  return subject === undefined
    ? { kind: "none", summary }
    : {
        kind: "none",
        summary: `${summary}, or export it, which takes one job per day`,
        command: `genscope export ${subject} details --interval START/END --out DIRECTORY`,
      };
}

const CHANGE: Remedy = { kind: "none", summary: "change the query as the message says, and submit it again" };
const AGAIN: Remedy = {
  kind: "wait",
  summary: "submit it again; if it fails again, quote the correlation id to Genesys support",
};
const REMEDIES = { request: [CHANGE], service: [AGAIN], unknown: [AGAIN] } as const;

function layerOf(
  { message }: Failure,
  status: number | null,
  code: string | null,
): { readonly layer: keyof typeof MEANING; readonly isLimit: boolean } {
  if (LIMIT.test(message ?? "")) return { layer: "request", isLimit: true };
  const layer: Layer = layerOfRefusal(status, code);
  const isTold = code !== null && (layer === "request" || layer === "service");
  return { layer: isTold ? layer : "unknown", isLimit: false };
}
