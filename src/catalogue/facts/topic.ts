import type { Operation, Provenance } from "./operation.ts";
import { readTable } from "./text/text-table.ts";

/** Method of a notification topic when it is stored as an operation. The platform API has no such method. */
export const SUBSCRIBE = "SUBSCRIBE";
/** Path of the call that subscribes a channel to topics. */
export const SUBSCRIPTIONS = "/api/v2/notifications/channels/{channelId}/subscriptions";
export const TOPICS_KIND = "genscope-topics";

/** A notification topic and the published facts about subscribing to it. */
export interface Topic {
  /** Template with `{id}` for every id: `v2.routing.queues.{id}.conversations`. */
  readonly topic: string;
  /**
   * Permissions from the announcement, which does not state whether one or all are needed; null when unknown.
   */
  readonly permissions: readonly string[] | null;
  readonly provenance: Provenance;
}

/**
 * Returns the row `topic, permissions` of a topic table; an empty field means that the permissions are unknown.
 */
export function encodeTopic({ topic, permissions }: Omit<Topic, "provenance">): readonly string[] {
  return [topic, (permissions ?? []).join(" ")];
}

/** Returns the topics in the text of a table, in the same order. */
export function readTopics(text: string): readonly Topic[] {
  const { provenance, rows } = readTable(text, TOPICS_KIND);
  return rows.map(([topic = "", permissions = ""]) => ({
    topic,
    permissions: permissions === "" ? null : permissions.split(" "),
    provenance,
  }));
}

/** Returns whether a string has the form of a topic: `v2.` and at least two more words. */
export function isTopicName(text: string): boolean {
  return /^v2(?:\.[\w{}<>$*:-]+){2,}$/i.test(text);
}

/** Matches a topic in text: `v2.` and at least two more words, the first of which is not a number. */
const TOPIC = /(?<![\w./-])v2\.[a-z][\w-]{0,60}(?:\.[\w{}<>$:-]{1,60}){1,12}(?![\w/-])/gi;
const MOST_NAMES = 20;
const LONGEST_TEXT = 400_000;

/** Returns the first few names in the text that look like topics, without duplicates; they may not exist. */
export function findTopicNames(text: string): readonly string[] {
  const names = new Set<string>();
  for (const [name] of text.slice(0, LONGEST_TEXT).matchAll(TOPIC)) {
    names.add(name);
    if (names.size === MOST_NAMES) break;
  }
  return [...names];
}

/** Finds the topic that a name with real ids or placeholders refers to. A matching word takes precedence over an id. */
export function findTopic(topics: readonly Topic[], name: string): Topic | null {
  const words = name.split(".");
  const matching = topics.filter(({ topic }) => {
    const pattern = topic.split(".");
    return (
      pattern.length === words.length &&
      pattern.every((part, index) => part === "{id}" || part.toLowerCase() === words[index]?.toLowerCase())
    );
  });
  const [best] = matching.toSorted((a, b) => idCount(a.topic) - idCount(b.topic));
  return best ?? null;
}

function idCount(topic: string): number {
  return topic.split("{id}").length;
}

const UNSAID =
  "the announcement does not state whether one or all of these permissions are needed, or whether divisions and the user in the topic matter; the organization's own list of topics contains this information";

/** Returns a topic as an operation, with the published requirements for subscribing to it. */
export function topicOperation({ topic, permissions, provenance }: Topic): Operation {
  return {
    method: SUBSCRIBE,
    path: topic,
    operationId: topic,
    tag: "Notifications",
    permissionMode: permissions === null ? "UNKNOWN" : "ANY",
    permissions: permissions ?? [],
    conditionalPermissions: [],
    scopes: ["notifications"],
    scopeSource: "published",
    grantRule: null,
    otherAuthentication: null,
    isDeprecated: false,
    isPreview: false,
    note: permissions === null ? null : UNSAID,
    caveats: [],
    provenance,
  };
}
