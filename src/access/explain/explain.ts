import { cacheKnowledge } from "./cached-knowledge.ts";
import { areOfSocket, opensApi, remedyOfSocket } from "./circumstance/wrong-endpoint.ts";
import { withoutFalseAbsence } from "./claims/false-absence.ts";
import { REFUSED_BY_PLATFORM } from "./claims/foreign-claims.ts";
import { findMisconceptions, type LayeredClaim } from "./claims/misconception-claims.ts";
import { findNameClaims } from "./claims/name-claims.ts";
import { findMistakes } from "./claims/path-claims.ts";
import { findTextClaims } from "./claims/text-claims.ts";
import { CLAIM_OPENINGS, type Claim, type Finding, NOTHING_REFUSED, uniqueClaims } from "./finding.ts";
import { toLine, toName } from "./finding-parts.ts";
import { findUnopenedSocket } from "./foreign/entry-point.ts";
import { findStorage } from "./foreign/file-storage.ts";
import { findForeignText } from "./foreign/foreign-answer.ts";
import { explainEntryPointText, explainForeignText } from "./foreign/foreign-finding.ts";
import { interpretFailure } from "./interpret.ts";
import type { ExplainKnowledge } from "./knowledge.ts";
import { isForeign, lookUpAnswered, withCall, withoutStrangeRequests } from "./look-up-request.ts";
import { releaseFindings } from "./outgoing.ts";
import type { Failure, Paste, RequestSeen } from "./paste/failure.ts";
import { readPaste } from "./paste/paste.ts";
import { isSameRequest, uniqueRequests } from "./paste/unique-requests.ts";
import { explainBareCodes, explainProse, explainQuotedRefusal, withGuessedCall } from "./prose.ts";
import { answerNamedQuestion, answerQuestion } from "./question.ts";
import { explainAllSettled } from "./settled.ts";
import { explainSource, withScan } from "./source-file.ts";
import { findListClaims } from "./unanswered/short-listings.ts";
import { explainUnanswered } from "./unanswered/unanswered.ts";

/**
 * Explains a paste: one finding per failure, one per mistaken request that has not failed yet, and one for
 * claims in the surrounding text. Returns an empty list when nothing is recognized. Never throws, and never
 * returns a secret from the paste.
 */
export function explain(text: string, knowledge: ExplainKnowledge): readonly Finding[] {
  const remembered = cacheKnowledge(knowledge);
  const paste = withoutStrangeRequests(readPaste(text), remembered);
  const story = areAlike(paste.failures) || areOfSocket(paste) ? paste.opening : "";
  const failures = paste.failures
    // Platform responses come first, because a browser recording contains requests to many other hosts.
    .toSorted(
      (one, other) => Number(isForeign(one.request, knowledge)) - Number(isForeign(other.request, knowledge)),
    )
    .map((failure) => {
      if (failure.clause !== null) return explainClause(failure, failure.clause, remembered);
      return interpretFailure(failure, remembered, paste.failures.length === 1 ? paste.opening : "", story);
    });
  const seen = uniqueRequests(paste.requests);
  const requests = seen
    .filter((request) => !isOfSocket(request, paste.words))
    .filter((request) => !paste.failures.some((failure) => isSameRequest(failure.request, request)))
    .flatMap((request) => explainRequest(request, remembered))
    // A path that occurs only in a reply to the post is checked, but correcting it would not fix the failure.
    .map((finding) => (needsFix(finding, paste) ? finding : { ...finding, remedies: [] }));
  const quoted = failures.length + paste.settled.length === 0 ? explainQuoted(paste.words) : [];
  const stated = new Set(
    [...failures, ...requests].flatMap(({ claims }) => claims.map((claim) => claim.text.toLowerCase())),
  );
  const words = [
    ...findMisconceptions(paste.words),
    ...findListClaims(paste.words),
    ...findTextClaims(paste.words, knowledge.domains),
    ...findNameClaims(paste.words, remembered),
  ].filter(
    ({ claim }) =>
      !stated.has(claim.text.toLowerCase()) &&
      !isAboutNamed(claim, failures) &&
      // A response from another product names that product's scopes, which the catalog does not contain.
      !(/\bscopes?\b/.test(claim.text) && [...failures, ...quoted].some(isOfOther)),
  );
  // Claims alone would not explain an error that the text quotes or answer a question in it.
  const isBare = failures.length === 0 && words.length > 0;
  const unanswered = isBare ? explainUnanswered(paste.words, knowledge) : null;
  const answers = isBare && unanswered === null ? answersOf(paste, seen, remembered) : [];
  const known = quoted.length + requests.length === 0 && unanswered !== null ? [unanswered] : [];
  const found = attach(failures, [...quoted, ...requests, ...answers, ...known], words, paste.words);
  const findings =
    found.length === 0 ? withoutFailure(paste, seen, remembered) : withScan(found, paste.words);
  const [only] = findings;
  const shown =
    only !== undefined && findings.length === 1
      ? [withGuessedCall(only, paste.opening, remembered, paste.words)]
      : findings;
  return releaseFindings(withoutFalseAbsence(shown, paste.words), knowledge);
}

/** Whether a request is a WebSocket address at the API. The API accepts no WebSockets, so the path is not checked. */
function isOfSocket({ host, path }: RequestSeen, words: string): boolean {
  return host !== null && path !== null && opensApi(words) && words.includes(`wss://${host}${path}`);
}

/** Whether the request of a finding occurs outside the replies of a thread, and did not succeed. */
function needsFix({ request }: Finding, { opening, words, worked }: Paste): boolean {
  if (request?.path == null) return true;
  return !worked.includes(request.path) && (opening === words || opening.includes(request.path));
}

/** Explains one of several failures that a sentence lists, using only the clause about that failure. */
function explainClause(failure: Failure, clause: string, knowledge: ExplainKnowledge): Finding {
  return withGuessedCall(interpretFailure(failure, knowledge, clause, clause), clause, knowledge);
}

/** Explains an error from another service that the text quotes; empty when it quotes none. */
function explainQuoted(words: string): readonly Finding[] {
  const entryPoint = findStorage(null, words) ?? findUnopenedSocket(words);
  if (entryPoint !== null) return [explainEntryPointText(entryPoint)];
  const foreign = findForeignText(words);
  return foreign === null ? [] : [explainForeignText(foreign)];
}

/** Whether all failures share one status and code, so that the surrounding words apply to each of them. */
function areAlike(failures: Paste["failures"]): boolean {
  const [first] = failures;
  return failures.every(({ status, code }) => status === first?.status && code === first.code);
}

/**
 * Explains text without a failed platform call: a local error, a refusal that was resolved later, or a question.
 */
function withoutFailure(
  { settled, words }: Paste,
  seen: readonly RequestSeen[],
  knowledge: ExplainKnowledge,
): readonly Finding[] {
  const unanswered = explainUnanswered(words, knowledge);
  if (unanswered !== null) return [withCall(unanswered, seen, knowledge)];
  const answers = answerQuestion(seen, words, knowledge);
  if (answers.length > 0) return answers;
  if (settled.length > 0) return explainAllSettled(settled, knowledge);
  const only = explainSource(words) ?? explainQuotedRefusal(words, seen, knowledge);
  if (only !== null) return [only];
  const codes = explainBareCodes(words, knowledge);
  if (codes.length > 0) return codes;
  const prose = explainProse(words, knowledge) ?? answerNamedQuestion(words, knowledge);
  return prose === null ? [] : [prose];
}

/** Whether another service sent the response of a finding. */
function isOfOther({ layer, claims }: Finding): boolean {
  return layer === "none" && claims.some(({ text }) => text === REFUSED_BY_PLATFORM);
}

/** Answers the question in prose without a failure, or otherwise explains the failures that were resolved. */
function answersOf(
  { settled, opening }: Paste,
  seen: readonly RequestSeen[],
  knowledge: ExplainKnowledge,
): readonly Finding[] {
  const answers = answerQuestion(seen, opening, knowledge);
  return answers.length > 0 ? answers : explainAllSettled(settled, knowledge);
}

/** Whether a claim only confirms the existence of a permission that a refusal already names. */
function isAboutNamed({ text, verdict }: Claim, failures: readonly Finding[]): boolean {
  return (
    verdict !== "false" &&
    failures.some(({ missing }) =>
      missing.permissions.some((permission) => text === `\`${permission}\` is a permission`),
    )
  );
}

/**
 * Adds the mistakes in the surrounding text to the only finding, or reports them as a separate finding if there are
 * several.
 */
function attach(
  failures: readonly Finding[],
  others: readonly Finding[],
  words: readonly LayeredClaim[],
  text: string,
): readonly Finding[] {
  const [first] = words;
  const claims = words.map(({ claim }) => claim);
  const [failure, ...otherFailures] = failures;
  if (failure !== undefined && otherFailures.length === 0) return [withMistakes(failure, others, claims)];
  if (first === undefined) return [...failures, ...others];
  const [only] = others;
  if (only !== undefined && failures.length + others.length === 1) {
    return [{ ...only, claims: uniqueClaims([...only.claims, ...claims]) }];
  }
  return [
    ...failures,
    ...others,
    {
      ...NOTHING_REFUSED,
      // A call to a wrong address will fail, whereas a wrong word in prose breaks nothing. So only a host or path
      // becomes the layer.
      layer: first.layer === "host" || first.layer === "path" ? first.layer : "none",
      summary: summarizeClaims(claims),
      claims: uniqueClaims(claims),
      remedies: opensApi(text) ? [remedyOfSocket(text)] : [],
    },
  ];
}

/**
 * Adds the mistakes in the surrounding text to the only failure of a paste. The failure's own remedies come
 * first.
 */
function withMistakes(failure: Finding, mistaken: readonly Finding[], claims: readonly Claim[]): Finding {
  const known = new Set(failure.remedies.map(({ summary }) => summary));
  return {
    ...failure,
    claims: uniqueClaims([...failure.claims, ...mistaken.flatMap((finding) => finding.claims), ...claims]),
    remedies: [
      ...failure.remedies,
      ...new Map(
        mistaken
          .flatMap(({ remedies }) => remedies)
          .filter(({ summary }) => !known.has(summary))
          .map((remedy) => [remedy.summary, remedy]),
      ).values(),
    ],
  };
}

function explainRequest(request: RequestSeen, knowledge: ExplainKnowledge): readonly Finding[] {
  // Manuals write `/api/v2/Conversations`. With status 200, the lookup ignores case, because only a 404 would
  // show that the case matters.
  const lookup = lookUpAnswered(request, 200, knowledge, []);
  const mistakes = findMistakes(request, lookup, knowledge).filter(({ layer }) => layer !== "none");
  const [first] = mistakes;
  if (first === undefined) return [];
  const claims = mistakes.map(({ claim }) => claim);
  return [
    {
      ...NOTHING_REFUSED,
      layer: first.layer,
      operation: lookup?.kind === "found" ? toName(lookup.operation) : null,
      summary: summarizeClaims(claims),
      request: toLine(request),
      claims: uniqueClaims(claims),
      remedies: mistakes.flatMap(({ remedy }) => (remedy === null ? [] : [remedy])),
    },
  ];
}

/** Quotes the claim when there is only one; otherwise states how many there are. */
function summarizeClaims(claims: readonly Claim[]): string {
  const [first] = claims;
  if (first !== undefined && claims.length === 1) {
    return `${CLAIM_OPENINGS[first.verdict]}${first.text}${first.truth === null ? "" : `: ${first.truth}`}`;
  }
  const counts = (["false", "misleading", "unknown", "true"] as const).flatMap((verdict) => {
    const count = claims.filter((claim) => claim.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  });
  return `${claims.length} claims checked: ${counts.join(", ")}`;
}
