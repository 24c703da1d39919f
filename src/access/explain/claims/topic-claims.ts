import type { Operation } from "../../../catalogue/facts/operation.ts";
import { findTopicNames, SUBSCRIPTIONS } from "../../../catalogue/facts/topic.ts";
import { allOf } from "../../verdict/wording.ts";
import { states } from "../assertion/asserted.ts";
import type { Claim } from "../finding.ts";
import type { ExplainKnowledge } from "../knowledge.ts";
import type { Failure } from "../paste/failure.ts";
import { sentencesOf } from "../paste/text/sentences.ts";
import { stateRequirement } from "./requirement-claims.ts";
import { SOURCES, sourceOf } from "./source.ts";

/** The topics of a refused subscription, with claims about what each requires. */
export interface SubscribedTopics {
  /** Topics that the catalog contains, as operations and without duplicates. */
  readonly found: readonly Operation[];
  readonly claims: readonly Claim[];
}

interface RefusedCall {
  readonly failure: Failure;
  readonly operation: Operation | null;
  readonly code: string | null;
  /** The text around the failure; empty when it could be about another failure. */
  readonly words: string;
}

/**
 * Finds the notification topics of a refused subscription in its request body, or otherwise in the surrounding
 * text. The call itself requires no permission, but its topics do. Empty for any other failure.
 */
export function findTopicClaims(
  { failure, operation, code, words }: RefusedCall,
  { findTopic }: Pick<ExplainKnowledge, "findTopic">,
): SubscribedTopics {
  const isSubscription =
    operation?.path === SUBSCRIPTIONS ||
    (code !== null && /^notification\.(?:unauthorized|forbidden)\./.test(code));
  if (!isSubscription) return { found: [], claims: [] };
  const ofBody = failure.request?.topics ?? [];
  const names = ofBody.length > 0 ? ofBody : namesIn(`${failure.message ?? ""}\n${words}`);
  const { found, claims: own } = stateNames(names, { findTopic });
  const claims = found.some(({ path }) => path.startsWith("v2.users.{id}."))
    ? [...ofOthers(words), ...own]
    : own;
  return { found, claims: names.length > 1 ? [REFUSED_TOGETHER, ...claims] : claims };
}

/** Matches words about a topic that was not refused: it works, or the program does not subscribe to it. */
const NOT_REFUSED =
  /\b(?:without (?:any )?problems?|works?|is fine|succeed(?:s|ed)|(?:do|does|did) not (?:use|subscribe)|(?:don|doesn|didn)['’]t (?:use|subscribe)|later)\b/i;
const OF_FILE = /\.(?:json|ya?ml|tgz|gz|zip|jar|js|ts|py|md|txt|log|csv|html?)$/i;

/** Returns the topics in the text, except those that the text sets apart from the refusal. */
function namesIn(text: string): readonly string[] {
  const sentences = sentencesOf(text);
  const told = sentences.filter((sentence) => !NOT_REFUSED.test(sentence));
  const named = findTopicNames(told.join("\n"));
  return (named.length > 0 ? named : findTopicNames(text)).filter((name) => !OF_FILE.test(name));
}

const OF_OTHER =
  /\b(?:colleague|another user|another agent|(?<!\bno )other users?|other agents?|someone else|somebody else|other people|different user)\b/i;
const OF_SELF = /\b(?:my own|own (?:user|id|topic|presence)|myself|my (?:user )?id|for me)\b/i;

/** Explains why another user's topic can be refused although the token's own topic is accepted. */
function ofOthers(words: string): readonly Claim[] {
  return states(OF_OTHER, words) && states(OF_SELF, words)
    ? [
        {
          text: "a user topic accepts any user's id",
          verdict: "misleading",
          truth: "a topic can require the id of the token's own user, or a permission for any other id",
          source: SOURCES.definition,
        },
      ]
    : [];
}

/** States what each topic in the text requires. */
export function stateTopics(words: string, knowledge: Pick<ExplainKnowledge, "findTopic">): SubscribedTopics {
  return stateNames(findTopicNames(words), knowledge);
}

function stateNames(
  names: readonly string[],
  { findTopic }: Pick<ExplainKnowledge, "findTopic">,
): SubscribedTopics {
  const looked = names.map(findTopic);
  const found = [
    ...new Map(looked.flatMap((topic) => (topic === null ? [] : [[topic.path, topic] as const]))).values(),
  ];
  const unknownCount = looked.filter((topic) => topic === null).length;
  return {
    found,
    claims: [...found.map(stateTopic), ...(unknownCount === 0 ? [] : [unlisted(unknownCount)])],
  };
}

const REFUSED_TOGETHER: Claim = {
  text: "one refused topic causes the whole subscription to be refused",
  verdict: "true",
  truth: "the others are not subscribed either; subscribe to them in a separate request",
  source: "announcement of 2021-12-13 about the permissions of adherence topics",
};

function stateTopic(topic: Operation): Claim {
  const { permissionMode, permissions, path } = topic;
  if (permissionMode === "UNKNOWN") {
    return {
      text: `\`${path}\` needs a permission`,
      verdict: "unknown",
      truth: `the permissions of this topic are not published; \`genscope check-scopes "${path}"\` reads them from the organization's own list`,
      source: sourceOf(topic),
    };
  }
  return {
    ...stateRequirement(topic),
    ...(permissions.length > 1
      ? { text: `\`${path}\` needs ${allOf(permissions)}`, verdict: "unknown" as const }
      : {}),
    truth: topic.note,
  };
}

/**
 * Reports how many topics are unknown. Does not repeat their names, because an unknown name could contain a
 * secret.
 */
function unlisted(count: number): Claim {
  return {
    text: `${count === 1 ? "a topic" : `${count} topics`} in the subscription ${count === 1 ? "is" : "are"} not among the published topics`,
    verdict: "true",
    truth: "`GET /api/v2/notifications/availabletopics` lists the organization's topics",
    source: SOURCES.definition,
  };
}
