import { anyOf } from "../../../access/verdict/wording.ts";
import type { Operation } from "../../../catalogue/facts/operation.ts";
import { SUBSCRIBE } from "../../../catalogue/facts/topic.ts";
import type { Api } from "../../../platform/api/api.ts";
import { type AvailableTopic, readTopics } from "../../../platform/identity/topics.ts";
import type { Principal } from "../../../platform/reading/principal.ts";
import type { FailedReading, Reading } from "../../../platform/reading/reading.ts";
import type { CheckSubject, SingleSubject } from "./subject.ts";

/** The organization's list of topics, or the reason why it could not be read; null when it was not needed. */
export type TopicReading = Reading<readonly AvailableTopic[]> | null;

const SOURCE = "the organization's own list, GET /api/v2/notifications/availabletopics";

/**
 * Replaces the published requirements of notification topics with the organization's own, if the token can read
 * them. Sends nothing when no subject is a topic.
 */
export async function readTopicRequirements(
  api: Api,
  subjects: readonly CheckSubject[],
): Promise<TopicReading> {
  const isTopic = (subject: CheckSubject): boolean =>
    subject.kind === "alternatives"
      ? subject.alternatives.some(isTopic)
      : subject.kind === "operation" && subject.operation.method === SUBSCRIBE;
  return subjects.some(isTopic) ? await readTopics(api) : null;
}

/** Returns a topic's subject with the requirement of the organization; any other subject is unchanged. */
export function withTopicRequirement(
  subject: SingleSubject,
  topics: TopicReading,
  principal: Principal,
  date: string,
): SingleSubject {
  if (subject.kind !== "operation" || subject.operation.method !== SUBSCRIBE) return subject;
  if (topics === null) return subject;
  if (!topics.isRead) return withReason(subject, topics);
  const topic = findAvailable(subject, topics.value);
  if (topic === undefined) {
    // The requirement is still the published one, so its source stays.
    const note = "the organization's own list of topics does not contain it";
    return { ...subject, operation: { ...subject.operation, note } };
  }
  const requirement = requirementOf(topic, ownIdIn(subject, principal), principal.kind);
  const provenance = { source: SOURCE, date };
  return { ...subject, operation: { ...subject.operation, note: null, ...requirement, provenance } };
}

/**
 * Returns whether the object's division affects the verdict. For a topic, it does only if the organization's
 * requirement includes the division. Otherwise a permission in another division may suffice.
 */
export function countsDivision(subject: SingleSubject, topics: TopicReading): boolean {
  if (subject.kind !== "operation" || subject.operation.method !== SUBSCRIBE) return true;
  return topics?.isRead === true && findAvailable(subject, topics.value)?.isDivisional === true;
}

function findAvailable(
  { operation }: TopicSubject,
  topics: readonly AvailableTopic[],
): AvailableTopic | undefined {
  return topics.find(({ topic }) => topic.toLowerCase() === operation.path.toLowerCase());
}

/** Keeps the published requirement, and explains why the organization's own requirement is unknown. */
function withReason(subject: TopicSubject, { reason, read }: FailedReading): SingleSubject {
  const { note } = subject.operation;
  const unread = `the organization's own list of topics could not be read: ${reason}; scope ${anyOf(read.scopes)} allows reading it`;
  return {
    ...subject,
    operation: { ...subject.operation, note: note === null ? unread : `${note}; ${unread}` },
  };
}

type TopicSubject = Extract<SingleSubject, { kind: "operation" }>;
type OwnId = "yes" | "no" | "open";

/**
 * Returns whether the first id of a topic is the id of the token's user; unknown for a placeholder or an unknown user.
 */
function ownIdIn({ name, operation }: TopicSubject, { user }: Principal): OwnId {
  const at = operation.path.split(".").indexOf("{id}");
  const id = name.trim().split(".")[at] ?? "";
  if (user === null || !/^[0-9a-f-]{36}$/i.test(id)) return "open";
  return id.toLowerCase() === user.id.toLowerCase() ? "yes" : "no";
}

type TopicRequirement = Pick<Operation, "permissionMode" | "permissions"> &
  Partial<Pick<Operation, "note" | "grantRule" | "namesOtherUser">>;

const FREE: TopicRequirement = { permissionMode: "NONE", permissions: [] };

function requirementOf(topic: AvailableTopic, own: OwnId, kind: Principal["kind"]): TopicRequirement {
  if (!topic.isEnforced) return FREE;
  if (topic.permissions === null) return { permissionMode: "UNKNOWN", permissions: [] };
  const { permissions } = topic;
  const listed: TopicRequirement =
    permissions.length === 0 ? FREE : { permissionMode: topic.isAny ? "ANY" : "ALL", permissions };
  if (topic.isOpen) {
    return {
      ...unsettled(topic, listed),
      note: "access depends on more than permissions, for example on participating in a conversation",
    };
  }
  if (topic.isOwnOnly) {
    if (own === "yes") return ownIdRequirement(topic, listed);
    if (own === "no" && !topic.isAny && topic.isOwnEnforced) return { ...listed, namesOtherUser: true };
    const note = "the id in the topic must be that of the token's user";
    return {
      ...(topic.isAny ? unsettled(topic, listed) : { ...listed, grantRule: "not-client-credentials" }),
      note,
    };
  }
  if (topic.isOwnFree && own === "yes") return FREE;
  if (topic.isOwnFree && own === "open" && kind !== "client") {
    return { ...unsettled(topic, listed), note: "the user's own id needs none of these permissions" };
  }
  return listed;
}

/** Returns the requirement of a topic that accepts only the user's own id, and whose name contains it. */
function ownIdRequirement(topic: AvailableTopic, listed: TopicRequirement): TopicRequirement {
  if (!topic.isAny || topic.permissions?.length === 0) return listed;
  // The response does not show whether one permission of several suffices, or one requirement of several.
  return { ...unsettled(topic, listed), note: "the user's own id may suffice without these permissions" };
}

/** Weakens a requirement that could deny, because another requirement may allow the subscription. */
function unsettled({ permissions }: AvailableTopic, listed: TopicRequirement): TopicRequirement {
  return {
    ...listed,
    permissionMode: permissions?.length === 0 ? "NONE" : "UNKNOWN",
    permissions: permissions ?? [],
  };
}
