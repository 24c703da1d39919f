import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { createVisitor } from "../support/visitor.ts";
import { act, call, type Reply, requestToken, sandboxFor } from "./client.ts";
import { authorizeUrl, exchangeCode, obtainCode, REDIRECT_URI, renew } from "./login.ts";

const APP = { scenario: "scope-missing" };

function refusalOf(reply: Reply): readonly unknown[] {
  return [reply.status, reply.at("error"), reply.at("error_description")];
}

/** Logs the analyst in, with the client's secret or with PKCE alone. */
async function logIn(sandbox: Sandbox, secret: string | null = null): Promise<Reply> {
  return exchangeCode(sandbox, await obtainCode(sandbox), {}, secret);
}

async function isAlive(sandbox: Sandbox, token: string): Promise<boolean> {
  return (await call(sandbox, "HEAD /api/v2/tokens/me", { token })).status === 200;
}

async function settings(sandbox: Sandbox, changes: object): Promise<void> {
  await act(sandbox, "settings.patch", { settings: changes });
}

describe("a refresh token", () => {
  test("renews an expired login repeatedly and is part of each token response", async () => {
    const clock = new FakeClock();
    const sandbox = await sandboxFor(APP, clock);
    const login = await logIn(sandbox);
    const refreshToken = login.text("refresh_token");
    for (const _round of [1, 2]) {
      clock.advance(86_400_000);
      expect(await isAlive(sandbox, login.text("access_token"))).toBe(false);
      const renewed = await renew(sandbox, refreshToken);
      expect(renewed.value).toEqual({
        access_token: expect.stringMatching(/^[\w-]{86}$/),
        refresh_token: refreshToken,
        token_type: "bearer",
        expires_in: 86_400,
      });
      expect(await isAlive(sandbox, renewed.text("access_token"))).toBe(true);
    }
  });

  test("leaves the earlier access token valid", async () => {
    const sandbox = await sandboxFor(APP);
    const login = await logIn(sandbox);
    await renew(sandbox, login.text("refresh_token"));
    expect(await isAlive(sandbox, login.text("access_token"))).toBe(true);
  });

  test("that rotates works once; a second use ends the whole login", async () => {
    const sandbox = await sandboxFor({ scenario: "refresh-rotating" });
    const login = await logIn(sandbox);
    const second = await renew(sandbox, login.text("refresh_token"));
    const third = await renew(sandbox, second.text("refresh_token"));
    expect(new Set([login, second, third].map((reply) => reply.at("refresh_token"))).size).toBe(3);
    expect(refusalOf(await renew(sandbox, second.text("refresh_token")))).toEqual([
      400,
      "invalid_grant",
      "refresh token was used before",
    ]);
    expect(refusalOf(await renew(sandbox, third.text("refresh_token")))).toEqual([
      400,
      "invalid_grant",
      "refresh token is revoked",
    ]);
    for (const reply of [login, second, third]) {
      expect(await isAlive(sandbox, reply.text("access_token"))).toBe(false);
    }
    expect((await logIn(sandbox)).status).toBe(200);
  });

  test("is not issued when the setting is off, and an earlier one stops working", async () => {
    const sandbox = await sandboxFor(APP);
    const before = await logIn(sandbox);
    await settings(sandbox, { refreshTokens: "off" });
    expect((await logIn(sandbox)).at("refresh_token")).toBe(undefined);
    expect((await logIn(sandbox, sandbox.client.secret)).at("refresh_token")).toBe(undefined);
    expect(refusalOf(await renew(sandbox, before.text("refresh_token")))[1]).toBe("invalid_grant");
  });

  test("is not issued when the inactivity timeout is on", async () => {
    const sandbox = await sandboxFor(APP);
    await settings(sandbox, { idleTimeout: { enabled: true, seconds: 600 } });
    const login = await logIn(sandbox, sandbox.client.secret);
    expect([login.status, login.at("refresh_token")]).toEqual([200, undefined]);
  });

  test.each([
    ["DELETE /api/v2/tokens/me", true],
    ["GET /api/v2/tokens/me", false],
  ])("is invalid after its holder's %s: %j", async (operation, isDead) => {
    const sandbox = await sandboxFor(APP);
    const login = await logIn(sandbox);
    await call(sandbox, operation, { token: login.text("access_token") });
    expect((await renew(sandbox, login.text("refresh_token"))).status).toBe(isDead ? 400 : 200);
  });

  test("ends when all of the user's tokens are deleted", async () => {
    const sandbox = await sandboxFor(APP);
    const state = await call(sandbox, "GET /sandbox/state");
    const administration = (
      state.at("organizations.0.clients") as { name: string; id: string; secret: string }[]
    ).find(({ name }) => name === "Administration");
    const admin = await requestToken(sandbox, administration?.id ?? "", administration?.secret ?? "");
    const login = await logIn(sandbox);
    const me = await call(sandbox, "GET /api/v2/users/me", { token: login.text("access_token") });
    await call(sandbox, `DELETE /api/v2/tokens/${me.text("id")}`, { token: admin.text("access_token") });
    expect(await isAlive(sandbox, login.text("access_token"))).toBe(false);
    expect((await renew(sandbox, login.text("refresh_token"))).at("error")).toBe("invalid_grant");
  });

  test("ends when its browser logs out, unlike tokens of other browsers", async () => {
    const sandbox = await sandboxFor(APP);
    const elsewhere = await logIn(sandbox);
    const visitor = createVisitor();
    await visitor.open(authorizeUrl(sandbox));
    await visitor.press("login", { email: "reporting.analyst@example.com", password: "any" });
    const { leftFor } = await visitor.press("allow");
    const code = new URL(leftFor ?? REDIRECT_URI).searchParams.get("code") ?? "";
    const here = await exchangeCode(sandbox, code);
    await visitor.open(authorizeUrl(sandbox));
    const unused = new URL((await visitor.press("allow")).leftFor ?? REDIRECT_URI).searchParams.get("code");
    await visitor.open(`${sandbox.url}/logout`);
    expect((await exchangeCode(sandbox, unused ?? "")).at("error_description")).toBe("code has expired");
    expect((await renew(sandbox, here.text("refresh_token"))).status).toBe(400);
    expect((await renew(sandbox, elsewhere.text("refresh_token"))).status).toBe(200);
  });

  test("belongs to its client, which must be active", async () => {
    const sandbox = await sandboxFor(APP);
    const login = await logIn(sandbox);
    await act(sandbox, "client.upsert", { id: "other-app", name: "Other app", grantType: "CODE" });
    const stolen = await call(sandbox, "POST /oauth/token", {
      body: `grant_type=refresh_token&client_id=other-app&refresh_token=${login.text("refresh_token")}`,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(refusalOf(stolen)).toEqual([400, "invalid_grant", "refresh token is invalid"]);
    await act(sandbox, "client.update", { client: sandbox.client.id, state: "disabled" });
    expect(refusalOf(await renew(sandbox, login.text("refresh_token")))).toEqual([
      400,
      "unauthorized_client",
      "the client is disabled",
    ]);
  });

  test("is refused for a client-credentials client", async () => {
    const sandbox = await sandboxFor();
    expect(refusalOf(await renew(sandbox, "any", sandbox.client.secret))).toEqual([
      400,
      "unauthorized_client",
      "the client is not authorized for this grant type",
    ]);
  });

  test("is invalid when it was never issued", async () => {
    const sandbox = await sandboxFor(APP);
    expect(refusalOf(await renew(sandbox, "never-given"))).toEqual([
      400,
      "invalid_grant",
      "refresh token is invalid",
    ]);
  });
});

describe("a login without a client secret", () => {
  test("cannot use the refresh token of a login with a secret", async () => {
    const sandbox = await sandboxFor(APP);
    const login = await logIn(sandbox, sandbox.client.secret);
    const refreshToken = login.text("refresh_token");
    expect(refusalOf(await renew(sandbox, refreshToken))).toEqual([
      401,
      "invalid_client",
      "authentication failed",
    ]);
    expect((await renew(sandbox, refreshToken, sandbox.client.secret)).status).toBe(200);
  });

  test("may get no refresh token, or one that is refused", async () => {
    const sandbox = await sandboxFor(APP);
    await settings(sandbox, { refreshWithoutSecret: "refused" });
    const login = await logIn(sandbox);
    expect((await renew(sandbox, login.text("refresh_token"))).status).toBe(401);
    await settings(sandbox, { refreshWithoutSecret: "absent" });
    expect((await logIn(sandbox)).at("refresh_token")).toBe(undefined);
    expect((await logIn(sandbox, sandbox.client.secret)).at("refresh_token")).toMatch(/^[\w-]{86}$/);
  });
});
