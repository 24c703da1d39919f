import type { Operation } from "../../catalogue/facts/operation.ts";
import { found, type OperationLookup } from "../../catalogue/lookup/operation-lookup.ts";
import { oneLine } from "../../core/text.ts";
import { classifyHost } from "../../platform/region/host.ts";
import { LAYERS } from "../layers.ts";
import { layerOfRefusal, layerOfTokenError } from "../refusal-layer.ts";
import type { NamedInMessage, RefusalFacts } from "../verdict/refusal-facts.ts";
import type { Layer } from "../verdict/verdict.ts";
import { findAnswerClaims } from "./claims/answer-claims.ts";
import { findOriginClaims } from "./claims/foreign-claims.ts";
import { findPathClaims } from "./claims/path-claims.ts";
import { findRequestClaims } from "./claims/request-claims.ts";
import { compareWithRequirement } from "./claims/requirement-claims.ts";
import { findTopicClaims } from "./claims/topic-claims.ts";
import type { RequestClaim } from "./claims/wrong-claim.ts";
import { type Finding, type NamedOperation, uniqueClaims } from "./finding.ts";
import { findForeignAnswer } from "./foreign/foreign-answer.ts";
import { explainForeign } from "./foreign/foreign-finding.ts";
import type { ExplainKnowledge } from "./knowledge.ts";
import type { Failure, RequestSeen } from "./paste/failure.ts";
import { readNames } from "./refusal/named-in-message.ts";
import { readLimit } from "./refusal/named-limit.ts";
import { identifyRefusal } from "./refusal/refusal-identity.ts";
import { summarize } from "./summary.ts";

/**
 * Explains one failure from its own content and the catalogue, without a token.
 * @param words the text around the only failure of a paste; empty when others could be meant
 */
export function interpretFailure(failure: Failure, knowledge: ExplainKnowledge, words: string): Finding {
  const { status, code, match } = identifyRefusal(failure, knowledge);
  const named = readNames(failure, match);
  const lookup = lookUpRequest(failure.request, knowledge, named.permissions);
  const operation = lookup?.kind === "found" ? lookup.operation : null;
  const mistakes = findMistakes(failure.request, lookup, knowledge);
  const isDeclared = knowledge.refusals.some(
    (declared) => declared.status === status && declared.code === code,
  );
  const foreign = findForeignAnswer(failure, isDeclared, words, knowledge.domains);
  const ids = correlationIds(failure);
  if (foreign !== null) {
    return explainForeign(failure, foreign, operation, {
      status,
      code,
      ids,
      request: toLine(failure.request),
    });
  }
  const layer = decideLayer(failure, status, code, named, mistakes);
  const retryAfterSeconds = readSeconds(failure.headers["retry-after"]) ?? named.retryAfterSeconds;
  const topics = findTopicClaims({ failure, operation, code, words }, knowledge);
  const [topic] = topics.found;
  const refusal: RefusalFacts = {
    status,
    code,
    // The topic decides, not the call that subscribes to it.
    operation: topics.found.length === 1 && topic !== undefined ? topic : operation,
    named,
    retryAfterSeconds,
    isUserRequired: code !== "not.a.client",
    isDeclared,
    message: failure.message,
    grantType: failure.request?.grantType ?? null,
    limit: readLimit(words),
    foreign: null,
    unlistedOn: lookup?.kind === "unknown" && !lookup.isCertain ? knowledge.catalogueDate : null,
  };
  const answers = findAnswerClaims({ failure, status, code, layer, ids, refusals: knowledge.refusals });
  const relevant =
    layer === "host" || layer === "path" ? mistakes.filter((mistake) => mistake.layer === layer) : mistakes;
  return {
    layer,
    status,
    code,
    operation: operation === null ? null : toName(operation),
    topics: topics.found.map(({ path }) => path),
    summary: summarize({
      ...refusal,
      operation,
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
      ...topics.claims,
      ...answers.map(({ claim }) => claim),
      ...findOriginClaims(failure, words, knowledge.domains),
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

/**
 * Looks up the operation of a request by its path, or else by the name of an SDK method or a command; null when it has
 * neither. `permissions` are those that the refusal names: of several methods of a path, the one that needs them is meant.
 */
export function lookUpRequest(
  request: RequestSeen | null,
  knowledge: Pick<ExplainKnowledge, "findOperation" | "findNamed" | "domains">,
  permissions: readonly string[] = [],
): OperationLookup | null {
  const start = request?.path?.indexOf("/api/v2/") ?? -1;
  if (request?.path == null || start === -1) return lookUpName(request, knowledge);
  const path = request.path.slice(start).replace(/(?<!\/)\/+$/, "");
  if (path.length > 1_000 || /^\/api\/v2\/oauth\/(?:guest\/)?token$/.test(path)) return null;
  const lookup = knowledge.findOperation(request.method, path);
  // Another product can have such a path too, so only a hit says that its host leads to the platform.
  if (lookup.kind === "unknown" && isForeign(request, knowledge)) return null;
  if (lookup.kind !== "ambiguous" || request.method !== null) return lookup;
  const meant = lookUpName(request, knowledge);
  const isOfPath = lookup.candidates.some(({ operationId }) => operationId === idOf(meant));
  if (isOfPath) return meant;
  const method = methodOf(lookup.candidates, request.query, permissions);
  return method === null ? lookup : knowledge.findOperation(method, path);
}

function idOf(lookup: OperationLookup | null): string | null {
  return lookup?.kind === "found" ? lookup.operation.operationId : null;
}

/** Whether a request went to a public host that is not one of the platform, a gateway's perhaps. */
export function isForeign(
  request: RequestSeen | null,
  { domains }: Pick<ExplainKnowledge, "domains">,
): boolean {
  if (request?.host == null || /^(?:localhost|\[|[\d.]+(?::|$))/.test(request.host)) return false;
  return classifyHost(request.host, domains).kind === "other";
}

function lookUpName(
  request: RequestSeen | null,
  { findNamed }: Pick<ExplainKnowledge, "findNamed">,
): OperationLookup | null {
  for (const name of request?.names ?? []) {
    const operation = findNamed(name);
    if (operation !== null) return found(operation);
  }
  return null;
}

/** Returns the only method that fits: the one that needs a named permission, or GET for a page of a listing. */
function methodOf(
  candidates: readonly Operation[],
  query: string | null,
  permissions: readonly string[],
): string | null {
  const needing = candidates.filter((candidate) =>
    candidate.permissions.some((permission) => permissions.includes(permission)),
  );
  const [only, ...others] = needing;
  if (only !== undefined && others.length === 0) return only.method;
  return /(?:^|&)page(?:Size|Number)=/i.test(query ?? "") ? "GET" : null;
}

/** Finds mistakes in the request itself: host, path, token URL. */
export function findMistakes(
  request: RequestSeen | null,
  lookup: OperationLookup | null,
  { domains, catalogueDate }: Pick<ExplainKnowledge, "domains" | "catalogueDate">,
): readonly RequestClaim[] {
  if (request === null) return [];
  const path = request.path?.replace(/^.*(?=\/api\/v2\/)/, "").replace(/(?<!\/)\/+$/, "");
  return [
    ...findRequestClaims(request, domains),
    ...(lookup === null || path === undefined
      ? []
      : findPathClaims(request.method, oneLine(path, 200), lookup, catalogueDate)),
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
  return request === null || (request.method === null && request.host === null && request.path === null)
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
