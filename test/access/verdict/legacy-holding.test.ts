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
    ["is held when a role lists it in every division", { grants: [grant(listing("admin"))] }, null, "held"],
    [
      "is held in some divisions when a role lists it in one",
      { grants: [grant(listing("admin"), HOME)] },
      null,
      "some-divisions",
    ],
    [
      "is held when a role lists it in the object's division",
      { grants: [grant(listing("admin"), HOME)] },
      HOME.id,
      "held",
    ],
    [
      "is unknown when a role lists it only in another division",
      { grants: [grant(listing("admin"), SALES)] },
      HOME.id,
      "unknown",
    ],
    [
      "is absent when every role lists only others",
      { grants: [grant(listing("group_creation"))] },
      null,
      "absent",
    ],
    ["is absent without a role", { grants: [] }, null, "absent"],
    [
      "is unknown when a role has no list of legacy permissions",
      { grants: [grant(role("New", "routing:queue:view"))] },
      null,
      "unknown",
    ],
    [
      "is unknown when a role has a wildcard and an empty list",
      { grants: [grant({ ...role("All", "*:*:*"), legacyPermissions: [] })] },
      null,
      "unknown",
    ],
    [
      "is unknown when a role grants a domain of the same name",
      { grants: [grant({ ...role("All", "admin:*:*"), legacyPermissions: [] })] },
      null,
      "unknown",
    ],
    [
      "is unknown without grants when users/me lists it",
      { grants: null, answers: answers(["admin"], []) },
      null,
      "unknown",
    ],
    [
      "is absent without grants when users/me lists only others",
      { grants: null, answers: answers(["a:b:c"], ["a:b:c"]) },
      null,
      "absent",
    ],
    [
      "is unknown without grants when users/me has a wildcard",
      { grants: null, answers: answers([], ["*:*:*"]) },
      null,
      "unknown",
    ],
    [
      "is unknown without grants when users/me has no policies",
      { grants: null, answers: answers([], null) },
      null,
      "unknown",
    ],
    ["is unknown without grants and users/me", { grants: null }, null, "unknown"],
    [
      "is held when a role without a list applies everywhere and users/me lists it",
      { grants: [grant(role("New", "routing:queue:view"))], answers: answers(["admin"], []) },
      null,
      "held",
    ],
    [
      "is unknown when a role without a list applies in one division and users/me lists it",
      { grants: [grant(role("New", "routing:queue:view"), HOME)], answers: answers(["admin"], []) },
      HOME.id,
      "unknown",
    ],
    [
      "is absent when a role has no list and users/me lists only others",
      { grants: [grant(role("New", "routing:queue:view"))], answers: answers(["a:b:c"], []) },
      null,
      "absent",
    ],
    [
      "is unknown when a role with a wildcard has no list and users/me lists only others",
      { grants: [grant(role("All", "*:*:*"))], answers: answers(["a:b:c"], []) },
      null,
      "unknown",
    ],
  ])("%s", (_name, { ownedPermissions: _, ...differences }, divisionId, state) => {
    expect(holdingOf(clientPrincipal(differences), "admin", divisionId).state).toBe(state);
  });
});
