import { describe, expect, test } from "vitest";
import { FakeClock } from "../support/fake-clock.ts";
import { act, call, type Reply, requestToken, sandboxFor } from "./client.ts";

/** Returns the status, and the three fields of the token endpoint's envelope. */
function refusalOf(reply: Reply): readonly unknown[] {
  return [reply.status, reply.at("error"), reply.at("description"), reply.at("error_description")];
}

describe("client credentials sent to the sandbox", () => {
  test("yield only a token with the client's validity", async () => {
    const sandbox = await sandboxFor();
    await act(sandbox, "client.update", { client: "Reporting service", accessTokenValiditySeconds: 300 });
    const reply = await requestToken(sandbox, sandbox.client.id, sandbox.client.secret);
    expect(reply.status).toBe(200);
    expect(reply.value).toEqual({
      access_token: expect.stringMatching(/^[\w-]{86}$/),
      token_type: "bearer",
      expires_in: 300,
    });
    const token = reply.text("access_token");
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token })).at("OAuthClient.name")).toBe(
      "Reporting service",
    );
  });

  test("of an unknown client or with a wrong secret are refused, with the same message only when configured", async () => {
    const sandbox = await sandboxFor();
    expect(refusalOf(await requestToken(sandbox, "nobody", "x"))).toEqual([
      400,
      "invalid_client",
      "client not found",
      "client not found",
    ]);
    const wrongSecret = [401, "invalid_client", "authentication failed", "authentication failed"];
    expect(refusalOf(await requestToken(sandbox, sandbox.client.id, "x"))).toEqual(wrongSecret);
    await act(sandbox, "settings.patch", { settings: { distinctTokenErrors: false } });
    expect(refusalOf(await requestToken(sandbox, "nobody", "x"))).toEqual(wrongSecret);
  });

  test.each(["inactive", "disabled"])("of a client that is %s are refused", async (state) => {
    const sandbox = await sandboxFor();
    await act(sandbox, "client.update", { client: sandbox.client.id, state });
    const reply = await requestToken(sandbox, sandbox.client.id, sandbox.client.secret);
    expect(refusalOf(reply).slice(0, 2)).toEqual([400, "unauthorized_client"]);
  });

  test("of a client with another grant type are refused", async () => {
    const sandbox = await sandboxFor({ scenario: "scope-missing" });
    const reply = await requestToken(sandbox, sandbox.client.id, sandbox.client.secret);
    expect(refusalOf(reply).slice(0, 2)).toEqual([400, "unauthorized_client"]);
  });
});

describe("a token request to the sandbox", () => {
  test.each([
    ["password", [400, "unsupported_grant_type"]],
    ["toString", [400, "unsupported_grant_type"]],
    ["", [400, "unsupported_grant_type"]],
  ])("with grant type %j is refused", async (grant, expected) => {
    const sandbox = await sandboxFor();
    const reply = await requestToken(
      sandbox,
      sandbox.client.id,
      sandbox.client.secret,
      `grant_type=${grant}`,
    );
    expect(refusalOf(reply).slice(0, 2)).toEqual(expected);
  });

  test("with a JSON body or without Basic credentials is refused", async () => {
    const sandbox = await sandboxFor();
    const json = await call(sandbox, "POST /oauth/token", { body: { grant_type: "client_credentials" } });
    expect(refusalOf(json).slice(0, 2)).toEqual([400, "invalid_request"]);
    const bare = await call(sandbox, "POST /oauth/token", {
      body: "grant_type=client_credentials",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(refusalOf(bare).slice(0, 2)).toEqual([400, "invalid_request"]);
  });

  test("that names its client without its secret gets no token", async () => {
    const sandbox = await sandboxFor();
    const named = await call(sandbox, "POST /oauth/token", {
      body: `grant_type=client_credentials&client_id=${sandbox.client.id}`,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(refusalOf(named).slice(0, 3)).toEqual([400, "invalid_request", "client credentials are missing"]);
    expect(refusalOf(await requestToken(sandbox, sandbox.client.id, "")).slice(0, 2)).toEqual([
      401,
      "invalid_client",
    ]);
  });

  test("with an authorization scheme other than Basic is refused", async () => {
    const sandbox = await sandboxFor({ scenario: "scope-missing" });
    const reply = await call(sandbox, "POST /oauth/token", {
      token: "any",
      body: `grant_type=authorization_code&client_id=${sandbox.client.id}&code=any`,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(refusalOf(reply).slice(0, 3)).toEqual([400, "invalid_request", "client credentials are missing"]);
  });

  test("that is sent too often in a minute gets a 400 whose text starts with `rate limit exceeded;`", async () => {
    const clock = new FakeClock();
    const sandbox = await sandboxFor({}, clock);
    await act(sandbox, "settings.patch", { settings: { tokenRequestsPerMinute: 1 } });
    const ask = () => requestToken(sandbox, sandbox.client.id, sandbox.client.secret);
    expect((await ask()).status).toBe(200);
    const throttled = await ask();
    expect(refusalOf(throttled).slice(0, 2)).toEqual([400, "invalid_request"]);
    expect(throttled.at("error_description")).toMatch(/^rate limit exceeded;/);
    clock.advance(60_000);
    expect((await ask()).status).toBe(200);
  });
});
