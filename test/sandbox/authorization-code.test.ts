import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { FakeClock } from "../support/fake-clock.ts";
import { act, call, type Reply, sandboxFor } from "./client.ts";
import { exchangeCode, obtainCode, type Parameters, VERIFIER } from "./login.ts";

const APP = { scenario: "scope-missing" };

function refusalOf(reply: Reply): readonly unknown[] {
  return [reply.status, reply.at("error"), reply.at("error_description")];
}

describe("an authorization code", () => {
  test("is exchanged for a user token with the client's validity", async () => {
    const sandbox = await sandboxFor(APP);
    await act(sandbox, "client.update", { client: sandbox.client.id, accessTokenValiditySeconds: 300 });
    const reply = await exchangeCode(sandbox, await obtainCode(sandbox));
    expect(reply.value).toEqual({
      access_token: expect.stringMatching(/^[\w-]{86}$/),
      refresh_token: expect.stringMatching(/^[\w-]{86}$/),
      token_type: "bearer",
      expires_in: 300,
    });
    expect(reply.headers.get("cache-control")).toBe("no-store");
    const me = await call(sandbox, "GET /api/v2/users/me?expand=token", {
      token: reply.text("access_token"),
    });
    expect([me.at("name"), me.at("token.OAuthClient.name"), me.at("token.authorizedScope.3")]).toEqual([
      "Reporting analyst",
      "Agent workbench",
      "routing:readonly",
    ]);
  });

  test("works once; a second use revokes the tokens of the first", async () => {
    const sandbox = await sandboxFor(APP);
    const code = await obtainCode(sandbox);
    const first = await exchangeCode(sandbox, code);
    const other = await exchangeCode(sandbox, await obtainCode(sandbox));
    expect(refusalOf(await exchangeCode(sandbox, code))).toEqual([
      400,
      "invalid_grant",
      "code was used before",
    ]);
    const codeOf = async (reply: Reply) =>
      (await call(sandbox, "GET /api/v2/tokens/me", { token: reply.text("access_token") })).status;
    expect([await codeOf(first), await codeOf(other)]).toEqual([401, 200]);
  });

  test("expires within a minute", async () => {
    const clock = new FakeClock();
    const sandbox = await sandboxFor(APP, clock);
    const early = await obtainCode(sandbox);
    clock.advance(59_999);
    expect((await exchangeCode(sandbox, early)).status).toBe(200);
    const late = await obtainCode(sandbox);
    clock.advance(60_000);
    expect(refusalOf(await exchangeCode(sandbox, late))).toEqual([400, "invalid_grant", "code has expired"]);
  });

  test("is used up by a failed exchange", async () => {
    const sandbox = await sandboxFor(APP);
    const code = await obtainCode(sandbox);
    await exchangeCode(sandbox, code, { code_verifier: "x".repeat(43) });
    expect(refusalOf(await exchangeCode(sandbox, code))[2]).toBe("code was used before");
  });

  test("belongs to its client, and other clients cannot use it up", async () => {
    const sandbox = await sandboxFor(APP);
    await act(sandbox, "client.upsert", { id: "other-app", name: "Other app", grantType: "CODE" });
    const code = await obtainCode(sandbox);
    expect(refusalOf(await exchangeCode(sandbox, code, { client_id: "other-app" }))).toEqual([
      400,
      "invalid_grant",
      "code is invalid",
    ]);
    expect((await exchangeCode(sandbox, code)).status).toBe(200);
  });

  test.each([
    [{ code: "never-given" }, "code is invalid"],
    [{ code: null }, "code is invalid"],
    [{ redirect_uri: "http://localhost:9192" }, "redirect_uri does not match"],
    [{ redirect_uri: "http://localhost:9191/" }, "redirect_uri does not match"],
    [{ redirect_uri: null }, "redirect_uri does not match"],
    [{ code_verifier: `${VERIFIER.slice(0, -1)}l` }, "code_verifier does not match"],
    [{ code_verifier: "short" }, "code_verifier does not match"],
    [{ code_verifier: null }, "code_verifier does not match"],
  ])("with %j is an invalid grant", async (changes: Parameters, description) => {
    const sandbox = await sandboxFor(APP);
    const code = await obtainCode(sandbox);
    expect(refusalOf(await exchangeCode(sandbox, code, changes))).toEqual([
      400,
      "invalid_grant",
      description,
    ]);
  });

  test.each([
    ["disabled", 400, "unauthorized_client", "the client is disabled"],
    ["inactive", 400, "unauthorized_client", "the client is inactive"],
  ])("of a client that became %s is refused", async (state, ...expected) => {
    const sandbox = await sandboxFor(APP);
    const code = await obtainCode(sandbox);
    await act(sandbox, "client.update", { client: sandbox.client.id, state });
    expect(refusalOf(await exchangeCode(sandbox, code))).toEqual(expected);
  });

  test("is not used up when the token endpoint refuses it because of a rate limit", async () => {
    const clock = new FakeClock();
    const sandbox = await sandboxFor(APP, clock);
    const code = await obtainCode(sandbox);
    await act(sandbox, "settings.patch", { settings: { tokenRequestsPerMinute: 0 } });
    expect(refusalOf(await exchangeCode(sandbox, code))[2]).toMatch(/^rate limit exceeded;/);
    await act(sandbox, "settings.patch", { settings: { tokenRequestsPerMinute: null } });
    expect((await exchangeCode(sandbox, code)).status).toBe(200);
  });

  test("yields no token once its login has been revoked or has gone idle", async () => {
    const clock = new FakeClock();
    const sandbox = await sandboxFor(APP, clock);
    await act(sandbox, "settings.patch", { settings: { idleTimeout: { enabled: true, seconds: 600 } } });
    const statusAfter = async (end: (token: string) => Promise<unknown>) => {
      const token = (await exchangeCode(sandbox, await obtainCode(sandbox))).text("access_token");
      await end(token);
      return (await call(sandbox, "GET /api/v2/tokens/me", { token })).status;
    };
    expect(await statusAfter(async () => clock.advance(599_999))).toBe(200);
    expect(await statusAfter(async () => clock.advance(600_000))).toBe(401);
    expect(await statusAfter((token) => call(sandbox, "DELETE /api/v2/tokens/me", { token }))).toBe(401);
  });
});

describe("an OAuth client with a secret", () => {
  const withoutPkce = { code_challenge: null, code_challenge_method: null };

  test("needs no PKCE", async () => {
    const sandbox = await sandboxFor(APP);
    const code = await obtainCode(sandbox, withoutPkce);
    const reply = await exchangeCode(sandbox, code, { code_verifier: null }, sandbox.client.secret);
    expect(reply.status).toBe(200);
  });

  test("may use PKCE as well, and must then send the verifier", async () => {
    const sandbox = await sandboxFor(APP);
    const { secret } = sandbox.client;
    expect((await exchangeCode(sandbox, await obtainCode(sandbox), {}, secret)).status).toBe(200);
    const code = await obtainCode(sandbox);
    expect(refusalOf(await exchangeCode(sandbox, code, { code_verifier: null }, secret))[2]).toBe(
      "code_verifier does not match",
    );
  });

  test("must not send a verifier for a code that was requested without a challenge", async () => {
    const sandbox = await sandboxFor(APP);
    const code = await obtainCode(sandbox, withoutPkce);
    expect(refusalOf(await exchangeCode(sandbox, code, {}, sandbox.client.secret))[2]).toBe(
      "code_verifier does not match",
    );
  });

  test("must prove its identity with the secret or with PKCE", async () => {
    const sandbox = await sandboxFor(APP);
    const code = await obtainCode(sandbox, withoutPkce);
    expect(refusalOf(await exchangeCode(sandbox, code, { code_verifier: null }))).toEqual([
      401,
      "invalid_client",
      "authentication failed",
    ]);
  });

  test("is refused with a wrong secret even with PKCE, but may leave the secret empty with PKCE", async () => {
    const sandbox = await sandboxFor(APP);
    const code = await obtainCode(sandbox);
    expect((await exchangeCode(sandbox, code, {}, "wrong")).status).toBe(401);
    expect((await exchangeCode(sandbox, code, {}, "")).status).toBe(200);
  });
});

test.each([
  ["v".repeat(42), 400],
  ["v".repeat(43), 200],
  ["v".repeat(128), 200],
  ["v".repeat(129), 400],
  [`${"v".repeat(42)}~`, 200],
  [`${"v".repeat(42)}+`, 400],
])("a verifier %s with a matching challenge gets status %i", async (verifier, status) => {
  const sandbox = await sandboxFor(APP);
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const code = await obtainCode(sandbox, { code_challenge: challenge });
  expect((await exchangeCode(sandbox, code, { code_verifier: verifier })).status).toBe(status);
});

test("a client-credentials client gets no token for a code", async () => {
  const sandbox = await sandboxFor();
  expect(refusalOf(await exchangeCode(sandbox, "any"))).toEqual([
    400,
    "unauthorized_client",
    "the client is not authorized for this grant type",
  ]);
});
