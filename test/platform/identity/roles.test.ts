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

/** A service whose subject holds a role with this line. */
const subjectWith = (line: unknown): Routes => ({
  [OWN_SUBJECT]: [200, { grants: [{ ...GRANT, role: { ...BARE, policies: [line] } }] }],
});
/** A service whose subject holds a role that is spelled out elsewhere. */
const SUBJECT: Routes = { [OWN_SUBJECT]: [200, { grants: [{ ...GRANT, role: BARE }] }] };
const listed = (...entities: readonly object[]): Routes => ({
  [ROLES]: [200, { entities, total: entities.length, pageCount: 1 }],
});

describe("what limits a line", () => {
  test.each<[string, object, unknown]>([
    ["an empty text is no condition", { condition: "" }, null],
    ["an empty object is none either", { resourceConditionNode: {} }, null],
    ["no named resource", { namedResources: [] }, null],
    ["a text", { condition: "(GroupId==[1])" }, "(GroupId==[1])"],
    ["a tree", { resourceConditionNode: { operator: "EQ" } }, { operator: "EQ" }],
    ["a named resource", { namedResources: ["q1"] }, { namedResources: ["q1"] }],
    ["a tree with a named resource", { condition: "x", namedResources: ["q1"] }, "x"],
  ])("%s", async (_name, fields, condition) => {
    const { principal } = await read(
      { [TOKEN]: [200, USER_TOKEN], ...subjectWith({ ...LINE, ...fields }) },
      "grants",
    );
    expect(principal.grants?.[0]?.role.policies).toEqual([
      { domain: "analytics", entity: "conversationDetail", actions: ["view"], condition },
    ]);
  });

  test("a role for named resources does not allow every one", async () => {
    const { verdict, layer } = await judge(subjectWith({ ...LINE, namedResources: ["q1"] }));
    expect([verdict, layer]).toEqual(["conditional", "condition"]);
  });
});

describe("a line of which a part is missing is not a line that grants nothing", () => {
  const { actions: _actions, ...withoutActions } = LINE;

  test.each<[string, unknown]>([
    ["no actions", withoutActions],
    ["null for actions", { ...LINE, actions: null }],
    ["an action that is no text", { ...LINE, actions: ["edit", 1] }],
    ["no domain", { ...LINE, domain: undefined }],
    ["no entity", { ...LINE, entityName: undefined }],
    ["no line", null],
  ])("%s: the role is read again", async (_name, line) => {
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

describe("a role without its lines", () => {
  const complete: Routes = { [ROLE_1]: [200, { ...BARE, permissionPolicies: [LINE] }] };

  test("that is listed does not stand in the way of the role itself", async () => {
    const { principal, verdict } = await judge({ ...SUBJECT, ...listed(BARE), ...complete });

    expect(verdict).toBe("allowed");
    expect(principal.roles).toBeNull();
    expect(principal.unreadable).toEqual([expect.objectContaining({ what: "roles" })]);
  });

  test("that is read leaves the grants unknown", async () => {
    const { principal, verdict } = await judge({ ...SUBJECT, ...listed(), [ROLE_1]: [200, BARE] });

    expect([principal.grants, verdict]).toEqual([null, "unknown"]);
  });

  test("a role that really has none denies", async () => {
    const { verdict, layer } = await judge({
      ...SUBJECT,
      ...listed({ ...BARE, permissionPolicies: [] }),
    });
    expect([verdict, layer]).toEqual(["denied", "permission"]);
  });
});
