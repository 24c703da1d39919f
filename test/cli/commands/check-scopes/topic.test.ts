import { expect, test } from "vitest";
import { decideOperation } from "../../../../src/access/decide/decide.ts";
import { SUBSCRIBE } from "../../../../src/catalogue/facts/topic.ts";
import { type TopicReading, withTopicRequirement } from "../../../../src/cli/commands/check-scopes/topic.ts";
import { readTopics } from "../../../../src/platform/identity/topics.ts";
import { apiOfSteps } from "../../../support/api-of.ts";
import { grant, operation, role, userPrincipal } from "../../../support/principals.ts";

const OWN = "00000000-0000-4000-8000-0000000000AA";
const OTHER = "00000000-0000-4000-8000-0000000000bb";
const TOPIC = "v2.users.{id}.voicemail.messages";
const OWN_DETAIL = { type: "requiresCurrentUser", permissions: [], enforced: true };
const OWN_ONLY = { requiresPermissions: [], requiresCurrentUser: true, permissionDetails: [OWN_DETAIL] };

/** Decides about a topic for which the organization's list states this requirement. */
async function verdictOf(name: string, requirement: object, user: { readonly id: string } | null) {
  const body = JSON.stringify({ entities: [{ id: TOPIC, enforced: true, ...requirement }] });
  const { api } = apiOfSteps({ status: 200, body });
  const topics: TopicReading = await readTopics(api);
  const principal = userPrincipal({
    user: user === null ? null : { ...user, name: "Agent 1", email: null },
    scopes: ["notifications"],
    grants: [grant(role("Viewer", "routing:queue:view"))],
  });
  const subject = {
    kind: "operation",
    operation: operation({ method: SUBSCRIBE, path: TOPIC, scopes: ["notifications"], note: null }),
    name,
    caution: null,
    division: null,
    location: null,
    service: null,
  } as const;
  const { operation: required } = withTopicRequirement(
    subject,
    topics,
    principal,
    "2026-11-30",
  ) as typeof subject;
  return decideOperation(principal, required, { name });
}

test.each<[string, string, object, string | null, string]>([
  ["the token's own id", OWN, OWN_ONLY, OWN, "allowed"],
  ["the token's own id in lower case", OWN.toLowerCase(), OWN_ONLY, OWN, "allowed"],
  ["another user's id", OTHER, OWN_ONLY, OWN, "denied"],
  [
    "another user's id, when only a flag restricts the topic",
    OTHER,
    { ...OWN_ONLY, permissionDetails: undefined },
    OWN,
    "denied",
  ],
  ["a placeholder", "{id}", OWN_ONLY, OWN, "unknown"],
  ["a word", "me", OWN_ONLY, OWN, "unknown"],
  ["another user's id, but the token's user is unknown", OTHER, OWN_ONLY, null, "unknown"],
  [
    "another user's id, but another requirement may suffice",
    OTHER,
    { ...OWN_ONLY, requiresAnyValidator: true },
    OWN,
    "unknown",
  ],
  [
    "another user's id, but the requirement is not enforced",
    OTHER,
    { ...OWN_ONLY, permissionDetails: [{ ...OWN_DETAIL, enforced: false }] },
    OWN,
    "unknown",
  ],
  [
    "another user's id, but the topic is not enforced",
    OTHER,
    { ...OWN_ONLY, enforced: false },
    OWN,
    "allowed",
  ],
])(
  "decides about a topic that is open only to its own user, given %s",
  async (_what, id, requirement, ownId, verdict) => {
    const user = ownId === null ? null : { id: ownId };
    const decided = await verdictOf(TOPIC.replace("{id}", id), requirement, user);
    expect(decided.verdict).toBe(verdict);
    if (verdict === "denied") expect(decided.layer).toBe("context");
  },
);

test.each<[string, object, string]>([
  ["held", { requiresPermissions: ["routing:queue:view"] }, "allowed"],
  ["missing", { requiresPermissions: ["routing:queue:edit"] }, "denied"],
  [
    "missing, but possibly not needed because one of several requirements may suffice",
    { requiresPermissions: ["routing:queue:edit"], requiresAnyValidator: true },
    "unknown",
  ],
])(
  "judges a topic with the token's own id when its permission is %s",
  async (_what, requirement, verdict) => {
    const name = TOPIC.replace("{id}", OWN);
    const decided = await verdictOf(name, { ...OWN_ONLY, ...requirement }, { id: OWN });
    expect(decided.verdict).toBe(verdict);
    if (verdict === "denied") expect(decided.layer).toBe("permission");
  },
);
