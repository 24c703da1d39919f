import { describe, expect, test } from "vitest";
import { AuthError, InterruptedError, NetworkError, UnavailableError } from "../../../src/core/errors.ts";
import type { Transport } from "../../../src/http/transport/transport.ts";
import { createApi } from "../../../src/platform/api/api-client.ts";
import { readPrincipal } from "../../../src/platform/identity/identity.ts";
import type { Fact } from "../../../src/platform/reading/principal.ts";
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

describe("the identity of a token", () => {
  test("is read with one call that does not extend an idle token", async () => {
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
      answers: null,
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

  test("includes the user's name and email address", async () => {
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
    ["is a user when a missing scope hides the token", SCOPE_REFUSED, SCOPE_REFUSED, "user"],
    [
      "is a user when the grant type is unknown and the service names the user",
      [200, { OAuthClient: { id: "c", authorizedGrantType: "NEW" } }],
      [200, { id: "u" }],
      "user",
    ],
    [
      "is a client when the grant type is unknown and the service knows no user",
      [200, { OAuthClient: { id: "c", authorizedGrantType: "NEW" } }],
      NOT_A_USER,
      "client",
    ],
    [
      "is a client when the grant type is missing and the service knows no user",
      [200, { organization: ORGANIZATION }],
      NOT_A_USER,
      "client",
    ],
    [
      "is unknown when the grant type is missing and the user cannot be read",
      [200, { organization: ORGANIZATION }],
      forbidden("not.authorized"),
      "unknown",
    ],
  ])("%s", async (_name, token, user, kind) => {
    const { principal } = await read({ [TOKEN]: token, "/api/v2/users/me": user });
    expect(principal.kind).toBe(kind);
  });

  test("reads the organization separately only when the token does not contain it", async () => {
    const { principal, seen } = await read({
      [TOKEN]: [200, { OAuthClient: CLIENT_TOKEN.OAuthClient }],
      "/api/v2/organizations/me": [200, { ...ORGANIZATION, version: 4 }],
    });

    expect(principal.organization).toEqual(ORGANIZATION);
    expect(seen).toEqual(["GET /api/v2/tokens/me?preserveIdleTTL=true", "GET /api/v2/organizations/me"]);
  });
});

describe("a failed read of the token's identity", () => {
  test.each([
    ["bad.credentials", "token"],
    ["credentials.expired", "token"],
    ["ip.not.authorized", "ip"],
  ])("with code %s is reported as layer %s without other conclusions", async (code, layer) => {
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
    ["throttling", new UnavailableError("limited.rate", "slowly"), { code: "limited.rate" }],
    ["no credential", new AuthError("auth.not_logged_in", "none"), { code: "auth.not_logged_in" }],
    ["status 503", [503, { code: "unavailable", message: "down" }], { code: "api.unavailable", status: 503 }],
    ["a 401 from another service", [401, { nothing: "known" }], { code: "api.foreign_json", exit: "error" }],
    ["a 200 from another service", [200, null], { code: "api.foreign_json" }],
  ])("with %s fails the diagnosis instead of weakening it", async (_name, route, error) => {
    await expect(read({ [TOKEN]: route }, "grants")).rejects.toMatchObject(error);
  });
});

test("a failed read of the token's identity aborts the reads that run in parallel", async () => {
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

describe("the grants of a token", () => {
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

  test("come from its own subject", async () => {
    const { principal, seen } = await read(
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: [200, { id: "user-1", grants: [GRANT] }] },
      "grants",
    );
    expect(principal.grants).toEqual(GRANTS);
    expect(seen).toHaveLength(2);
  });

  test("of a client without its own subject come from the subject with its id", async () => {
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

  test("of a client that may not read grants come from the roles of the client, one by one", async () => {
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

  test("come from the listed roles, with division names from the listing of divisions", async () => {
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

  test("include the policies of a role when the first response omitted them", async () => {
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

  test("are unknown when one role cannot be read, because the rest would look like a missing permission", async () => {
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
  ])("are unknown, not empty, in a response with %s", async (_name, subject) => {
    const { principal } = await read(
      {
        [TOKEN]: [200, USER_TOKEN],
        [OWN_SUBJECT]: [200, subject],
        "/api/v2/authorization/subjects/user-1": [200, subject],
      },
      "grants",
    );

    expect(principal.grants).toBeNull();
    expect(principal.unreadable.find(({ what }) => what === "grants")).toMatchObject({
      what: "grants",
      reason: "the service's response does not contain this token's roles",
    });
  });
});

describe("facts that a diagnosis can do without", () => {
  test("include access policies, which are unreadable without the user's id", async () => {
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

  test("remain readable when one call fails", async () => {
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
