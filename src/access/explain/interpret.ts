import type { Operation } from "../../catalogue/facts/operation.ts";
import type { OperationLookup } from "../../catalogue/lookup/operation-lookup.ts";
import { oneLine } from "../../core/text.ts";
import { LAYERS } from "../layers.ts";
import { layerOfRefusal, layerOfTokenError } from "../refusal-layer.ts";
import type { NamedInMessage, RefusalFacts } from "../verdict/refusal-facts.ts";
import type { Layer } from "../verdict/verdict.ts";
import { findAnswerClaims } from "./claims/answer-claims.ts";
import { findPathClaims } from "./claims/path-claims.ts";
import { findRequestClaims } from "./claims/request-claims.ts";
import { compareWithRequirement } from "./claims/requirement-claims.ts";
import type { RequestClaim } from "./claims/wrong-claim.ts";
import { type Finding, type NamedOperation, uniqueClaims } from "./finding.ts";
import type { ExplainKnowledge } from "./knowledge.ts";
import type { Failure, RequestSeen } from "./paste/failure.ts";
import { readNames } from "./refusal/named-in-message.ts";
import { identifyRefusal } from "./refusal/refusal-identity.ts";
import { summarize } from "./summary.ts";

/** Explains one failure from its own content and the catalogue, without a token. */
export function interpretFailure(failure: Failure, knowledge: ExplainKnowledge): Finding {
  const { status, code, match } = identifyRefusal(failure, knowledge);
  const named = readNames(failure, match);
  const lookup = lookUpRequest(failure.request, knowledge);
  const operation = lookup?.kind === "found" ? lookup.operation : null;
  const mistakes = findMistakes(failure.request, lookup, knowledge);
  const layer = decideLayer(failure, status, code, named, mistakes);
  const retryAfterSeconds = readSeconds(failure.headers["retry-after"]) ?? named.retryAfterSeconds;
  const refusal: RefusalFacts = {
    status,
    code,
    operation,
    named,
    retryAfterSeconds,
    isUserRequired: code !== "not.a.client",
    isDeclared: knowledge.refusals.some((declared) => declared.status === status && declared.code === code),
  };
  const ids = correlationIds(failure);
  const answers = findAnswerClaims({ failure, status, code, layer, ids, refusals: knowledge.refusals });
  const relevant =
    layer === "host" || layer === "path" ? mistakes.filter((mistake) => mistake.layer === layer) : mistakes;
  return {
    layer,
    status,
    code,
    operation: operation === null ? null : toName(operation),
    summary: summarize({
      ...refusal,
      layer,
      request: failure.request,
      message: failure.message,
      isPage: failure.form === "html",
      isUnanswered: failure.form === "network",
    }),
    message: failure.message === null ? null : oneLine(failure.message),
    request: toLine(failure.request),
    missing: { permissions: named.permissions, scopes: named.scopes, divisions: named.divisions },
    claims: uniqueClaims([
      ...mistakes.map(({ claim }) => claim),
      ...compareWithRequirement(operation, named, knowledge),
      ...answers.map(({ claim }) => claim),
    ]),
    remedies: [
      ...relevant.flatMap(({ remedy }) => (remedy === null ? [] : [remedy])),
      ...answers.flatMap(({ remedy }) => (remedy === null ? [] : [remedy])),
      ...LAYERS[layer].usualRemedies(refusal),
    ],
    correlationId: ids[0] ?? null,
    correlationIds: ids,
    retryAfterSeconds,
  };
}

/** Looks up the operation of a request; null when its path is not an API path. */
export function lookUpRequest(
  request: RequestSeen | null,
  knowledge: Pick<ExplainKnowledge, "findOperation">,
): OperationLookup | null {
  const start = request?.path?.indexOf("/api/v2/") ?? -1;
  if (request?.path == null || start === -1) return null;
  const path = request.path.slice(start).replace(/\/+$/, "");
  return path.length > 1_000 || /^\/api\/v2\/oauth\/(?:guest\/)?token$/.test(path)
    ? null
    : knowledge.findOperation(request.method, path);
}

/** Finds mistakes in the request itself: host, path, token URL. */
export function findMistakes(
  request: RequestSeen | null,
  lookup: OperationLookup | null,
  { domains }: Pick<ExplainKnowledge, "domains">,
): readonly RequestClaim[] {
  if (request === null) return [];
  const path = request.path?.replace(/^.*(?=\/api\/v2\/)/, "").replace(/\/+$/, "");
  return [
    ...findRequestClaims(request, domains),
    ...(lookup === null || path === undefined
      ? []
      : findPathClaims(request.method, oneLine(path, 200), lookup)),
  ];
}

function decideLayer(
  failure: Failure,
  status: number | null,
  code: string | null,
  named: NamedInMessage,
  mistakes: readonly RequestClaim[],
): Layer {
  if (mistakes.some(({ layer }) => layer === "host") && status !== 401) return "host";
  if (failure.form === "token-endpoint") {
    return (
      mistakes.find(({ layer }) => layer === "request")?.layer ?? layerOfTokenError(code, failure.message)
    );
  }
  if (failure.form === "network") return "network";
  if (failure.form === "html") return status !== null && status >= 500 ? "service" : "network";
  const isMisdirected =
    mistakes.some(({ layer }) => layer === "path") && (status === 403 || status === 404 || status === 405);
  const layer = layerOfRefusal(status, code);
  // Address, scope and policy refuse regardless of the path, so those answers stand.
  if (isMisdirected && layer !== "scope" && layer !== "ip" && layer !== "policy") return "path";
  // A permission named with a division is missing in that division; it may be held elsewhere.
  if (layer === "permission" && named.divisions.length > 0) return "division";
  if (layer !== "unknown" || (status !== 403 && status !== null)) return layer;
  if (named.scopes.length > 0) return "scope";
  if (named.permissions.length === 0) return layer;
  return named.divisions.length > 0 ? "division" : "permission";
}

/** Lists the ids of the headers, which support asks for, then a different id in the body. */
function correlationIds({ headers, contextId }: Failure): readonly string[] {
  const ids = [headers["genesys-correlation-id"], headers["inin-correlation-id"], contextId ?? undefined];
  return [...new Set(ids.filter((id): id is string => id !== undefined && /^[\w-]{4,80}$/.test(id)))];
}

function readSeconds(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,7}$/.test(value.trim()) ? Number(value) : null;
}

export function toLine(request: RequestSeen | null): Finding["request"] {
  return request === null
    ? null
    : {
        method: request.method,
        host: request.host === null ? null : oneLine(request.host, 200),
        path: request.path === null ? null : oneLine(request.path, 500),
      };
}

export function toName({ method, path, operationId }: Operation): NamedOperation {
  return { method, path, operationId };
}
