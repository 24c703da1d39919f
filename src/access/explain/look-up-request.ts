import type { Operation } from "../../catalogue/facts/operation.ts";
import { found, nameOf, type OperationLookup } from "../../catalogue/lookup/operation-lookup.ts";
import { withoutTrailingSlashes } from "../../core/text.ts";
import { isForeignHost } from "./claims/foreign-claims.ts";
import { isTokenPath } from "./claims/request-claims.ts";
import type { Finding } from "./finding.ts";
import type { ExplainKnowledge } from "./knowledge.ts";
import { type Failure, isApiPath, type Paste, type RequestSeen } from "./paste/failure.ts";
import { readNames } from "./refusal/named-in-message.ts";
import { identifyRefusal } from "./refusal/refusal-identity.ts";

/** Matches the base path of SCIM, which is configured in an identity provider and is not an operation. */
const SCIM_BASE = /^\/api\/v2\/scim(?:\/v2)?$/;

/**
 * Looks up the operation of a request by its path, or otherwise by the name of an SDK method or command. Returns
 * null when the request has neither. `permissions` are those that the refusal lists; they help to choose the
 * method when the request shows only a path.
 */
export function lookUpRequest(
  request: RequestSeen | null,
  knowledge: Pick<ExplainKnowledge, "findOperation" | "findNamed" | "domains">,
  permissions: readonly string[] = [],
): OperationLookup | null {
  const start = request?.path?.search(/\/api\/v\d{1,2}\//) ?? -1;
  if (request?.path == null || start === -1) {
    return lookUpName(request, knowledge) ?? lookUpShort(request, knowledge);
  }
  const given = withoutTrailingSlashes(request.path.slice(start));
  // Identity providers capitalize `Users` and `Groups` as RFC 7644 does, and the platform accepts that.
  const path = /^\/api\/v2\/scim\//i.test(given) ? given.toLowerCase() : given;
  if (path.length > 1_000 || isTokenPath({ ...request, path }) || SCIM_BASE.test(path)) return null;
  const lookup = knowledge.findOperation(request.method, path);
  // Another product can use the same path, so only a path in the catalog suggests that this host leads to the
  // platform.
  if (lookup.kind === "unknown" && isForeign(request, knowledge)) return null;
  if (lookup.kind !== "ambiguous" || request.method !== null) return lookup;
  const meant = lookUpName(request, knowledge);
  const isOfPath = lookup.candidates.some(({ operationId }) => operationId === idOf(meant));
  if (isOfPath) return meant;
  const method = methodOf(lookup.candidates, request, permissions);
  return method === null ? lookup : knowledge.findOperation(method, path);
}

/** Looks up a path whose `/api/v2` was omitted. Only a match shows that the path belongs to the platform. */
function lookUpShort(
  request: RequestSeen | null,
  knowledge: Pick<ExplainKnowledge, "findOperation">,
): OperationLookup | null {
  const { path, host, method } = request ?? { path: null, host: null, method: null };
  if (path === null || host !== null || path.length > 1_000 || !isApiPath(path) || isTokenPath(request)) {
    return null;
  }
  const lookup = knowledge.findOperation(method, `/api/v2${withoutTrailingSlashes(path)}`);
  return lookup.kind === "unknown" ? null : lookup;
}

/**
 * Looks up the operation of a request that got a response. Ignores the case of the path except after a 404,
 * which may be due to the case. If the response is a 405 and the method is not known, the operation is ambiguous,
 * because the request used a method that the path does not have.
 */
export function lookUpAnswered(
  request: RequestSeen | null,
  status: number | null,
  knowledge: Pick<ExplainKnowledge, "findOperation" | "findNamed" | "domains">,
  permissions: readonly string[],
): OperationLookup | null {
  const lookup = withoutDoubt(lookUpRequest(request, knowledge, permissions), request);
  if (status === 405 && lookup?.kind === "found" && request?.path != null && request.method === null) {
    return { kind: "ambiguous", candidates: [lookup.operation], reason: "the request used another method" };
  }
  if (lookup?.kind !== "unknown" || request?.path == null || status === null || status === 404) return lookup;
  const lower = lookUpRequest({ ...request, path: request.path.toLowerCase() }, knowledge, permissions);
  return lower?.kind === "found" ? lower : lookup;
}

/**
 * Returns an ambiguous result instead of the only operation at a path when the text shows no method and the path has a
 * word in place of an id. Another method may have been sent to another path that the catalog does not list.
 */
function withoutDoubt(lookup: OperationLookup | null, request: RequestSeen | null): OperationLookup | null {
  if (lookup?.kind !== "found" || lookup.caution === null || request?.method != null) return lookup;
  const { operation, caution } = lookup;
  return { kind: "ambiguous", candidates: [operation], reason: caution, caution };
}

/** Domains of permissions that operations of many areas need, so that they do not show which call was refused. */
const OF_MANY_AREAS: ReadonlySet<string> = new Set(["authorization", "directory", "oauth"]);

/**
 * Removes the requests that other records of the paste lent to failures when the refusals name only permissions of
 * another area. The refused call is then one that the paste does not show.
 */
export function withoutStrangeRequests(paste: Paste, knowledge: ExplainKnowledge): Paste {
  return {
    ...paste,
    failures: paste.failures.map((failure) =>
      failure.request?.isLent === true && isStrange(failure, failure.request, knowledge)
        ? { ...failure, request: null }
        : failure,
    ),
  };
}

function isStrange(failure: Failure, request: RequestSeen, knowledge: ExplainKnowledge): boolean {
  const { permissions } = readNames(failure, identifyRefusal(failure, knowledge).match);
  const domains = permissions.map((permission) => permission.split(":", 1)[0] ?? "");
  if (domains.length === 0 || domains.some((domain) => OF_MANY_AREAS.has(domain))) return false;
  const lookup = lookUpRequest(request, knowledge, permissions);
  if (lookup === null || lookup.kind === "unknown") return false;
  const operations = lookup.kind === "found" ? [lookup.operation] : lookup.candidates;
  return !operations.some(({ path, permissions: needed }) =>
    domains.some(
      (domain) =>
        path.toLowerCase().includes(domain.toLowerCase()) ||
        needed.some((permission) => permission.startsWith(`${domain}:`)),
    ),
  );
}

/** Puts the only known call of the text into the commands that would otherwise show a placeholder for a call. */
export function withCall(
  finding: Finding,
  requests: readonly RequestSeen[],
  knowledge: Pick<ExplainKnowledge, "findOperation" | "findNamed" | "domains">,
): Finding {
  const names = requests.map((request) => lookUpRequest(request, knowledge)).flatMap(namesIn);
  const [name, ...others] = new Set(names);
  if (name === undefined || others.length > 0) return finding;
  const remedies = finding.remedies.map((remedy) =>
    remedy.command === undefined
      ? remedy
      : { ...remedy, command: remedy.command.replace(/"GET PATH"|\bOPERATION\b/, `"${name}"`) },
  );
  return { ...finding, remedies };
}

function namesIn(lookup: OperationLookup | null): readonly string[] {
  return lookup?.kind === "found" ? [nameOf(lookup.operation)] : [];
}

function idOf(lookup: OperationLookup | null): string | null {
  return lookup?.kind === "found" ? lookup.operation.operationId : null;
}

/** Whether a request went to a public host that is not the platform's, such as a gateway. */
export function isForeign(
  request: RequestSeen | null,
  { domains }: Pick<ExplainKnowledge, "domains">,
): boolean {
  return isForeignHost(request?.host ?? null, domains);
}

function lookUpName(
  request: RequestSeen | null,
  { findNamed }: Pick<ExplainKnowledge, "findNamed">,
): OperationLookup | null {
  const lookups = (request?.names ?? []).flatMap((name) => findNamed(name) ?? []);
  return lookups.find(({ kind }) => kind === "found") ?? lookups[0] ?? null;
}

/**
 * Looks up the calls that Terraform makes for a block, because its error contains no path: all of them, or those
 * that need a permission that the refusal names.
 */
export function lookUpBlock(
  block: string | null,
  { findBlockCalls }: Pick<ExplainKnowledge, "findBlockCalls">,
  permissions: readonly string[],
): OperationLookup | null {
  const calls = block === null ? [] : findBlockCalls(block);
  // The provider makes more calls than its documentation lists. If none of these needs a named permission, another call
  // was refused.
  const needing = calls.filter(
    (call) => permissions.length === 0 || call.permissions.some((each) => permissions.includes(each)),
  );
  const ofObject = needing.filter((call) => isOfObject(call, block ?? ""));
  const candidates = ofObject.length > 0 ? ofObject : needing;
  const [only] = candidates;
  if (only === undefined) return null;
  return candidates.length === 1
    ? found(only)
    : { kind: "ambiguous", candidates, reason: "the error does not name the call" };
}

/**
 * Whether a call addresses the object of a Terraform block itself: `/routing/queues/{queueId}`, but not its members.
 */
function isOfObject({ path }: Operation, block: string): boolean {
  const [, , type = "", part] = block.split(" ");
  const noun = type.slice(type.lastIndexOf("_") + 1);
  return part === "object" && new RegExp(`/${noun}(?:s|es)(?:/\\{\\w{1,60}\\})?$`).test(path);
}

/**
 * Returns the only method of a path that fits: the one that needs a named permission, or GET for a listing with
 * paging and for a call that reads.
 */
function methodOf(
  candidates: readonly Operation[],
  { query, isRead }: RequestSeen,
  permissions: readonly string[],
): string | null {
  const needing = candidates.filter((candidate) =>
    candidate.permissions.some((permission) => permissions.includes(permission)),
  );
  const [only, ...others] = needing;
  if (only !== undefined && others.length === 0) return only.method;
  const isListing = /(?:^|&)page(?:Size|Number)=/i.test(query ?? "");
  return isListing || (isRead && candidates.some(({ method }) => method === "GET")) ? "GET" : null;
}
