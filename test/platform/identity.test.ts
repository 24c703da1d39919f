import { describe, expect, test } from "vitest";
import { AuthError, InterruptedError, NetworkError, UnavailableError } from "../../src/core/errors.ts";
import type { Transport } from "../../src/http/transport.ts";
import { createApi } from "../../src/platform/api-client.ts";
import { type Fact, readPrincipal } from "../../src/platform/identity.ts";
import { parseRegion } from "../../src/platform/region-parser.ts";
import { type Route, routeRequests } from "../support/routed-transport.ts";
import { respond } from "../support/scripted-transport.ts";

const ORGANIZATION = { id: "org-1", name: "Example" };
const CLIENT_TOKEN = {
  organization: ORGANIZATION,
  homeOrganization: ORGANIZATION,
  OAuthClient: {
    id: "client-1",
    name: "Reporting service",
    authorizedGrantType: "CLIENT-CREDENTIALS",
    state: "active",
    roleDivisions: [{ roleId: "role-1", divisionId: "div-1" }],
  },
};
const USER_TOKEN = {
  organization: ORGANIZATION,
  homeOrganization: ORGANIZATION,
  authorizedScope: ["user-basic-info", "authorization:readonly"],
  OAuthClient: { id: "app-1", name: "App", authorizedGrantType: "CODE", scope: ["authorization:readonly"] },
};
const GRANT = {
  division: { id: "div-1", name: "Home", homeDivision: true },
  role: {
    id: "role-1",
    name: "Reporting",
    policies: [{ domain: "analytics", entityName: "conversationDetail", actions: ["view"] }],
  },
};
const ROLE = {
  id: "role-1",
  name: "Reporting",
  permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["view", "edit"] }],
};

const TOKEN = "/api/v2/tokens/me";
const OWN_SUBJECT = "/api/v2/authorization/subjects/me";
const forbidden = (code = "missing.any.permissions"): Route => [403, { code, message: "No", status: 403 }];
const SCOPE_REFUSED = forbidden("app.not.authorized.for.scope");
const NOT_A_USER: Route = [400, { code: "not.a.user", message: "No user", status: 400 }];

async function read(routes: Readonly<Record<string, Route>>, ...facts: readonly Fact[]) {
  const { transport, seen } = routeRequests(routes);
  const api = createApi({ region: parseRegion("us-east-1").region, transport });
  return { principal: await readPrincipal(api, new Set(facts)), seen };
}

describe("who a token is", () => {
  test("one call is enough for that, and it does not keep an idle token alive", async () => {
    const { principal, seen } = await read({
      [TOKEN]: [200, { ...CLIENT_TOKEN, dateTokenIdles: "2026-10-01T00:30:00Z" }],
    });

    expect(seen).toEqual(["GET /api/v2/tokens/me?preserveIdleTTL=true"]);
    expect(principal).toEqual({
      kind: "client",
      refusal: null,
      client: {
        id: "client-1",
        name: "Reporting service",
        grantType: "CLIENT-CREDENTIALS",
        state: "active",
        scopes: null,
        roleDivisions: [{ roleId: "role-1", divisionId: "div-1" }],
        organizationId: null,
        dateToDelete: null,
      },
      user: null,
      organization: ORGANIZATION,
      homeOrganization: ORGANIZATION,
      scopes: null,
      scopesBind: "no",
      grants: null,
      ownedPermissions: null,
      divisions: null,
      accessPolicies: null,
      roles: null,
      idleTimeout: null,
      idlesAt: "2026-10-01T00:30:00Z",
      unreadable: [],
      calls: [{ method: "GET", path: TOKEN, status: 200, code: null, correlationId: "corr-1" }],
    });
  });

  test("a user with a name and an address", async () => {
    const { principal } = await read(
      {
        [TOKEN]: [200, USER_TOKEN],
        [OWN_SUBJECT]: [200, { id: "user-1", name: "Agent 1", grants: [] }],
        "/api/v2/users/me": [200, { id: "user-1", name: "Agent 1", email: "agent1@example.com" }],
      },
      "user",
    );

    expect(principal).toMatchObject({
      kind: "user",
      user: { id: "user-1", name: "Agent 1", email: "agent1@example.com" },
      scopes: ["user-basic-info", "authorization:readonly"],
    });
  });

  test.each<[string, Route, Route, "user" | "client" | "unknown"]>([
    ["the token hides for want of a scope, as only users' do", SCOPE_REFUSED, SCOPE_REFUSED, "user"],
    [
      "an unheard-of grant, and a user answers",
      [200, { OAuthClient: { id: "c", authorizedGrantType: "NEW" } }],
      [200, { id: "u" }],
      "user",
    ],
    [
      "an unheard-of grant, and no user",
      [200, { OAuthClient: { id: "c", authorizedGrantType: "NEW" } }],
      NOT_A_USER,
      "client",
    ],
    ["an empty answer, and no user", [200, {}], NOT_A_USER, "client"],
    ["an empty answer, and nobody knows", [200, {}], forbidden("not.authorized"), "unknown"],
  ])("%s", async (_name, token, user, kind) => {
    const { principal } = await read({ [TOKEN]: token, "/api/v2/users/me": user });
    expect(principal.kind).toBe(kind);
  });

  test("the organization is asked for only when the token does not say it", async () => {
    const { principal, seen } = await read({
      [TOKEN]: [200, { OAuthClient: CLIENT_TOKEN.OAuthClient }],
      "/api/v2/organizations/me": [200, { ...ORGANIZATION, version: 4 }],
    });

    expect(principal.organization).toEqual(ORGANIZATION);
    expect(seen).toEqual(["GET /api/v2/tokens/me?preserveIdleTTL=true", "GET /api/v2/organizations/me"]);
  });
});

describe("a token that is refused", () => {
  test.each([
    ["bad.credentials", "token"],
    ["credentials.expired", "token"],
    ["ip.not.authorized", "ip"],
  ])("%s: layer %s, and nothing else is concluded", async (code, layer) => {
    const { principal, seen } = await read(
      {
        [TOKEN]: [401, { code, message: "Not this one" }],
        [OWN_SUBJECT]: [401, { code, message: "Not this one" }],
      },
      "grants",
    );

    expect(principal.refusal).toEqual({
      layer,
      status: 401,
      code,
      message: "Not this one",
      correlationId: "corr-1",
    });
    expect([principal.grants, principal.unreadable, seen.length]).toEqual([null, [], 2]);
  });

  test.each<[string, Route | Error, object]>([
    ["no connection", new NetworkError("network.refused", "nobody"), { code: "network.refused" }],
    ["throttled", new UnavailableError("limited.rate", "slowly"), { code: "limited.rate" }],
    ["no credential", new AuthError("auth.not_logged_in", "none"), { code: "auth.not_logged_in" }],
    [
      "a broken service",
      [503, { code: "unavailable", message: "down" }],
      { code: "api.unavailable", status: 503 },
    ],
    ["somebody else's 401", [401, { nothing: "known" }], { code: "api.foreign_json", exit: "error" }],
    ["somebody else's 200", [200, null], { code: "api.foreign_json" }],
  ])("%s is an error: nothing that follows would be true", async (_name, route, error) => {
    await expect(read({ [TOKEN]: route }, "grants")).rejects.toMatchObject(error);
  });
});

test("one read that throws ends the others of its wave: they would go on for nobody", async () => {
  const ended: string[] = [];
  const transport: Transport = async ({ url, signal }) => {
    if (url.pathname === TOKEN) return respond({ status: 200, body: "<html>Sign in</html>" });
    return await new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => {
        ended.push(url.pathname);
        reject(new InterruptedError("interrupted", "interrupted"));
      });
    });
  };
  const api = createApi({ region: parseRegion("us-east-1").region, transport });

  await expect(
    readPrincipal(api, new Set<Fact>(["grants", "divisions", "idle timeout"])),
  ).rejects.toMatchObject({ code: "api.html" });
  expect(ended).toEqual([OWN_SUBJECT, "/api/v2/authorization/divisions", "/api/v2/tokens/timeout"]);
});

describe("what it holds", () => {
  const GRANTS = [
    {
      role: {
        id: "role-1",
        name: "Reporting",
        policies: [{ domain: "analytics", entity: "conversationDetail", actions: ["view"], condition: null }],
      },
      division: { id: "div-1", name: "Home", isHome: true },
      isRecent: false,
    },
  ];
  const EXPANDED = [
    {
      role: {
        id: "role-1",
        name: "Reporting",
        policies: [{ domain: "routing", entity: "queue", actions: ["view", "edit"], condition: null }],
      },
      division: { id: "div-1", name: null, isHome: null },
      isRecent: false,
    },
  ];

  test("from its own subject", async () => {
    const { principal, seen } = await read(
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: [200, { id: "user-1", grants: [GRANT] }] },
      "grants",
    );
    expect(principal.grants).toEqual(GRANTS);
    expect(seen).toHaveLength(2);
  });

  test("a client that has no own subject: by its id", async () => {
    const { principal } = await read(
      {
        [TOKEN]: [200, CLIENT_TOKEN],
        [OWN_SUBJECT]: NOT_A_USER,
        "/api/v2/authorization/subjects/client-1": [200, { id: "client-1", grants: [GRANT] }],
      },
      "grants",
    );
    expect(principal.grants).toEqual(GRANTS);
    expect(principal.unreadable).toEqual([]);
  });

  test("a client that may not read grants: by the roles listed at the client, one by one", async () => {
    const { principal, seen } = await read(
      {
        [TOKEN]: [200, CLIENT_TOKEN],
        [OWN_SUBJECT]: NOT_A_USER,
        "/api/v2/authorization/subjects/client-1": forbidden(),
        "/api/v2/authorization/roles/role-1": [200, ROLE],
      },
      "grants",
    );
    expect(principal.grants).toEqual(EXPANDED);
    expect(seen.at(-1)).toBe("GET /api/v2/authorization/roles/role-1");
  });

  test("roles that were listed anyway are not asked for again, and divisions get their names", async () => {
    const { principal, seen } = await read(
      {
        [TOKEN]: [200, CLIENT_TOKEN],
        [OWN_SUBJECT]: NOT_A_USER,
        "/api/v2/authorization/subjects/client-1": forbidden(),
        "/api/v2/authorization/roles": [200, { entities: [ROLE], pageCount: 1 }],
        "/api/v2/authorization/divisions": [200, { entities: [GRANT.division], pageCount: 1 }],
      },
      "grants",
      "roles",
      "divisions",
    );
    expect(principal.grants?.[0]?.division).toEqual({ id: "div-1", name: "Home", isHome: true });
    expect(seen.filter((call) => call.includes("roles/role-1"))).toEqual([]);
  });

  test("roles that came without their lines are read", async () => {
    const { principal } = await read(
      {
        [TOKEN]: [200, USER_TOKEN],
        [OWN_SUBJECT]: [200, { grants: [{ division: "*", role: { id: "role-1", name: "Reporting" } }] }],
        "/api/v2/authorization/roles/role-1": [200, ROLE],
      },
      "grants",
    );
    expect(principal.grants).toEqual([{ role: EXPANDED[0]?.role, division: "*", isRecent: false }]);
  });

  test("one role that can't be read makes all grants unknown: half of them would look like a lack", async () => {
    const { principal } = await read(
      {
        [TOKEN]: [
          200,
          {
            ...CLIENT_TOKEN,
            OAuthClient: {
              ...CLIENT_TOKEN.OAuthClient,
              roleDivisions: [
                { roleId: "role-1", divisionId: "*" },
                { roleId: "role-2", divisionId: "*" },
              ],
            },
          },
        ],
        [OWN_SUBJECT]: NOT_A_USER,
        "/api/v2/authorization/subjects/client-1": forbidden(),
        "/api/v2/authorization/roles/role-1": [200, ROLE],
        "/api/v2/authorization/roles/role-2": forbidden(),
      },
      "grants",
    );
    expect(principal.grants).toBeNull();
    expect(
      principal.unreadable.map(({ what, permissions, scopes }) => ({ what, permissions, scopes })),
    ).toEqual([
      { what: "grants", permissions: [], scopes: [] },
      { what: "grants", permissions: ["authorization:grant:view"], scopes: [] },
      { what: "grants", permissions: ["authorization:role:view"], scopes: [] },
    ]);
  });

  test.each<[string, unknown]>([
    ["no grants field", { id: "user-1" }],
    ["a grant without a role", { grants: [GRANT, { division: GRANT.division }] }],
    ["a grant without a division", { grants: [{ role: GRANT.role }] }],
  ])("%s is not the same as no grants", async (_name, subject) => {
    const { principal } = await read({ [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: [200, subject] }, "grants");

    expect(principal.grants).toBeNull();
    expect(principal.unreadable[0]).toMatchObject({
      what: "grants",
      reason: "the service's answer does not say which roles this token holds",
    });
  });

  test.each<[string, object, unknown]>([
    ["an empty text is no condition", { condition: "" }, null],
    ["an empty object is none either", { resourceConditionNode: {} }, null],
    ["a text", { condition: "(GroupId==[1])" }, "(GroupId==[1])"],
    ["a tree", { resourceConditionNode: { operator: "EQ" } }, { operator: "EQ" }],
  ])("conditions: %s", async (_name, fields, condition) => {
    const role = { ...GRANT.role, policies: [{ domain: "a", entityName: "b", actions: ["c"], ...fields }] };
    const { principal } = await read(
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: [200, { grants: [{ ...GRANT, role }] }] },
      "grants",
    );
    expect(principal.grants?.[0]?.role.policies[0]?.condition).toEqual(condition);
  });
});

describe("what else there is", () => {
  test("the permission catalogue, all pages of it", async () => {
    const page = (domain: string, pageNumber: number) => ({
      entities: [
        {
          domain,
          permissionMap: {
            queue: [
              {
                domain,
                entityType: "queue",
                action: "view",
                label: "See queues",
                divisionAware: true,
                allowsConditions: false,
              },
              { action: "edit" },
              { label: "without an action" },
            ],
          },
        },
      ],
      pageNumber,
      pageCount: 6,
    });
    const routes = Object.fromEntries(
      [1, 2, 3, 4, 5, 6].map((n) => [
        `/api/v2/authorization/permissions?pageSize=100&pageNumber=${n}`,
        [200, page(`d${n}`, n)] as const,
      ]),
    );
    const { principal, seen } = await read(
      { [TOKEN]: [200, CLIENT_TOKEN], ...routes },
      "permission catalogue",
    );

    expect(principal.ownedPermissions?.map(({ permission }) => permission)).toEqual(
      [1, 2, 3, 4, 5, 6].flatMap((n) => [`d${n}:queue:view`, `d${n}:queue:edit`]),
    );
    expect(principal.ownedPermissions?.slice(0, 2)).toEqual([
      { permission: "d1:queue:view", label: "See queues", isDivisionAware: true, allowsConditions: false },
      { permission: "d1:queue:edit", label: null, isDivisionAware: null, allowsConditions: null },
    ]);
    expect(seen).toHaveLength(7);
  });

  test("a page that is refused makes the list unreadable, and a body without a list is no empty list", async () => {
    const { principal } = await read(
      {
        [TOKEN]: [200, CLIENT_TOKEN],
        "/api/v2/authorization/roles?pageSize=100&pageNumber=1": [200, { entities: [ROLE], pageCount: 2 }],
        "/api/v2/authorization/roles?pageSize=100&pageNumber=2": forbidden(),
        "/api/v2/authorization/divisions": [200, {}],
      },
      "roles",
      "divisions",
    );
    expect([principal.roles, principal.divisions]).toEqual([null, null]);
    expect(principal.unreadable).toEqual([
      {
        what: "roles",
        reason: "`GET /api/v2/authorization/roles` answered 403 `missing.any.permissions`: No",
        permissions: ["authorization:role:view"],
        scopes: [],
        call: expect.objectContaining({ status: 403, code: "missing.any.permissions" }),
      },
      expect.objectContaining({ what: "divisions", permissions: [] }),
    ]);
  });

  test("a listing without a page count goes on while there is a next page", async () => {
    const divisions = "/api/v2/authorization/divisions?pageSize=100&pageNumber=";
    const { principal } = await read(
      {
        [TOKEN]: [200, CLIENT_TOKEN],
        [`${divisions}1`]: [200, { entities: [{ id: "d1" }], nextUri: "/next" }],
        [`${divisions}2`]: [200, { entities: [{ id: "d2" }, { id: "d1" }], nextUri: "/next" }],
        [`${divisions}3`]: [200, { entities: [], nextUri: "/next" }],
      },
      "divisions",
    );
    expect(principal.divisions?.map(({ id }) => id)).toEqual(["d1", "d2"]);
  });

  test("access policies of the client, with every doubt on the strict side", async () => {
    const path = "/api/v2/authorization/policies/subject/client-1";
    const { principal } = await read(
      {
        [TOKEN]: [200, CLIENT_TOKEN],
        [OWN_SUBJECT]: NOT_A_USER,
        [path]: [200, { entities: [{ id: "p1" }], nextUri: `${path}?after=abc` }],
        [`${path}?after=abc`]: [
          200,
          {
            entities: [
              {
                id: "p2",
                name: "Nights",
                effect: "ALLOW",
                active: false,
                targetResource: "routing:queue:*",
                applyToClients: true,
                condition: { any: 1 },
              },
            ],
          },
        ],
      },
      "access policies",
    );
    expect(principal.accessPolicies).toEqual([
      {
        id: "p1",
        name: null,
        effect: "DENY",
        isEnabled: true,
        target: "*:*:*",
        appliesToClients: null,
        hasCondition: false,
      },
      {
        id: "p2",
        name: "Nights",
        effect: "ALLOW",
        isEnabled: false,
        target: "routing:queue:*",
        appliesToClients: true,
        hasCondition: true,
      },
    ]);
  });

  test("a user's access policies need the user's id", async () => {
    const { principal } = await read(
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: SCOPE_REFUSED },
      "access policies",
    );
    expect(principal.accessPolicies).toBeNull();
    expect(principal.unreadable).toContainEqual(
      expect.objectContaining({
        what: "access policies",
        scopes: ["authorization", "authorization:readonly"],
      }),
    );
  });

  test("one call without an answer does not sink the rest", async () => {
    const { principal } = await read(
      {
        [TOKEN]: [200, CLIENT_TOKEN],
        "/api/v2/tokens/timeout": new NetworkError("network.reset", "it broke"),
      },
      "idle timeout",
    );
    expect(principal.kind).toBe("client");
    expect(principal.unreadable).toEqual([
      expect.objectContaining({
        what: "idle timeout",
        reason: "it broke",
        call: expect.objectContaining({ status: null, code: "network.reset" }),
      }),
    ]);
  });
});

describe("whether scopes bind", () => {
  const PROBE = "/api/v2/routing/settings";

  test.each<[string, Readonly<Record<string, Route>>, "yes" | "no" | "unknown", boolean]>([
    ["a client's never do", { [TOKEN]: [200, CLIENT_TOKEN] }, "no", false],
    [
      "an answer to a call without any of its scopes",
      {
        [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: ["user-basic-info"] }],
        [OWN_SUBJECT]: [200, { grants: [] }],
      },
      "no",
      false,
    ],
    [
      "a refusal for want of a scope",
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: SCOPE_REFUSED },
      "yes",
      false,
    ],
    [
      "all scopes held so far, the probe is answered",
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: [200, { grants: [] }], [PROBE]: [200, {}] },
      "no",
      true,
    ],
    [
      "all scopes held so far, the probe is refused",
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: [200, { grants: [] }], [PROBE]: SCOPE_REFUSED },
      "yes",
      true,
    ],
    [
      "the probe says something else",
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: [200, { grants: [] }], [PROBE]: forbidden() },
      "unknown",
      true,
    ],
    [
      "the token holds every scope",
      { [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: ["all"] }], [OWN_SUBJECT]: [200, { grants: [] }] },
      "unknown",
      false,
    ],
    [
      "the token does not say its scopes",
      { [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: undefined }], [OWN_SUBJECT]: [200, { grants: [] }] },
      "unknown",
      false,
    ],
  ])("%s", async (_name, routes, scopesBind, isProbed) => {
    const { principal, seen } = await read(routes, "grants", "scope enforcement");

    expect(principal.scopesBind).toBe(scopesBind);
    expect(seen.includes(`GET ${PROBE}`)).toBe(isProbed);
    expect(principal.unreadable.some(({ what }) => what === "scope enforcement")).toBe(
      scopesBind === "unknown",
    );
  });

  test("the probe is a call whose scopes are not held", async () => {
    const { seen } = await read(
      {
        [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: ["user-basic-info", "routing", "oauth:readonly"] }],
        "/api/v2/locations": SCOPE_REFUSED,
      },
      "scope enforcement",
    );
    expect(seen.at(-1)).toBe("GET /api/v2/locations");
  });
});
