import { describe, expect, test } from "vitest";
import { json } from "../sandbox/client.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { type IndependentServer, startIndependentServer } from "../support/independent-server.ts";
import { logInAsClient, logInAsUser, quickFileEnvironment, rememberExpiry } from "../support/stored-login.ts";
import { ANALYST, createVisitor } from "../support/visitor.ts";

type Environment = Awaited<ReturnType<typeof quickFileEnvironment>>;

/** Returns a function that logs in on the pages of this server, and then allows or denies access. */
const visitAnd = (last: "allow" | "deny") => async (url: string) => {
  const visitor = createVisitor();
  await visitor.open(url);
  const { heading } = await visitor.press("login", { email: ANALYST });
  expect(heading).toBe("consent");
  const { leftFor } = await visitor.press(last);
  return leftFor ?? "nowhere";
};

/** Runs genscope with `--json`. Returns the exit code and the document. */
async function runJson(args: readonly string[], env: Environment) {
  const { exitCode, stdout } = await runGenscope([...args, "--json"], env);
  return { exitCode, document: json(JSON.parse(stdout)) };
}

async function statusAtApi({ url }: IndependentServer, token: string, method = "GET"): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${url}/api/v2/tokens/me`, { method, headers })).status;
}

/** Renews the token by setting the expiry of the last one into the past. Returns the new token. */
async function renewedToken(env: Environment): Promise<string> {
  await rememberExpiry(env.GENSCOPE_CONFIG_DIR, Date.now() - 1);
  const { exitCode, document } = await runJson(["token"], env);
  expect(exitCode).toBe(0);
  return document.text("accessToken");
}

describe("an OAuth server that genscope did not implement", () => {
  test("serves a client: login, renewal, logout", async () => {
    const server = await startIndependentServer();
    const env = await quickFileEnvironment();
    expect((await logInAsClient({ url: server.url, client: server.service }, env)).exitCode).toBe(0);
    const { document } = await runJson(["whoami"], env);
    expect([document.at("client.id"), document.at("organization.name")]).toEqual([
      server.service.id,
      "Independent organization",
    ]);
    const token = await renewedToken(env);
    expect(server.grants).toEqual(["client_credentials", "client_credentials"]);
    expect(await statusAtApi(server, token)).toBe(200);
    const logout = await runJson(["logout"], env);
    expect([logout.exitCode, logout.document.at("profiles.0.revocation")]).toEqual([0, "revoked"]);
    expect(await statusAtApi(server, token)).toBe(401);
  });

  test.each([
    ["an access token only", "platform"],
    ["an ID token as well, although none was requested", "openid platform"],
  ])("serves a user with %s: login, rotating refresh tokens, logout", async (_, scope) => {
    const server = await startIndependentServer(scope);
    const env = await quickFileEnvironment();
    const login = await logInAsUser({ url: server.url, client: server.app }, env, [], visitAnd("allow"));
    expect([login.exitCode, login.stderr]).toEqual([0, expect.stringContaining("logged in as profile")]);
    const { document } = await runJson(["whoami"], env);
    expect([document.at("user.name"), document.at("token.obtainedBy")]).toEqual([ANALYST, "pkce"]);
    // The second renewal uses the refresh token from the first one. The server ends a login whose refresh token is
    // used twice.
    const tokens = [await renewedToken(env), await renewedToken(env)];
    expect(server.grants).toEqual(["authorization_code", "refresh_token", "refresh_token"]);
    expect(tokens[0]).not.toBe(tokens[1]);
    expect(await statusAtApi(server, tokens[1] ?? "")).toBe(200);
    const logout = await runJson(["logout"], env);
    expect([logout.exitCode, logout.document.at("profiles.0.revocation")]).toEqual([0, "revoked"]);
    expect(await statusAtApi(server, tokens[1] ?? "")).toBe(401);
  });

  test("asks for a new login when it has ended a login", async () => {
    const server = await startIndependentServer();
    const env = await quickFileEnvironment();
    await logInAsUser({ url: server.url, client: server.app }, env, [], visitAnd("allow"));
    const { document } = await runJson(["token"], env);
    expect(await statusAtApi(server, document.text("accessToken"), "DELETE")).toBe(204);
    const whoami = await runJson(["whoami"], env);
    expect([whoami.exitCode, whoami.document.at("error.code")]).toEqual([4, "auth.login_ended"]);
    expect(whoami.document.at("error.hint")).toBe("log in again: `genscope login --profile default`");
  });

  test("gets its refusals reported with error codes, as far as it distinguishes them", async () => {
    const server = await startIndependentServer();
    const env = await quickFileEnvironment();
    const { url, service, app } = server;
    const endings = await Promise.all([
      logInAsClient({ url, client: { id: service.id, secret: "not-its-secret" } }, env, ["--json"]),
      logInAsClient({ url, client: { id: "nobody", secret: "any-secret" } }, env, ["--json"]),
      logInAsUser({ url, client: app }, env, ["--json"], visitAnd("deny")),
    ]);
    expect(
      endings.map(({ exitCode, stdout }) => [exitCode, json(JSON.parse(stdout)).at("error.code")]),
    ).toEqual([
      // The server responds to both cases in the same way, so genscope must not assume either.
      [4, "auth.client_rejected"],
      [4, "auth.client_rejected"],
      [4, "auth.login_denied"],
    ]);
    expect(server.grants).toEqual([]);
  });
});
