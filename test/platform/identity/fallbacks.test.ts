import { describe, expect, test } from "vitest";
import { openDiagnosis } from "../../../src/access/diagnose.ts";
import { createApi } from "../../../src/platform/api/api-client.ts";
import {
  DIAGNOSIS_FACTS,
  type PrincipalOptions,
  readPrincipal,
} from "../../../src/platform/identity/identity.ts";
import { parseRegion } from "../../../src/platform/region/region-parser.ts";
import { type Route, routeRequests } from "../../support/routed-transport.ts";
import {
  CLIENT_TOKEN,
  DIVISIONS,
  forbidden,
  GRANT,
  ORGANIZATION,
  OWN_SUBJECT,
  OWNED,
  PERMISSIONS,
  POLICIES,
  ROLES,
  type Routes,
  TOKEN,
  USER_TOKEN,
} from "../reading/canned-service.ts";

const DETAIL = "analytics:conversationDetail:view";
const USER = "/api/v2/users/me";
const PERMITTED = "/api/v2/authorization/divisionspermitted/paged";
const HOME = { id: "div-1", name: "Home", homeDivision: true };
const SALES = { id: "div-2", name: "Sales", homeDivision: false };
const list = (...entities: readonly unknown[]): Route => [
  200,
  { entities, total: entities.length, pageCount: 1 },
];
const EVERYWHERE: Route = [200, { entities: [HOME], pageCount: 1, total: 2, allDivsPermitted: true }];
const owned = (differences: object = {}): Route =>
  list({
    domain: "analytics",
    permissionMap: { conversationDetail: [{ ...OWNED, ...differences }] },
  });
const user = (authorization: unknown): Route => [200, { id: "user-1", name: "Agent 1", authorization }];
const policy = (...actionSet: readonly string[]) => ({
  domain: "analytics",
  entityName: "conversationDetail",
  actionSet,
});

/** A service from which only the token, the divisions and the organization's permissions can be read. */
const CLOSED: Routes = {
  [TOKEN]: [200, CLIENT_TOKEN],
  [OWN_SUBJECT]: forbidden(),
  [PERMISSIONS]: owned(),
  [DIVISIONS]: list(HOME, SALES),
  [ROLES]: forbidden(),
  [POLICIES]: [200, { entities: [] }],
  "/api/v2/authorization/policies/subject/user-1": [200, { entities: [] }],
  "/api/v2/authorization/roles/role-1": forbidden(),
  "/api/v2/authorization/subjects/client-1": forbidden(),
  "/api/v2/authorization/subjects/user-1": forbidden(),
};

async function diagnose(routes: Routes, options: PrincipalOptions = {}, divisionId: string | null = null) {
  const { transport, seen } = routeRequests({ ...CLOSED, ...routes });
  const api = createApi({ region: parseRegion("us-east-1").region, transport });
  const principal = await readPrincipal(api, DIAGNOSIS_FACTS, { permissions: [DETAIL], ...options });
  const { verdict, layer, evidence } = openDiagnosis(principal)(
    { kind: "permission", permission: DETAIL },
    { divisionId },
  );
  const told = evidence.map(({ summary }) => summary).join("\n");
  return { principal, seen, verdict, layer, told };
}

describe("the verdict on a client that may not read its grants, after a question about each permission", () => {
  test.each<[string, Routes, string | null, string, string]>([
    [
      "is conditional when the permission is held everywhere, because conditions are unknown",
      { [`${PERMITTED}/me`]: EVERYWHERE },
      null,
      "conditional",
      "condition",
    ],
    [
      "is conditional when the permission is held in each division, because conditions are unknown",
      { [`${PERMITTED}/me`]: list(HOME, SALES) },
      null,
      "conditional",
      "condition",
    ],
    [
      "is conditional when the permission is held in one of two divisions",
      { [`${PERMITTED}/me`]: list(HOME) },
      null,
      "conditional",
      "division",
    ],
    [
      "is conditional when the permission is held in the object's division, because conditions are unknown",
      { [`${PERMITTED}/me`]: list(HOME) },
      "div-1",
      "conditional",
      "condition",
    ],
    [
      "is denied when the permission is held only in another division",
      { [`${PERMITTED}/me`]: list(HOME) },
      "div-2",
      "denied",
      "division",
    ],
    [
      "is denied when the permission is held nowhere",
      { [`${PERMITTED}/me`]: list() },
      null,
      "denied",
      "permission",
    ],
    [
      "is unknown when the response names no division and divisions do not limit the permission",
      { [`${PERMITTED}/me`]: list(), [PERMISSIONS]: owned({ divisionAware: false }) },
      null,
      "unknown",
      "permission",
    ],
    [
      "is unknown when the response names no division and divisions may not limit the permission",
      { [`${PERMITTED}/me`]: list(), [PERMISSIONS]: owned({ divisionAware: null }) },
      null,
      "unknown",
      "permission",
    ],
    [
      "is unknown when the organization's own permissions cannot be read",
      { [`${PERMITTED}/me`]: EVERYWHERE, [PERMISSIONS]: forbidden() },
      null,
      "unknown",
      "permission",
    ],
    [
      "is conditional when only the question with the client's id gets an answer",
      { [`${PERMITTED}/client-1`]: EVERYWHERE },
      null,
      "conditional",
      "condition",
    ],
    [
      "is unknown when the response lacks entries",
      { [`${PERMITTED}/me`]: [200, { entities: [HOME], total: 2, pageCount: 1 }] },
      "div-2",
      "unknown",
      "permission",
    ],
    [
      "is unknown when the number of pages is unknown",
      { [`${PERMITTED}/me`]: [200, { entities: [HOME], nextUri: "/x" }] },
      "div-2",
      "unknown",
      "permission",
    ],
    [
      "is unknown when a division cannot be parsed",
      { [`${PERMITTED}/me`]: list({}) },
      null,
      "unknown",
      "permission",
    ],
    ["is unknown when every question is refused", {}, null, "unknown", "permission"],
  ])("%s", async (_name, routes, divisionId, verdict, layer) => {
    const decided = await diagnose(routes, {}, divisionId);
    expect([decided.verdict, decided.layer]).toEqual([verdict, layer]);
  });

  test("has evidence that names the response and the reason why the grants could not be read", async () => {
    const { told, principal } = await diagnose({ [`${PERMITTED}/me`]: list(HOME) });
    expect(told).toContain(`the service permits \`${DETAIL}\` in division "Home"`);
    expect(principal.unreadable.map(({ what }) => what)).toContain("grants");
  });

  test("needs one question per permission, and none when the grants can be read", async () => {
    const twice = await diagnose({ [`${PERMITTED}/me`]: EVERYWHERE }, { permissions: [DETAIL, DETAIL] });
    expect(twice.seen.filter((request) => request.includes("divisionspermitted"))).toHaveLength(1);
    const read = await diagnose({ [OWN_SUBJECT]: [200, { id: "client-1", grants: [GRANT] }] });
    expect(read.seen.filter((request) => request.includes("divisionspermitted"))).toEqual([]);
  });

  test("needs sixty questions at most, and none after the first refusal", async () => {
    const permissions = Array.from({ length: 100 }, (_, index) => `a:b:c${index}`);
    const open = await diagnose({ [`${PERMITTED}/me`]: EVERYWHERE }, { permissions });
    expect(open.seen.filter((request) => request.includes("divisionspermitted"))).toHaveLength(60);
    const closed = await diagnose(
      { [`${PERMITTED}/me`]: forbidden(), [`${PERMITTED}/client-1`]: forbidden() },
      { permissions },
    );
    expect(closed.seen.filter((request) => request.includes("divisionspermitted"))).toHaveLength(2);
  });
});

describe("the verdict on a user who may not read their own subject", () => {
  const token: Routes = { [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: ["all"] }] };
  test.each<[string, Routes, string | null, string]>([
    [
      "is allowed when the subject can be read by the user's id",
      {
        [USER]: user(undefined),
        "/api/v2/authorization/subjects/user-1": [
          200,
          { id: "user-1", grants: [{ ...GRANT, division: "*" }] },
        ],
      },
      null,
      "allowed",
    ],
    [
      "is allowed when only the token names the user's id and the subject can be read by it",
      {
        [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: ["all"], authenticatedUser: { id: "user-1" } }],
        [USER]: forbidden(),
        "/api/v2/authorization/subjects/user-1": [
          200,
          { id: "user-1", grants: [{ ...GRANT, division: "*" }] },
        ],
      },
      null,
      "allowed",
    ],
    [
      "is conditional when users/me names the permission",
      { [USER]: user({ permissions: [DETAIL], permissionPolicies: [policy("view")] }) },
      null,
      "conditional",
    ],
    [
      "is conditional when users/me names the permission with a division",
      { [USER]: user({ permissions: [`${DETAIL}:div-1`] }) },
      null,
      "conditional",
    ],
    [
      "is conditional when users/me names a wildcard that covers the permission",
      { [USER]: user({ permissions: ["analytics:*:*"] }) },
      null,
      "conditional",
    ],
    [
      "is denied when users/me does not name the permission",
      { [USER]: user({ permissions: ["routing:queue:view"], permissionPolicies: [] }) },
      null,
      "denied",
    ],
    [
      "is denied when users/me names only a similar permission",
      { [USER]: user({ permissions: ["analytics:conversationDetail:viewAll"] }) },
      null,
      "denied",
    ],
    [
      "is unknown when users/me has no list of permissions",
      { [USER]: user({ permissionPolicies: [policy("view")] }) },
      null,
      "unknown",
    ],
    ["is unknown when users/me has no authorization", { [USER]: user(undefined) }, null, "unknown"],
    [
      "is allowed when users/me names the permission and it is held everywhere",
      {
        [USER]: user({ permissions: [DETAIL], permissionPolicies: [policy("view")] }),
        [`${PERMITTED}/me`]: EVERYWHERE,
      },
      null,
      "allowed",
    ],
    [
      "is conditional when users/me names the permission under a condition",
      {
        [USER]: user({
          permissions: [DETAIL],
          permissionPolicies: [{ ...policy("view"), resourceConditionNode: { variableName: "x" } }],
        }),
        [`${PERMITTED}/me`]: EVERYWHERE,
      },
      null,
      "conditional",
    ],
    [
      "is denied when users/me names the permission and it is held only in another division",
      { [USER]: user({ permissions: [DETAIL] }), [`${PERMITTED}/me`]: list(SALES) },
      "div-1",
      "denied",
    ],
    [
      "is unknown when users/me names the permission and it is held nowhere",
      { [USER]: user({ permissions: [DETAIL] }), [`${PERMITTED}/me`]: list() },
      null,
      "unknown",
    ],
    [
      "is unknown when users/me does not name the permission but it is held",
      { [USER]: user({ permissions: [] }), [`${PERMITTED}/me`]: EVERYWHERE },
      null,
      "unknown",
    ],
    [
      "is conditional when only the question with the user's id gets an answer",
      { [USER]: user(undefined), [`${PERMITTED}/user-1`]: EVERYWHERE },
      null,
      "conditional",
    ],
    ["is unknown when nothing answers", { [USER]: forbidden() }, null, "unknown"],
  ])("%s", async (_name, routes, divisionId, verdict) => {
    expect((await diagnose({ ...token, ...routes }, {}, divisionId)).verdict).toBe(verdict);
  });
});

describe("the client of the login", () => {
  const hidden: Routes = { [TOKEN]: [200, { organization: ORGANIZATION }] };
  const BY_ID = "/api/v2/authorization/subjects/client-1";

  test("is taken as the token's client when the service names none", async () => {
    const routes = {
      ...hidden,
      [BY_ID]: [200, { id: "client-1", grants: [{ ...GRANT, division: "*" }] }] as const,
    };
    const login = { grant: "client-credentials", clientId: "client-1" } as const;
    const { principal, verdict } = await diagnose(routes, { login });
    expect([principal.kind, principal.client?.id, verdict]).toEqual(["client", "client-1", "allowed"]);
    expect((await diagnose({ ...routes, [USER]: forbidden() })).verdict).toBe("unknown");
  });

  test("is ignored when the service names the token's client", async () => {
    const login = { grant: "client-credentials", clientId: "other" } as const;
    const { principal, seen } = await diagnose({}, { login });
    expect(principal.client?.id).toBe("client-1");
    expect(seen.some((request) => request.includes("other"))).toBe(false);
  });

  test("is a user's app after a login in the browser", async () => {
    const login = { grant: "pkce", clientId: "app-1" } as const;
    const { principal } = await diagnose({ ...hidden, [USER]: user(undefined) }, { login });
    expect([principal.kind, principal.client?.grantType]).toEqual(["user", "CODE"]);
  });
});
