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
const COMPLETE_ROLES: Routes = {
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
const NO_GRANTS: Routes[string] = [200, { id: "client-1", grants: [] }];
const ELSEWHERE = { ...GRANT, division: { id: "div-2", name: "Sales" } };
const OTHER = { ...GRANT, role: { ...GRANT.role, id: "role-2" } };

describe("when the token's own subject omits a role that the client lists", () => {
  test.each<[string, Routes, string, string]>([
    ["the subject is read by its id", { [BY_ID]: [200, { grants: [GRANT] }] }, "allowed", "none"],
    ["the client's roles are used if the read by id is refused", { [BY_ID]: forbidden() }, "allowed", "none"],
    [
      "the client's roles are used if the read by id omits the role too",
      { [BY_ID]: NO_GRANTS },
      "allowed",
      "none",
    ],
    [
      "the verdict is unknown if subject and client each list a role that the other omits",
      { [BY_ID]: [200, { grants: [OTHER] }] },
      "unknown",
      "permission",
    ],
    [
      "the verdict is unknown if subject and client name different divisions",
      { [BY_ID]: [200, { grants: [ELSEWHERE] }] },
      "unknown",
      "permission",
    ],
  ])("%s", async (_name, routes, verdict, layer) => {
    const decision = await judge({ ...COMPLETE_ROLES, [OWN_SUBJECT]: NO_GRANTS, ...routes });

    expect([decision.verdict, decision.layer]).toEqual([verdict, layer]);
  });

  test("the reason for the unknown verdict names the contradiction", async () => {
    const { principal } = await judge({ [OWN_SUBJECT]: NO_GRANTS, [BY_ID]: [200, { grants: [OTHER] }] });

    expect(principal.grants).toBeNull();
    expect(principal.unreadable).toEqual([
      expect.objectContaining({
        what: "grants",
        reason: "the service's responses contradict each other about this token's roles",
      }),
    ]);
  });
});

test.each<[string, unknown]>([
  ["every division", { grants: [{ ...GRANT, division: "*" }] }],
  ["more roles", { grants: [GRANT, OTHER] }],
])("the token's own subject with %s is accepted without a second call", async (_name, subject) => {
  const { principal, verdict } = await judge({ [OWN_SUBJECT]: [200, subject] });

  expect(verdict).toBe("allowed");
  expect(principal.calls.map(({ path }) => path)).not.toContain(BY_ID);
});

test("empty grants of the token's own subject are accepted when the client lists no roles either", async () => {
  const OAuthClient = { ...CLIENT_TOKEN.OAuthClient, roleDivisions: [] };
  const { principal, verdict, layer } = await judge({
    [TOKEN]: [200, { ...CLIENT_TOKEN, OAuthClient }],
    [OWN_SUBJECT]: NO_GRANTS,
  });
  expect([principal.grants, verdict, layer]).toEqual([[], "denied", "permission"]);
});

test("an incomplete list of a client's roles is not used as its grants", async () => {
  const roleDivisions = [{ roleId: "role-1", divisionId: "div-1" }, { roleId: "role-2" }];
  const { principal, verdict } = await judge({
    ...COMPLETE_ROLES,
    [TOKEN]: [200, { ...CLIENT_TOKEN, OAuthClient: { ...CLIENT_TOKEN.OAuthClient, roleDivisions } }],
    [OWN_SUBJECT]: forbidden(),
    [BY_ID]: forbidden(),
  });
  expect([principal.client?.roleDivisions, principal.grants, verdict]).toEqual([null, null, "unknown"]);
});
