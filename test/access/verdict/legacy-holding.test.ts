import { describe, expect, test } from "vitest";
import { holdingOf } from "../../../src/access/verdict/holding-of.ts";
import type { Principal } from "../../../src/platform/reading/principal.ts";
import { clientPrincipal, grant, HOME, policies, role, SALES } from "../../support/principals.ts";

const listing = (...legacyPermissions: readonly string[]) => ({
  ...role("Old", "routing:queue:view"),
  legacyPermissions,
});
const answers = (names: readonly string[], patterns: readonly string[] | null): Principal["answers"] => ({
  permitted: new Map(),
  ofUser: { names, policies: patterns === null ? null : policies(...patterns) },
});

describe("a legacy permission", () => {
  test.each<[string, Partial<Principal>, string | null, string]>([
    ["a role lists it everywhere", { grants: [grant(listing("admin"))] }, null, "held"],
    ["a role lists it in one division", { grants: [grant(listing("admin"), HOME)] }, null, "some-divisions"],
    ["a role lists it in the object's", { grants: [grant(listing("admin"), HOME)] }, HOME.id, "held"],
    ["a role lists it in another", { grants: [grant(listing("admin"), SALES)] }, HOME.id, "unknown"],
    ["every role lists others", { grants: [grant(listing("group_creation"))] }, null, "absent"],
    ["no role at all", { grants: [] }, null, "absent"],
    ["a role without a list", { grants: [grant(role("New", "routing:queue:view"))] }, null, "unknown"],
    [
      "a wildcard next to an empty list",
      { grants: [grant({ ...role("All", "*:*:*"), legacyPermissions: [] })] },
      null,
      "unknown",
    ],
    [
      "a domain of that name",
      { grants: [grant({ ...role("All", "admin:*:*"), legacyPermissions: [] })] },
      null,
      "unknown",
    ],
    ["no grants, and users/me lists it", { grants: null, answers: answers(["admin"], []) }, null, "unknown"],
    [
      "no grants, and users/me lists others",
      { grants: null, answers: answers(["a:b:c"], ["a:b:c"]) },
      null,
      "absent",
    ],
    [
      "no grants, and users/me has a wildcard",
      { grants: null, answers: answers([], ["*:*:*"]) },
      null,
      "unknown",
    ],
    [
      "no grants, and users/me has no policies",
      { grants: null, answers: answers([], null) },
      null,
      "unknown",
    ],
    ["nothing", { grants: null }, null, "unknown"],
    [
      "a role without a list everywhere, and users/me lists it",
      { grants: [grant(role("New", "routing:queue:view"))], answers: answers(["admin"], []) },
      null,
      "held",
    ],
    [
      "a role without a list in one division, and users/me lists it",
      { grants: [grant(role("New", "routing:queue:view"), HOME)], answers: answers(["admin"], []) },
      HOME.id,
      "unknown",
    ],
    [
      "a role without a list, and users/me lists others",
      { grants: [grant(role("New", "routing:queue:view"))], answers: answers(["a:b:c"], []) },
      null,
      "absent",
    ],
    [
      "a wildcard without a list, and users/me lists others",
      { grants: [grant(role("All", "*:*:*"))], answers: answers(["a:b:c"], []) },
      null,
      "unknown",
    ],
  ])("%s", (_name, { ownedPermissions: _, ...differences }, divisionId, state) => {
    expect(holdingOf(clientPrincipal(differences), "admin", divisionId).state).toBe(state);
  });
});
