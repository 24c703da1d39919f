import { describe, expect, test } from "vitest";
import { FakeClock } from "../support/fake-clock.ts";
import { act, call, clientHolding, sandboxFor, userHolding } from "./client.ts";

describe("the identity of a token", () => {
  test("of a client contains its client and roles, and no scopes", async () => {
    const sandbox = await sandboxFor();
    const { id, token } = await clientHolding(sandbox, ["routing:queue:view"], "Sales");
    const reply = await call(sandbox, "GET /api/v2/tokens/me", { token });
    expect(reply.at("authorizedScope")).toEqual([]);
    expect(reply.at("OAuthClient.id")).toBe(id);
    expect(reply.at("OAuthClient.authorizedGrantType")).toBe("CLIENT-CREDENTIALS");
    expect(reply.at("OAuthClient.state")).toBe("active");
    expect(reply.each("OAuthClient.roleDivisions", "divisionId")).toHaveLength(1);
    expect(reply.at("homeOrganization.id")).toBe(reply.at("organization.id"));
    expect(reply.at("dateTokenIdles")).toBe(undefined);
  });

  test("of a user is at `users/me`, with the authorization when it is requested and supported", async () => {
    const sandbox = await sandboxFor();
    const { id, token } = await userHolding(
      sandbox,
      ["routing:queue:view", "routing:queue:edit"],
      ["user-basic-info"],
    );
    const reply = await call(sandbox, "GET /api/v2/users/me?expand=authorization,organization", { token });
    expect(reply.at("id")).toBe(id);
    expect(reply.at("division.name")).toBe("Home");
    expect(reply.at("organization.name")).toBe("Example Contact Center");
    expect(reply.at("authorization.permissions")).toEqual(["routing:queue:view", "routing:queue:edit"]);
    await act(sandbox, "settings.patch", { settings: { expandAuthorization: false } });
    const without = await call(sandbox, "GET /api/v2/users/me?expand=authorization", { token });
    expect(without.at("authorization")).toBe(undefined);
  });

  test("of a guest names both organizations", async () => {
    const sandbox = await sandboxFor({ scenario: "trusting-org" });
    const reply = await call(sandbox, "GET /api/v2/tokens/me", { token: sandbox.accessToken });
    expect([
      reply.at("organization.name"),
      reply.at("homeOrganization.name"),
      reply.at("OAuthClient.organization.name"),
    ]).toEqual(["Example Contact Center", "Partner Consulting", "Partner Consulting"]);
    expect(reply.at("clonedUser.organization.id")).toBe(reply.at("homeOrganization.id"));
  });
});

describe("the grants of a subject", () => {
  test("come with their role, division, policies and condition in one response", async () => {
    const sandbox = await sandboxFor();
    const client = await act(sandbox, "client.upsert", { name: "Client" });
    const condition = {
      variableName: "queueId",
      operator: "EQ",
      operands: [{ type: "QUEUE", value: "queue-1" }],
    };
    const role = await act(sandbox, "role.upsert", {
      name: "Role",
      permissions: ["routing:queue:view", "routing:queue:edit"],
      condition,
    });
    await act(sandbox, "role.grant", { subject: "Client", role: "Role", division: "*" });
    const { token } = await clientHolding(sandbox, ["authorization:grant:view", "authorization:role:view"]);
    const subject = await call(sandbox, `GET /api/v2/authorization/subjects/${client.text("id")}`, { token });
    expect(subject.at("grants.0.division.id")).toBe("*");
    expect(subject.at("grants.0.role.id")).toBe(role.at("id"));
    expect(subject.at("grants.0.role.policies")).toEqual([
      {
        domain: "routing",
        entityName: "queue",
        actions: ["view", "edit"],
        condition: expect.stringContaining('"variableName":"queueId"'),
      },
    ]);
    const full = await call(sandbox, `GET /api/v2/authorization/roles/${role.text("id")}`, { token });
    expect(full.at("permissionPolicies.0.resourceConditionNode.operands")).toEqual([
      { type: "QUEUE", value: "queue-1" },
    ]);
  });

  test("include the divisions of one permission, by page", async () => {
    const sandbox = await sandboxFor();
    const { id, token } = await clientHolding(sandbox, ["routing:queue:view"], "Sales");
    const own = await call(
      sandbox,
      "GET /api/v2/authorization/divisionspermitted/paged/me?permission=routing:queue:view",
      { token },
    );
    expect(own.each("entities", "name")).toEqual(["Sales"]);
    expect(own.at("allDivsPermitted")).toBe(false);
    await act(sandbox, "role.grant", { subject: id, role: `Role of ${id}`, division: "*" });
    const all = await call(
      sandbox,
      `GET /api/v2/authorization/divisionspermitted/paged/${id}?permission=routing:queue:view&pageSize=2`,
      { token },
    );
    expect(all.each("entities", "name")).toEqual(["Home", "Sales"]);
    expect([all.at("total"), all.at("pageCount"), all.at("allDivsPermitted")]).toEqual([3, 2, true]);
    expect(all.at("nextUri")).toBe(
      `/api/v2/authorization/divisionspermitted/paged/${id}?permission=routing%3Aqueue%3Aview&pageSize=2&pageNumber=2`,
    );
  });

  test("include the policies that apply to a subject", async () => {
    const sandbox = await sandboxFor();
    const { id, token } = await clientHolding(sandbox, ["authorization:policy:view"]);
    const fields = { target: "routing:queue:view", applyToClients: true };
    await act(sandbox, "policy.upsert", { name: "For everybody", ...fields });
    await act(sandbox, "policy.upsert", { name: "For another", ...fields, subject: "Administration" });
    const reply = await call(sandbox, `GET /api/v2/authorization/policies/subject/${id}`, { token });
    expect(reply.each("entities", "name")).toEqual(["For everybody"]);
    expect(reply.at("entities.0")).toMatchObject({
      effect: "DENY",
      targetResource: "routing:queue:view",
      active: true,
      applyToClients: true,
    });
  });
});

describe("the organization's own listings", () => {
  test("include its permission catalog, with the permissions of its products", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, []);
    const find = (query: string) =>
      call(sandbox, `GET /api/v2/authorization/permissions?queryType=permission&query=${query}`, { token });
    expect((await find("routing:queue:view")).at("entities.0.permissionMap.queue")).toEqual([
      {
        domain: "routing",
        entityType: "queue",
        action: "view",
        label: "routing > queue > view",
        allowsConditions: true,
        divisionAware: true,
      },
    ]);
    expect((await find("socialmedia:topic:view")).at("total")).toBe(0);
    await act(sandbox, "product.own", { product: "socialListening" });
    expect((await find("socialmedia:topic:view")).at("total")).toBe(1);
    expect(
      (await call(sandbox, "GET /api/v2/authorization/products", { token })).each("entities", "id"),
    ).toContain("socialListening");
  });

  test("find its roles and divisions by name and by id", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["authorization:role:view"]);
    const roles = await call(sandbox, "GET /api/v2/authorization/roles?name=super", { token });
    expect(roles.each("entities", "name")).toEqual(["Supervisor"]);
    const byId = await call(sandbox, `GET /api/v2/authorization/roles?id=${roles.text("entities.0.id")}`, {
      token,
    });
    expect(byId.each("entities", "name")).toEqual(["Supervisor"]);
    const divisions = await call(sandbox, "GET /api/v2/authorization/divisions?name=sup*", { token });
    expect(divisions.each("entities", "name")).toEqual(["Support"]);
    const home = await call(sandbox, "GET /api/v2/authorization/divisions/home", { token });
    expect([home.at("name"), home.at("homeDivision")]).toEqual(["Home", true]);
  });

  test("do not show the secrets of its clients", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["oauth:client:view"]);
    const listed = await call(sandbox, "GET /api/v2/oauth/clients", { token });
    expect(listed.each("entities", "name")).toContain("Agent workbench");
    expect(listed.raw).not.toContain(sandbox.client.secret);
    const one = await call(sandbox, `GET /api/v2/oauth/clients/${sandbox.client.id}`, { token });
    expect([one.at("accessTokenValiditySeconds"), one.at("state")]).toEqual([86_400, "active"]);
  });

  test("include its scopes, limits, idle timeout and allowlist", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["directory:organization:admin"]);
    expect((await call(sandbox, "GET /api/v2/oauth/scopes", { token })).each("entities", "id")).toContain(
      "analytics:readonly",
    );
    expect((await call(sandbox, "GET /api/v2/oauth/scopes/analytics:query", { token })).status).toBe(404);
    const limits = await call(sandbox, "GET /api/v2/organizations/limits/namespaces/client.credentials", {
      token,
    });
    expect(limits.at("entities")).toEqual([
      { key: "client.credentials.token.rate.per.minute", namespace: "client.credentials", value: 300 },
    ]);
    expect((await call(sandbox, "GET /api/v2/tokens/timeout", { token })).at("enableIdleTokenTimeout")).toBe(
      false,
    );
    await act(sandbox, "settings.patch", { settings: { ipAllowlist: ["127.0.0.0/8"] } });
    expect(
      (await call(sandbox, "GET /api/v2/organizations/ipaddressauthentication", { token })).value,
    ).toEqual({
      networkWhitelist: ["127.0.0.0/8"],
    });
  });
});

describe("every response of the sandbox", () => {
  test("carries correlation ids, equal to the envelope's, and the rate limit", async () => {
    const clock = new FakeClock();
    const sandbox = await sandboxFor({}, clock);
    const { token } = await clientHolding(sandbox, []);
    clock.advance(15_000);
    const reply = await call(sandbox, "GET /api/v2/routing/queues", { token });
    expect(reply.status).toBe(403);
    expect(reply.headers.get("inin-correlation-id")).toBe(reply.at("contextId"));
    expect(reply.headers.get("genesys-correlation-id")).toBe(reply.at("contextId"));
    expect(["count", "allowed", "reset"].map((name) => reply.headers.get(`inin-ratelimit-${name}`))).toEqual([
      "1",
      "300",
      "45",
    ]);
  });

  test("is 429 with Retry-After once the token's rate limit is used up", async () => {
    const clock = new FakeClock();
    const sandbox = await sandboxFor({ scenario: "throttled" }, clock);
    const { token } = await clientHolding(sandbox, []);
    const other = await clientHolding(sandbox, []);
    clock.advance(20_000);
    const statuses: number[] = [];
    for (let request = 0; request < 6; request += 1) {
      statuses.push((await call(sandbox, "GET /api/v2/tokens/me", { token })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const limited = await call(sandbox, "GET /api/v2/tokens/me", { token });
    expect([limited.at("code"), limited.headers.get("retry-after")]).toEqual(["too.many.requests", "40"]);
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token: other.token })).status).toBe(200);
    clock.advance(40_000);
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token })).status).toBe(200);
  });
});
