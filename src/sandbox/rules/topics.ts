import { type Refusal, refusal } from "../refusal.ts";
import type { Caller } from "./caller.ts";
import { covers, type GrantedPolicy, grantedPoliciesOf } from "./holding.ts";

/** The requirement for subscribing to a topic. */
export interface TopicRule {
  /** Template of the topic's name, with `{id}` in place of each id. */
  readonly topic: string;
  readonly permissions: readonly string[];
  /** Whether any one of the permissions suffices. */
  readonly isAny?: true;
  /** Whether the permissions must be held in the division of the topic's object. */
  readonly isDivisional?: true;
  /** `own`: only the user's own id. `own-or-permission`: any other id needs the permissions. */
  readonly user?: "own" | "own-or-permission";
  /** Whether the requirement is listed without being enforced. */
  readonly isRelaxed?: true;
}

/** The sandbox's topics, with at least one for every kind of requirement. */
export const TOPIC_RULES: readonly TopicRule[] = [
  { topic: "v2.routing.queues.{id}.conversations", permissions: ["routing:queue:view"], isDivisional: true },
  { topic: "v2.routing.queues.{id}.users", permissions: ["routing:queue:view", "directory:user:view"] },
  {
    topic: "v2.analytics.queues.{id}.observations",
    permissions: ["analytics:queueObservation:view", "analytics:conversationAggregate:view"],
    isAny: true,
  },
  {
    topic: "v2.users.{id}.conversations",
    permissions: ["conversation:communication:view"],
    user: "own-or-permission",
  },
  { topic: "v2.users.{id}.voicemail.messages", permissions: [], user: "own" },
  { topic: "v2.users.{id}.presence", permissions: [] },
  { topic: "v2.users.{id}.routingStatus", permissions: ["routing:queue:view"], isRelaxed: true },
  { topic: "v2.architect.prompts.{id}", permissions: ["architect:userPrompt:view"] },
];

const UNAUTHORIZED = refusal(403, "notification.unauthorized.topic", "Not authorized for this topic.");
const UNAUTHORIZED_DIVISION = refusal(
  403,
  "notification.unauthorized.divisioned.topic",
  "No divisioned permissions for this topic.",
);

/** Refuses a subscription that violates a rule. Returns null for an allowed one, and for a topic without a rule. */
export function checkTopic(caller: Caller, name: string, nowMs: number): Refusal | null {
  const rule = TOPIC_RULES.find(({ topic }) => idsOf(topic, name) !== null);
  if (rule === undefined || rule.isRelaxed) return null;
  const [id = ""] = idsOf(rule.topic, name) ?? [];
  if (rule.user !== undefined && caller.user?.id === id) return null;
  if (rule.user === "own") return UNAUTHORIZED;
  const held = rule.permissions.map((permission) => policiesHeld(caller, permission, nowMs));
  const passes = (each: readonly GrantedPolicy[]) => each.length > 0;
  if (!(rule.isAny ? held.some(passes) : held.every(passes))) return UNAUTHORIZED;
  const object = caller.organization.objects.get(id);
  if (rule.isDivisional !== true || object === undefined) return null;
  const reaches = (each: readonly GrantedPolicy[]) =>
    each.some((holding) => covers(holding, object.divisionId));
  return held.every(reaches) ? null : UNAUTHORIZED_DIVISION;
}

function policiesHeld(
  { organization, subjectId }: Caller,
  permission: string,
  nowMs: number,
): readonly GrantedPolicy[] {
  return grantedPoliciesOf(organization, subjectId, permission, nowMs).filter(
    ({ policy }) => policy.resourceConditionNode === null,
  );
}

/** Returns the ids in a topic's name; null for a name that does not match the template. */
function idsOf(topic: string, name: string): readonly string[] | null {
  const [pattern, words] = [topic.split("."), name.split(".")];
  const isSame = pattern.every((part, index) => part === "{id}" || part === words[index]);
  if (!isSame || pattern.length !== words.length) return null;
  return words.filter((_, index) => pattern[index] === "{id}");
}
