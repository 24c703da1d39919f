import { claimOfMisconception } from "./claims/misconception-claims.ts";
import { stateRequirement } from "./claims/requirement-claims.ts";
import { stateTopics } from "./claims/topic-claims.ts";
import { type Finding, NOTHING_REFUSED } from "./finding.ts";
import { toLine, toName } from "./finding-parts.ts";
import type { ExplainKnowledge } from "./knowledge.ts";
import { lookUpRequest } from "./look-up-request.ts";
import type { RequestSeen } from "./paste/failure.ts";

/** Matches a question about permissions, in the languages of many forum posts. */
const ASKS =
  /(?<!\p{L})(?:which|what|welche[rnms]?|qu[eé]|quais|qual|quel(?:le)?s?|cu[aá]l(?:es)?)(?!\p{L})[^.!\n]{0,40}(?<!\p{L})(?:permission|scope|role|right|Berechtigung|Rolle|permiso|rol|permissão|permissões|autorisation|droit)|(?:権限|スコープ|ロール)[^\n]{0,30}(?:必要|何|教え)|必要な(?:権限|スコープ|ロール)/iu;
/** Matches a question that can be answered with yes or no: `would a client without the role get a 403?`. */
const ASKS_WHETHER =
  /\b(?:would|will|do|does|can|could|is|are|may|must|need)\b[^!?\n]{1,200}\b(?:permissions?|scopes?|roles?|40[13]|refused|denied|allowed|authori[sz]ed)\b[^!?\n]{0,200}\?/i;
/** Matches a question about what a call needs: `what does a client need so that DELETE /api/v2/users/{userId} works?`. */
const ASKS_NEED =
  /\b(?:what|which)\b[^.!?\n]{0,60}\b(?:need(?:s|ed)?|requires?|required|necessary)\b[^!?\n]{0,160}\?/i;
/** Matches a question about the scopes of client credentials, which no scope restricts. */
const CLIENT_SCOPES = /\bscopes?\b[^.!?\n]{0,60}\bclient[- _]credentials\b/i;
const MOST_OPERATIONS = 5;

/**
 * Answers a question about permissions in text without a failure: states what each mentioned operation requires.
 * Empty for any other text.
 */
export function answerQuestion(
  requests: readonly RequestSeen[],
  words: string,
  knowledge: ExplainKnowledge,
): readonly Finding[] {
  if (![ASKS, ASKS_WHETHER, ASKS_NEED].some((asks) => asks.test(words))) return [];
  const findings: Finding[] = [];
  for (const request of requests) {
    if (findings.length >= MOST_OPERATIONS) break;
    const lookup = lookUpRequest(request, knowledge);
    if (lookup?.kind !== "found") continue;
    const claim = stateRequirement(lookup.operation);
    findings.push({
      ...NOTHING_REFUSED,
      layer: "none",
      operation: toName(lookup.operation),
      request: toLine(request),
      summary: claim.text,
      claims: [claim],
    });
  }
  return findings.length === 0 ? answerAboutTopics(words, knowledge) : findings;
}

/** Answers a question about notification topics; empty when the text names none that the catalog contains. */
function answerAboutTopics(
  words: string,
  knowledge: Pick<ExplainKnowledge, "findTopic">,
): readonly Finding[] {
  const { found, claims } = stateTopics(words, knowledge);
  const [topic] = found;
  const [first] = claims;
  if (topic === undefined || first === undefined) return [];
  return [
    {
      ...NOTHING_REFUSED,
      layer: "none",
      topics: found.map(({ path }) => path),
      summary: first.text,
      claims: [
        ...claims,
        ...(CLIENT_SCOPES.test(words) ? [claimOfMisconception("scope-on-client-credentials").claim] : []),
      ],
    },
  ];
}
