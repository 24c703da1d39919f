import platform from "purecloud-platform-client-v2";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { json, sandboxFor } from "./client.ts";
import { obtainCode, REDIRECT_URI } from "./login.ts";

/** Returns the official client, unmodified, with the sandbox as its gateway. */
function clientOf(sandbox: Sandbox): typeof platform.ApiClient.instance {
  const client = platform.ApiClient.instance;
  client.setGateway({ protocol: "http", host: "127.0.0.1", port: Number(new URL(sandbox.url).port) });
  return client;
}

async function userName(): Promise<string | undefined> {
  return (await new platform.UsersApi().getUsersMe()).name;
}

describe("the official JavaScript SDK, with the test in the role of the browser", () => {
  test("logs a user in with PKCE", async () => {
    const sandbox = await sandboxFor({ scenario: "scope-missing" });
    const client = clientOf(sandbox);
    const verifier = client.generatePKCECodeVerifier(128);
    const challenge = await client.computePKCECodeChallenge(verifier);
    const code = await obtainCode(sandbox, { code_challenge: challenge });
    const login = await client.authorizePKCEGrant(sandbox.client.id, verifier, code, REDIRECT_URI);
    expect(login.accessToken).toMatch(/^[\w-]{86}$/);
    expect(await userName()).toBe("Reporting analyst");
  });

  test("reports a wrong verifier as a failed login", async () => {
    const sandbox = await sandboxFor({ scenario: "scope-missing" });
    const code = await obtainCode(sandbox);
    const login = clientOf(sandbox).authorizePKCEGrant(sandbox.client.id, "x".repeat(43), code, REDIRECT_URI);
    await expect(login).rejects.toMatchObject({
      response: { status: 400, data: { error: "invalid_grant" } },
    });
  });

  test("logs a user in with a secret, and refreshes an expired token", async () => {
    const sandbox = await sandboxFor({ scenario: "refresh-rotating" });
    const client = clientOf(sandbox);
    const { id, secret } = sandbox.client;
    const code = await obtainCode(sandbox, { code_challenge: null, code_challenge_method: null });
    // Copies the result, because the client later changes the same object. Its types lack the refresh token.
    const first = { ...(await client.loginCodeAuthorizationGrant(id, secret, code, REDIRECT_URI)) };
    const refreshToken = json(first).text("refreshToken");
    sandbox.act({ action: "token.expire", token: first.accessToken });
    const renewed = await client.refreshCodeAuthorizationGrant(id, secret, refreshToken);
    expect(renewed.accessToken).not.toBe(first.accessToken);
    expect(json(renewed).text("refreshToken")).not.toBe(refreshToken);
    expect(await userName()).toBe("Reporting analyst");
  });
});
