import type { Operation } from "../../catalogue/facts/operation.ts";
import { claimOfMisconception } from "./claims/misconception-claims.ts";
import { stateRequirement } from "./claims/requirement-claims.ts";
import { SOURCES } from "./claims/source.ts";
import { stateTopics } from "./claims/topic-claims.ts";
import { type Finding, NOTHING_REFUSED } from "./finding.ts";
import { toLine, toName } from "./finding-parts.ts";
import type { ExplainKnowledge } from "./knowledge.ts";
import { lookUpRequest } from "./look-up-request.ts";
import type { RequestSeen } from "./paste/failure.ts";
import { readActions } from "./prose/named-action.ts";
import { callOfThing } from "./prose/named-thing.ts";
import { isProse } from "./prose/plain-prose.ts";

/** Matches a question about permissions, in the languages of many forum posts. */
const ASKS =
  /(?<!\p{L})(?:which|what|welche[rnms]?|qu[eé]|quais|qual|quel(?:le)?s?|cu[aá]l(?:es)?)(?!\p{L})[^.!\n]{0,40}(?<!\p{L})(?:permission|scope|role|right|Berechtigung|Rolle|permiso|rol|permissão|permissões|autorisation|droit)|(?:権限|スコープ|ロール)[^\n]{0,30}(?:必要|何|教え)|必要な(?:権限|スコープ|ロール)/iu;
/** Matches a question that can be answered with yes or no: `would a client without the role get a 403?`. */
const ASKS_WHETHER =
  /\b(?:would|will|do|does|can|could|is|are|may|must|need)\b[^!?\n]{1,200}\b(?:permissions?|scopes?|roles?|40[13]|refused|denied|allowed|authori[sz]ed|[a-z]\w{1,40}:[a-z]\w{1,60}:[a-z]\w{1,40})\b[^!?\n]{0,200}\?/i;
/**
 * Matches a question about what a call needs: `what does a client need so that DELETE /api/v2/users/{userId} works?`.
 */
const ASKS_NEED =
  /\b(?:what|which)\b[^.!?\n]{0,60}\b(?:need(?:s|ed)?|requires?|required|necessary)\b[^!?\n]{0,160}\?/i;
/** Matches a question about the scopes of client credentials, to which scopes do not apply. */
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

/** Matches a question about the meaning of the two statuses: `what is the difference between 401 and 403?`. */
const ASKS_DIFFERENCE =
  /\b(?:difference|differ|differs|distinguish|compare)\b[^.!\n]{0,60}\b(?:401\b[^.!\n]{0,40}\b403|403\b[^.!\n]{0,40}\b401)\b|^\W{0,3}(?:401 (?:vs\.?|versus|or) 403|403 (?:vs\.?|versus|or) 401)\W{0,3}$/i;
/** Matches the beginning of a question up to what it asks about: `which permission do I need to`. */
const HEAD =
  /^.{0,80}?\b(?:need(?:s|ed)?|requires?|required|necessary)\b(?: (?:to|in order to|so that i can))?/i;
/** Maximum number of operations to list when a question can refer to several. A longer list would not answer it. */
const MOST_MEANT = 3;

/**
 * Answers a short question about permissions that names an object instead of an operation, and a question about
 * statuses. Says what to add when the catalog has no such object. Null for any other text.
 */
export function answerNamedQuestion(words: string, knowledge: ExplainKnowledge): Finding | null {
  if (!isProse(words)) return null;
  if (ASKS_DIFFERENCE.test(words)) return DIFFERENCE;
  if (![ASKS, ASKS_NEED].some((asks) => asks.test(words))) return null;
  const [only, ...others] = operationsMeant(words.trim().replace(HEAD, ""), knowledge);
  if (only === undefined) return WITHOUT_OPERATION;
  const meant = [only, ...others].slice(0, MOST_MEANT);
  const isOnly = meant.length === 1;
  return {
    ...NOTHING_REFUSED,
    layer: "none",
    operation: isOnly ? toName(only) : null,
    summary: isOnly
      ? stateRequirement(only).text
      : "the question may be about any of several operations, and each has its own requirement",
    claims: [
      ...meant.map(stateRequirement),
      {
        text: isOnly
          ? "the question is about this operation"
          : "the question is about one of these operations",
        verdict: "unknown",
        truth: "a guess from the wording: the text contains no request",
        source: SOURCES.paste,
      },
    ],
    remedies: [
      {
        kind: "use-operation",
        summary: "if the question is about another operation, look up that operation",
        command: "genscope catalog search WORDS",
      },
    ],
  };
}

/** Returns the operations that an object in the text can refer to, best first. Uses the first object that has any. */
function operationsMeant(text: string, knowledge: ExplainKnowledge): readonly Operation[] {
  for (const { method, object } of readActions(text)) {
    const thing = callOfThing(method, object);
    if (thing !== null) {
      const lookup = knowledge.findOperation(...thing);
      if (lookup.kind === "found") return [lookup.operation];
    }
    const found = knowledge.guessOperations(method, object);
    if (found.length > 0) return found;
  }
  return [];
}

const DIFFERENCE: Finding = {
  ...NOTHING_REFUSED,
  layer: "none",
  summary: "a 401 means that the platform did not accept the token, and a 403 that it refused the call",
  claims: [
    {
      text: "a 401 is about the token",
      verdict: "true",
      truth:
        "it is missing, expired, revoked, idle for too long or from another region, its client is disabled, or the caller's address is not allowed",
      source: SOURCES.definition,
    },
    {
      text: "a 403 is about access",
      verdict: "true",
      truth:
        "a scope, permission, division, access policy or product is missing; the code in the response's body shows which",
      source: SOURCES.definition,
    },
  ],
};

const WITHOUT_OPERATION: Finding = {
  ...NOTHING_REFUSED,
  layer: "none",
  summary: "the question names no operation of the catalog, and every operation has its own requirement",
  claims: [],
  remedies: [
    {
      kind: "use-operation",
      summary: "find the operation, then ask again with its method and path",
      command: "genscope catalog search WORDS",
    },
    {
      kind: "use-operation",
      summary: "or print what an operation requires",
      command: "genscope catalog show OPERATION",
    },
  ],
};
