import { describe, expect, test } from "vitest";
import {
  GRANT,
  judge,
  OWN_SUBJECT,
  ROLES,
  type Routes,
  read,
  TOKEN,
  USER_TOKEN,
} from "../reading/canned-service.ts";

const LINE = { domain: "analytics", entityName: "conversationDetail", actions: ["view"] };
const BARE = { id: "role-1", name: "Reporting" };
const ROLE_1 = `${ROLES}/role-1`;

/** Returns the routes of a service whose subject holds a role with this policy line. */
const subjectWith = (line: unknown): Routes => ({
  [OWN_SUBJECT]: [200, { grants: [{ ...GRANT, role: { ...BARE, policies: [line] } }] }],
});
/** A service whose subject holds a role of which only the name is known. */
const SUBJECT: Routes = { [OWN_SUBJECT]: [200, { grants: [{ ...GRANT, role: BARE }] }] };
const listed = (...entities: readonly object[]): Routes => ({
  [ROLES]: [200, { entities, total: entities.length, pageCount: 1 }],
});

describe("the condition of a role's policy", () => {
  test.each<[string, object, unknown]>([
    ["is absent for an empty string", { condition: "" }, null],
    ["is absent for an empty object", { resourceConditionNode: {} }, null],
    ["is absent without a named resource", { namedResources: [] }, null],
    ["is read from a string", { condition: "(GroupId==[1])" }, "(GroupId==[1])"],
    ["is read from a tree", { resourceConditionNode: { operator: "EQ" } }, { operator: "EQ" }],
    ["is read from a named resource", { namedResources: ["q1"] }, { namedResources: ["q1"] }],
    ["is read from a string next to a named resource", { condition: "x", namedResources: ["q1"] }, "x"],
  ])("%s", async (_name, fields, condition) => {
    const { principal } = await read(
      { [TOKEN]: [200, USER_TOKEN], ...subjectWith({ ...LINE, ...fields }) },
      "grants",
    );
    expect(principal.grants?.[0]?.role.policies).toEqual([
      { domain: "analytics", entity: "conversationDetail", actions: ["view"], condition },
    ]);
  });

  test("makes the verdict conditional when it is a named resource", async () => {
    const { verdict, layer } = await judge(subjectWith({ ...LINE, namedResources: ["q1"] }));
    expect([verdict, layer]).toEqual(["conditional", "condition"]);
  });
});

describe("a role's policy", () => {
  const { actions: _actions, ...withoutActions } = LINE;

  test.each<[string, unknown]>([
    ["no actions", withoutActions],
    ["null for actions", { ...LINE, actions: null }],
    ["an action that is not a string", { ...LINE, actions: ["edit", 1] }],
    ["no domain", { ...LINE, domain: undefined }],
    ["no entity", { ...LINE, entityName: undefined }],
    ["null for the policy", null],
  ])("with %s is read again, and then unknown instead of empty", async (_name, line) => {
    const whole = await judge({
      ...subjectWith(line),
      ...listed(),
      [ROLE_1]: [200, { ...BARE, permissionPolicies: [LINE] }],
    });
    const half = await judge({
      ...subjectWith(line),
      ...listed(),
      [ROLE_1]: [200, { ...BARE, permissionPolicies: [line] }],
    });

    expect([whole.verdict, whole.layer]).toEqual(["allowed", "none"]);
    expect(half.principal.grants).toBeNull();
    expect(half.principal.unreadable).toEqual([
      expect.objectContaining({ what: "grants", permissions: ["authorization:role:view"] }),
    ]);
    expect([half.verdict, half.layer]).toEqual(["unknown", "permission"]);
  });
});

describe("a role without its policies", () => {
  const complete: Routes = { [ROLE_1]: [200, { ...BARE, permissionPolicies: [LINE] }] };

  test("is read individually when the listing lacks them", async () => {
    const { principal, verdict } = await judge({ ...SUBJECT, ...listed(BARE), ...complete });

    expect(verdict).toBe("allowed");
    expect(principal.roles).toBeNull();
    expect(principal.unreadable).toEqual([expect.objectContaining({ what: "roles" })]);
  });

  test("leaves the grants unknown when its own response lacks them too", async () => {
    const { principal, verdict } = await judge({ ...SUBJECT, ...listed(), [ROLE_1]: [200, BARE] });

    expect([principal.grants, verdict]).toEqual([null, "unknown"]);
  });

  test("leads to a denial when its list of policies is empty", async () => {
    const { verdict, layer } = await judge({
      ...SUBJECT,
      ...listed({ ...BARE, permissionPolicies: [] }),
    });
    expect([verdict, layer]).toEqual(["denied", "permission"]);
  });
});
