import type { Operation } from "../../catalogue/facts/operation.ts";
import { nameOf, type OperationLookup } from "../../catalogue/lookup/operation-lookup.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { reports } from "./assertion/asserted.ts";
import { stateRequirement } from "./claims/requirement-claims.ts";
import { SOURCES } from "./claims/source.ts";
import type { Claim, Finding } from "./finding.ts";
import { interpretFailure } from "./interpret.ts";
import type { ExplainKnowledge } from "./knowledge.ts";
import { NO_FAILURE_DETAILS, type RequestSeen } from "./paste/failure.ts";
import { type NamedAction, readActions, readNamedObjects } from "./prose/named-action.ts";
import { callOfThing, readMetrics } from "./prose/named-thing.ts";
import { guessStatus, isProse } from "./prose/plain-prose.ts";

const API_PATH = /\/api\/v\d\//;
const OF_WORKFORCE = /\bWFM\b|\bworkforce\b/i;
/** Maximum number of characters to search for metric names, which people mention near the failure. */
const LONGEST_STORY = 4_000;

/** Matches a dotted error code, but not the end of a path, a host name or a property name. */
const CODE = /(?<![\w./@-])[a-z][a-z\d_]{0,40}(?:\.[a-z\d_]{1,40}){1,9}(?![\w/@-]|\.\w)/g;
/**
 * Matches every code about missing permissions, with or without the prefix of a service. The API definition
 * declares only some of them.
 */
const MISSING = /^(?:[a-z]{2,20}\.){0,2}missing\.(?:[a-z]{2,10}\.){0,3}permissions?$/;
/**
 * Words that people write around an error code. Any other word means that the text is a changelog, a test or a
 * manual.
 */
const AROUND =
  /^(?:errors?|codes?|reason|message|response|what|does|do|is|are|was|the|this|an?|means?|meaning|of|why|when|and|or|get|got|getting|gets|we|i|see|with|only|just|now|says|returns?)$/i;
/** Maximum number of codes to explain. Text with more of them is a list of codes. */
const MOST_CODES = 5;
const LONGEST_LIST = 500;

/**
 * Explains a short message that describes a refusal only in words; null for any other text. Marks guesses as
 * guesses.
 */
export function explainProse(words: string, knowledge: ExplainKnowledge): Finding | null {
  const status = isProse(words) ? guessStatus(words) : null;
  return status === null ? null : explainGuessed(status, null, words, knowledge);
}

/** Matches a sentence that quotes a refusal without its status: `I get "insufficient permissions"`. */
const QUOTED_REFUSAL =
  /\b(?:get|gets|got|getting|receiv(?:e|es|ed|ing)|returns?|returned|says?|said|shows?|showed|fails? with|error)\b(?![^.\n]{0,30}\bno longer\b)[^.\n]{0,30}\b(?:insufficient (?:permissions?|privileges|rights)|permission denied|access denied|forbidden|not authorized)\b/i;
const LONGEST_MESSAGE = 1_500;

/**
 * Explains a short message about one call that quotes its refusal without a status; null for any other text. Marks the
 * status as a guess.
 */
export function explainQuotedRefusal(
  words: string,
  requests: readonly RequestSeen[],
  knowledge: ExplainKnowledge,
): Finding | null {
  const [request] = requests;
  const isTold = words.length <= LONGEST_MESSAGE && reports(QUOTED_REFUSAL, words);
  if (request === undefined || requests.length > 1 || !isTold) return null;
  return explainGuessed(403, request, words, knowledge);
}

function explainGuessed(
  status: number,
  request: RequestSeen | null,
  words: string,
  knowledge: ExplainKnowledge,
): Finding {
  const failure = { ...NO_FAILURE_DETAILS, form: "words" as const, status, request };
  const finding = interpretFailure(failure, knowledge, words, words);
  return {
    ...finding,
    summary: `probably ${finding.summary}`,
    claims: [guessed(`the service returned ${status}`, "", false), ...finding.claims],
  };
}

/**
 * Explains text that contains error codes of the platform but no status: which layer refuses with each code, and
 * what the code means. Empty for any other text, and for a long list of codes.
 */
export function explainBareCodes(words: string, knowledge: ExplainKnowledge): readonly Finding[] {
  if (words.length > LONGEST_LIST) return [];
  const declared = new Set(knowledge.refusals.map(({ code }) => code));
  const codes = [...new Set(Array.from(words.matchAll(CODE), ([code]) => code))].filter(
    (code) => declared.has(code) || MISSING.test(code),
  );
  const others = words.replace(CODE, " ").match(/[\p{L}\d]+/gu) ?? [];
  if (codes.length > MOST_CODES || !others.every((word) => AROUND.test(word))) return [];
  const own = codes.length === 1 ? words : "";
  return codes.map((code) => {
    // Undeclared codes of this family always come with 403; the status of a declared code is looked up.
    const status = declared.has(code) ? null : 403;
    return interpretFailure({ ...NO_FAILURE_DETAILS, form: "api", code, status }, knowledge, own, "");
  });
}

/**
 * Adds the operation that text about a 403 probably means, marked as a guess. Returns the finding unchanged when
 * it already names an operation or a request, or when only other requests occur in the rest of the text.
 * @param whole the text with the replies to the post, which can show the request
 */
export function withGuessedCall(
  finding: Finding,
  words: string,
  knowledge: ExplainKnowledge,
  whole: string = words,
): Finding {
  const isOpen =
    finding.status === 403 &&
    finding.operation === null &&
    finding.request === null &&
    // If the text contains a path, the call need not be guessed from the wording.
    !API_PATH.test(words) &&
    // The response of a proxy or of another service does not depend on the operation.
    finding.layer !== "network" &&
    finding.layer !== "none";
  if (!isOpen) return finding;
  const { permissions } = finding.missing;
  const ofMetrics = operationsOfMetrics(words, permissions, knowledge);
  const sentence = words.replace(PERMISSION_NAME, "$1a permission");
  const actions = isProse(sentence) ? readActions(sentence) : readNamedObjects(words);
  const area = OF_WORKFORCE.test(words) ? "wfm " : "";
  const objects = actions.map(({ method, object }) => ({ method, object: `${area}${object}` }));
  const found = ofMetrics.length > 0 ? ofMetrics : guessOperations(objects, permissions, knowledge);
  const isShown = API_PATH.test(whole);
  const [guess, ...others] = isShown ? found.filter(({ path }) => showsPath(path, whole)) : found;
  if (guess === undefined) return finding;
  const requirement = stateRequirement(guess);
  // The calls of a Terraform block are already listed.
  if (finding.claims.some(({ text }) => text === requirement.text)) return finding;
  const best = nameOf(guess);
  const fitting = others.slice(0, 2).map((other) => `\`${nameOf(other)}\``);
  const hasResponse = finding.code !== null || finding.message !== null || finding.correlationId !== null;
  const doubt =
    fitting.length === 0
      ? ""
      : `; ${fitting.join(" and ")} ${fitting.length === 1 ? "is" : "are"} also possible`;
  return {
    ...finding,
    claims: [
      ...finding.claims,
      guessed(`the call was \`${best}\``, isShown ? null : doubt, hasResponse),
      requirement,
    ],
    remedies: finding.remedies.map((remedy) =>
      finding.layer === "unknown" && remedy.kind === "check-live" ? aboutGuess(remedy, best) : remedy,
    ),
  };
}

/** Whether the text contains a path of the API, with any ids in place of its parameters. */
function showsPath(template: string, text: string): boolean {
  const source = template.split(/\{\w+\}/).join("[^/\\s\"'`]{1,80}");
  return new RegExp(`${source}(?![/\\w])`).test(text);
}

/** Matches the name of a permission in a sentence, together with the colon or quotes before it. */
const PERMISSION_NAME = /:?(\s)["'`“]?[a-z]\w{1,40}:[a-z]\w{1,60}:[a-z]\w{1,40}["'`”]?/gi;

/** Fills the guessed call into a remedy for an unknown call. */
function aboutGuess(remedy: Remedy, call: string): Remedy {
  if (remedy.command?.includes("--diff") === true) {
    return { ...remedy, command: remedy.command.replace("OPERATION", `"${call}"`) };
  }
  return {
    ...remedy,
    summary:
      "if this is the right call, find the layer by elimination: compare what it requires with what the token holds",
    command: `genscope check-scopes "${call}"`,
  };
}

/** Returns the analytics queries that can return the first known metric in the text. */
function operationsOfMetrics(
  words: string,
  permissions: readonly string[],
  { queriesOfMetric, findOperation }: ExplainKnowledge,
): readonly Operation[] {
  for (const metric of readMetrics(words.slice(0, LONGEST_STORY))) {
    const found = queriesOfMetric(metric)
      .flatMap((path) => foundOf(findOperation("POST", path)))
      .filter((operation) => canNeed(operation, permissions));
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * Guesses the operation from the first noun that matches one. Skips operations that do not need any of the named
 * permissions.
 */
function guessOperations(
  actions: readonly NamedAction[],
  permissions: readonly string[],
  { guessOperations: guess, findOperation }: ExplainKnowledge,
): readonly Operation[] {
  for (const { method, object } of actions) {
    const thing = callOfThing(method, object);
    const found = (thing === null ? guess(method, object) : foundOf(findOperation(...thing))).filter(
      (operation) => canNeed(operation, permissions),
    );
    if (found.length > 0) return found;
  }
  return [];
}

function foundOf(lookup: OperationLookup): readonly Operation[] {
  return lookup.kind === "found" ? [lookup.operation] : [];
}

function canNeed(operation: Operation, permissions: readonly string[]): boolean {
  return permissions.length === 0 || operation.permissions.some((name) => permissions.includes(name));
}

/** Returns a claim about a guess. `doubt` is null when another post shows the request. */
function guessed(text: string, doubt: string | null, hasResponse: boolean): Claim {
  return {
    text,
    verdict: "unknown",
    truth:
      doubt === null
        ? "a guess from the wording: another post shows this request"
        : `a guess from the wording: the text contains ${hasResponse ? "no request" : "neither a request nor a response"}${doubt}`,
    source: SOURCES.paste,
  };
}
