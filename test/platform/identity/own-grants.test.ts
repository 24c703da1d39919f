import { describe, expect, test } from "vitest";
import {
  CLIENT_TOKEN,
  forbidden,
  GRANT,
  judge,
  OWN_SUBJECT,
  ROLES,
  type Routes,
  TOKEN,
} from "../reading/canned-service.ts";

const BY_ID = "/api/v2/authorization/subjects/client-1";
const SPELLED: Routes = {
  [ROLES]: [
    200,
    {
      entities: [
        {
          id: "role-1",
          name: "Reporting",
          permissionPolicies: [
            { domain: "analytics", entityName: "conversationDetail", actionSet: ["view"] },
          ],
        },
      ],
    },
  ],
};
const NONE: Routes[string] = [200, { id: "client-1", grants: [] }];
const ELSEWHERE = { ...GRANT, division: { id: "div-2", name: "Sales" } };
const OTHER = { ...GRANT, role: { ...GRANT.role, id: "role-2" } };

describe("a subject that leaves out what the client lists is not believed", () => {
  test.each<[string, Routes, string, string]>([
    ["it is asked for by its id", { [BY_ID]: [200, { grants: [GRANT] }] }, "allowed", "none"],
    ["the roles of the client count when that is refused", { [BY_ID]: forbidden() }, "allowed", "none"],
    ["and when that leaves them out as well", { [BY_ID]: NONE }, "allowed", "none"],
    [
      "unless each knows of a role that the other does not",
      { [BY_ID]: [200, { grants: [OTHER] }] },
      "unknown",
      "permission",
    ],
    ["or of another division", { [BY_ID]: [200, { grants: [ELSEWHERE] }] }, "unknown", "permission"],
  ])("%s", async (_name, routes, verdict, layer) => {
    const decision = await judge({ ...SPELLED, [OWN_SUBJECT]: NONE, ...routes });

    expect([decision.verdict, decision.layer]).toEqual([verdict, layer]);
  });

  test("the reason says that they disagree", async () => {
    const { principal } = await judge({ [OWN_SUBJECT]: NONE, [BY_ID]: [200, { grants: [OTHER] }] });

    expect(principal.grants).toBeNull();
    expect(principal.unreadable).toEqual([
      expect.objectContaining({
        what: "grants",
        reason: "the service's answers contradict each other about the roles of this token",
      }),
    ]);
  });
});

test.each<[string, unknown]>([
  ["every division", { grants: [{ ...GRANT, division: "*" }] }],
  ["more roles", { grants: [GRANT, OTHER] }],
])("a subject that knows of %s is believed without another call", async (_name, subject) => {
  const { principal, verdict } = await judge({ [OWN_SUBJECT]: [200, subject] });

  expect(verdict).toBe("allowed");
  expect(principal.calls.map(({ path }) => path)).not.toContain(BY_ID);
});

test("no grants, where the client lists none either, are none", async () => {
  const OAuthClient = { ...CLIENT_TOKEN.OAuthClient, roleDivisions: [] };
  const { principal, verdict, layer } = await judge({
    [TOKEN]: [200, { ...CLIENT_TOKEN, OAuthClient }],
    [OWN_SUBJECT]: NONE,
  });
  expect([principal.grants, verdict, layer]).toEqual([[], "denied", "permission"]);
});

test("half of the client's roles are not its roles", async () => {
  const roleDivisions = [{ roleId: "role-1", divisionId: "div-1" }, { roleId: "role-2" }];
  const { principal, verdict } = await judge({
    ...SPELLED,
    [TOKEN]: [200, { ...CLIENT_TOKEN, OAuthClient: { ...CLIENT_TOKEN.OAuthClient, roleDivisions } }],
    [OWN_SUBJECT]: forbidden(),
    [BY_ID]: forbidden(),
  });
  expect([principal.client?.roleDivisions, principal.grants, verdict]).toEqual([null, null, "unknown"]);
});
