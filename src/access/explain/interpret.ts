import { oneLine } from "../../core/text.ts";
import { LAYERS } from "../layers.ts";
import type { RefusalFacts } from "../verdict/refusal-facts.ts";
import { findCircumstance } from "./circumstance/circumstance.ts";
import { findContrast } from "./circumstance/contrast.ts";
import { opensApi, remedyOfSocket } from "./circumstance/wrong-endpoint.ts";
import { findAnswerClaims } from "./claims/answer-claims.ts";
import { findOriginClaims } from "./claims/foreign-claims.ts";
import { stateBlock, stateCandidates } from "./claims/names/candidate-claims.ts";
import { findHeldClaims } from "./claims/names/held-claims.ts";
import { findMistakes } from "./claims/path-claims.ts";
import { findRegionClaims } from "./claims/region-claims.ts";
import { compareWithRequirement } from "./claims/requirement-claims.ts";
import { findTopicClaims } from "./claims/topic-claims.ts";
import { decideLayer } from "./decide-layer.ts";
import { explainFailedJob } from "./failed-job.ts";
import { type Finding, uniqueClaims } from "./finding.ts";
import { correlationIds, readSeconds, toLine, toName, uniqueRemedies } from "./finding-parts.ts";
import { isOwnDataAction } from "./foreign/called-answer.ts";
import { findEntryPoint, socketHost } from "./foreign/entry-point.ts";
import { findDescribedStorage, findStorage } from "./foreign/file-storage.ts";
import { findForeignAnswer } from "./foreign/foreign-answer.ts";
import { explainEntryPoint, explainForeign } from "./foreign/foreign-finding.ts";
import { explainUnreachedHost } from "./foreign/unreached-host.ts";
import type { ExplainKnowledge } from "./knowledge.ts";
import { lookUpAnswered, lookUpBlock } from "./look-up-request.ts";
import { explainPartialJob } from "./partial-job.ts";
import { type Failure, isApiPath } from "./paste/failure.ts";
import type { NetworkSign } from "./paste/network/network-sign.ts";
import { findNetworkSign } from "./paste/network/network-signs.ts";
import { programOf } from "./paste/program.ts";
import {
  checkPrincipal,
  extendDivision,
  findHeldInProse,
  findLimitInProse,
} from "./refusal/held-in-prose.ts";
import { readGrantError, readGrantType } from "./refusal/named-grant.ts";
import { readNames } from "./refusal/named-in-message.ts";
import { readLimit } from "./refusal/named-limit.ts";
import { readParaphrasedPermission } from "./refusal/paraphrased-permission.ts";
import { identifyRefusal } from "./refusal/refusal-identity.ts";
import { readReportedScopes } from "./refusal/reported-scopes.ts";
import { readRequiredContext } from "./refusal/required-context.ts";
import { explainSocketClose } from "./socket-close.ts";
import { summarize } from "./summary.ts";

/** Maximum number of characters to search for the name of the program that produced the text. */
const LONGEST_WORDS = 40_000;

/**
 * Explains one failure from its own content and the catalog, without a token.
 * @param words the text around the failure; empty when it could be about another failure
 * @param story the same text, but also given when the paste contains several failures of one kind
 */
export function interpretFailure(
  failure: Failure,
  knowledge: ExplainKnowledge,
  words: string,
  story: string,
): Finding {
  if (failure.form === "network" && failure.code !== null) {
    return explainSocketClose(failure, socketHost(words), opensApi(words) ? remedyOfSocket(words) : null);
  }
  const unreached = explainUnreachedHost(failure, toLine(failure.request), knowledge.domains);
  if (unreached !== null) return unreached;
  const { status, code, match } = identifyRefusal(failure, knowledge);
  // The error of a failed connection contains hosts and function names but never permissions.
  const read = readNames(failure.form === "network" ? { ...failure, message: null } : failure, match);
  const isSilent = status === 403 && code === null && read.permissions.length === 0;
  const paraphrased = isSilent ? readParaphrasedPermission(words, knowledge) : null;
  const named = {
    ...read,
    permissions: paraphrased === null ? read.permissions : [paraphrased],
    scopes: isSilent && read.scopes.length === 0 ? readReportedScopes(words, knowledge) : read.scopes,
  };
  const called = lookUpAnswered(failure.request, status, knowledge, named.permissions);
  const ofBlock = called === null ? lookUpBlock(failure.block, knowledge, named.permissions) : null;
  const lookup = called ?? ofBlock;
  const operation = lookup?.kind === "found" ? lookup.operation : null;
  const mistakes = findMistakes(failure.request, lookup, knowledge, story);
  const isDeclared = knowledge.refusals.some(
    (declared) => declared.status === status && declared.code === code,
  );
  const entryPoint = findEntryPoint(failure, words, knowledge.domains);
  const ids = correlationIds(failure);
  const answer = { status, code, ids, request: toLine(failure.request) };
  if (entryPoint !== null) return explainEntryPoint(failure, entryPoint, answer);
  const shown = findStorage(failure.request?.host ?? null, `${failure.message ?? ""}\n${words}`);
  const isDescribed = shown === null && failure.form === "words" && ids.length === 0;
  const storage = isDescribed ? findDescribedStorage(words, status) : shown;
  if (storage !== null) {
    // The response is about the link, so an API call next to it is not the refused one.
    const request = isDescribed || isApiPath(failure.request?.path ?? null) ? null : failure.request;
    return explainEntryPoint({ ...failure, request }, storage, { ...answer, request: toLine(request) });
  }
  // A wrong host explains the response by itself, so no other service is named.
  const isOfWrongHost = ids.length === 0 && mistakes.some((mistake) => mistake.layer === "host");
  const foreign = isOfWrongHost
    ? null
    : findForeignAnswer(failure, { isDeclared, isListed: operation !== null }, words, knowledge.domains);
  if (failure.form === "job") {
    const partial = explainPartialJob(failure, operation, { ids, request: toLine(failure.request) });
    if (partial !== null) return partial;
    const declared = identifyRefusal({ ...failure, status: null }, knowledge);
    return explainFailedJob(failure, operation, { ...declared, ids, request: toLine(failure.request) });
  }
  if (foreign !== null) {
    // In the platform's response to a data action, the code next to the called service's status is also that
    // service's.
    const isInner = foreign.status === status && failure.contextId !== null && code !== null && !isDeclared;
    const shown = isInner ? { ...answer, status: null, code: null } : answer;
    return explainForeign(failure, foreign, operation, shown);
  }
  const isRemoved = lookup?.kind === "unknown" && lookup.removed !== null;
  // One entry failed inside a request that succeeded, so the path was right.
  const wrong = failure.isEntry ? mistakes.filter((mistake) => mistake.layer !== "path") : mistakes;
  const refusing = decideLayer(failure, status, code, named, wrong, ids, isRemoved);
  const circumstance = findCircumstance({
    failure,
    status,
    code,
    layer: refusing,
    operation,
    isUnlisted: lookup?.kind === "unknown",
    words: story,
  });
  const layer = circumstance?.layer ?? refusing;
  const retryAfterSeconds = readSeconds(failure.headers["retry-after"]) ?? named.retryAfterSeconds;
  const topics = findTopicClaims({ failure, operation, code, words }, knowledge);
  const [topic] = topics.found;
  const refusal: RefusalFacts = {
    status,
    code,
    // The permissions required depend on the topic, not on the operation that subscribes to it.
    operation: topics.found.length === 1 && topic !== undefined ? topic : operation,
    named,
    retryAfterSeconds,
    isUserRequired: readRequiredContext(code, failure.message) !== "client",
    isDeclared,
    message: failure.message ?? (code === "invalid_grant" ? readGrantError(words) : null),
    isPage: failure.form === "html",
    grantType: failure.request?.grantType ?? readGrantType(words),
    limit: readLimit(words),
    foreign: null,
    words: words.slice(0, LONGEST_WORDS),
    proxyLogin: programOf(`${failure.message ?? ""}\n${words.slice(0, LONGEST_WORDS)}`).proxy,
    path: failure.request?.path ?? null,
    methods: lookup?.kind === "ambiguous" ? lookup.candidates.map(({ method }) => method) : [],
    topics: topics.found.map(({ path }) => path),
    isOfDataAction: isOwnDataAction(failure, words),
    unlistedOn: lookup?.kind === "unknown" && !lookup.isCertain ? knowledge.catalogueDate : null,
  };
  const answers = [
    ...findAnswerClaims({ failure, status, code, layer, ids, refusals: knowledge.refusals, words }),
    ...findRegionClaims(failure, layer, code, words, knowledge.domains),
  ];
  const sign = signOfConnection(failure, layer);
  const held = layer === "permission" ? findHeldInProse(named.permissions, story) : null;
  const limited = layer === "permission" ? findLimitInProse(story) : null;
  // A refused login has no token yet, so there is no access to compare. A socket at a wrong address accepts none.
  const isOutside = layer === "credentials" || (layer === "path" && circumstance?.isWholeRemedy === true);
  const contrast = isOutside ? null : findContrast(story.slice(0, LONGEST_WORDS), status, operation);
  // When the circumstance explains the wrong address, correcting the path would mislead the reader.
  const others =
    circumstance?.isWholeRemedy === true ? mistakes.filter((mistake) => mistake.layer !== "path") : mistakes;
  const relevant =
    layer === "host" || layer === "path" ? others.filter((mistake) => mistake.layer === layer) : others;
  // A suggested operation fixes a wrong path. For any other refusal, the fix for that refusal comes first.
  const isRefused = status === null || status === 403 || status === 404 || status === 405;
  const late = layer === "path" && isRefused ? [] : relevant.filter((mistake) => mistake.layer === "path");
  const early = relevant.filter((mistake) => !late.includes(mistake));
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
      isUnanswered: failure.form === "network",
      isEntry: failure.isEntry,
      cause: circumstance?.meaning ?? sign?.meaning ?? null,
      isStopped: sign?.kind === "stopped",
    }),
    message: failure.message === null ? null : oneLine(failure.message),
    request: toLine(failure.request),
    missing: { permissions: named.permissions, scopes: named.scopes, divisions: named.divisions },
    claims: uniqueClaims([
      ...mistakes.map(({ claim }) => claim),
      ...(circumstance?.claims ?? []),
      ...compareWithRequirement(operation, named, knowledge, failure.message),
      ...stateBlock(failure.block, ofBlock),
      ...stateCandidates(lookup, status),
      ...topics.claims,
      ...answers.map(({ claim }) => claim),
      ...(contrast === null ? [] : [contrast.claim]),
      ...(isSilent && layer === "unknown" ? findHeldClaims(story, operation, knowledge) : []),
      ...findOriginClaims({ ...failure, code }, words, knowledge.domains),
    ]),
    remedies: uniqueRemedies([
      ...early.flatMap(({ remedy }) => (remedy === null ? [] : [remedy])),
      ...answers.flatMap(({ remedy }) => (remedy === null ? [] : [remedy])),
      ...(circumstance?.remedies ?? []),
      ...(held === null ? [] : [checkPrincipal(held)]),
      ...(limited === null ? [] : [extendDivision(limited)]),
      ...(circumstance?.isWholeRemedy === true ? [] : LAYERS[layer].usualRemedies(refusal)),
      ...(contrast?.remedies ?? []),
      ...late.flatMap(({ remedy }) => remedy ?? []),
    ]),
    correlationId: ids[0] ?? null,
    correlationIds: ids,
    retryAfterSeconds,
  };
}

/**
 * Returns the kind of connection error that left the call without a response. Null when a response did arrive, or
 * when the error is not known.
 */
function signOfConnection({ form, message }: Failure, layer: Finding["layer"]): NetworkSign | null {
  return form === "network" && layer === "network" && message !== null ? findNetworkSign(message) : null;
}
