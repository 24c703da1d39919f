import { describe, expect, test } from "vitest";
import { AuthError, InterruptedError, NetworkError, UnavailableError } from "../../../src/core/errors.ts";
import type { Transport } from "../../../src/http/transport/transport.ts";
import { createApi } from "../../../src/platform/api/api-client.ts";
import { type Fact, readPrincipal } from "../../../src/platform/identity/identity.ts";
import { parseRegion } from "../../../src/platform/region/region-parser.ts";
import type { Route } from "../../support/routed-transport.ts";
import { respond } from "../../support/scripted-transport.ts";
import {
  CLIENT_TOKEN,
  forbidden,
  GRANT,
  NOT_A_USER,
  ORGANIZATION,
  OWN_SUBJECT,
  ROLE,
  read,
  SCOPE_REFUSED,
  TOKEN,
  USER_TOKEN,
} from "../reading/canned-service.ts";

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
    ["an answer without a grant, and no user", [200, { organization: ORGANIZATION }], NOT_A_USER, "client"],
    [
      "an answer without a grant, and nobody knows",
      [200, { organization: ORGANIZATION }],
      forbidden("not.authorized"),
      "unknown",
    ],
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
      reason: "the service's answer does not contain the roles of this token",
    });
  });
});

describe("what else there is", () => {
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
