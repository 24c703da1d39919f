import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { requestClientCredentialsToken } from "../../../src/auth/token/token-endpoint.ts";
import { AppError } from "../../../src/core/errors.ts";
import { Secret } from "../../../src/core/secret.ts";
import { parseRegion } from "../../../src/platform/region/region-parser.ts";
import { playSteps, type Step } from "../../support/scripted-transport.ts";

const NOW_MS = Date.UTC(2026, 9, 1);
const SECRET = "s3cret-of-the-client";

function request(step: Step, region = "eu-central-1") {
  const { transport, sent } = playSteps([step]);
  const token = requestClientCredentialsToken(
    { region: parseRegion(region).region, regionSource: "GENESYSCLOUD_REGION", transport, nowMs: NOW_MS },
    { clientId: "client-1", clientSecret: new Secret(SECRET) },
  );
  return { token, sent };
}

async function refusal(step: Step): Promise<AppError> {
  const error = await request(step).token.catch((reason: unknown) => reason);
  if (!(error instanceof AppError)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

const envelope = (status: number, error: string, description?: string): Step => ({
  status,
  headers: { "content-type": "application/json", "inin-correlation-id": "corr-1" },
  body: JSON.stringify({ error, description, error_description: description }),
});

describe("the token request", () => {
  test("is a form with Basic credentials, sent only to the region's login host", async () => {
    const { token, sent } = request({ status: 200, body: '{"access_token":"t","expires_in":60}' });
    await token;
    const header = sent[0]?.headers?.["authorization"];

    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      method: "POST",
      repeatable: true,
      body: { kind: "form", fields: { grant_type: "client_credentials" } },
    });
    expect(sent[0]?.url.href).toBe("https://login.mypurecloud.de/oauth/token");
    expect(header instanceof Secret ? header.reveal() : header).toBe(`Basic ${btoa(`client-1:${SECRET}`)}`);
  });

  test("keeps the path of a gateway", async () => {
    const { token, sent } = request(
      { status: 200, body: '{"access_token":"t"}' },
      "http://127.0.0.1:8787/genesys",
    );
    await token;

    expect(sent[0]?.url.href).toBe("http://127.0.0.1:8787/genesys/oauth/token");
  });
});

describe("the token response", () => {
  test.each([
    [{ access_token: "the-token", token_type: "bearer", expires_in: 86_400 }, NOW_MS + 86_400_000],
    [{ access_token: "the-token" }, null],
    [{ access_token: "the-token", expires_in: "soon" }, null],
    [{ access_token: "the-token", expires_in: 1e30 }, null],
  ])("yields a token when it is %j", async (body, expiresAtMs) => {
    const token = await request({ status: 200, body: JSON.stringify(body) }).token;

    expect([token.secret.reveal(), token.expiresAtMs]).toEqual(["the-token", expiresAtMs]);
  });

  test("is refused when its token would break a header", async () => {
    expect(
      await refusal({ status: 200, body: JSON.stringify({ access_token: "a\r\nx-evil: 1" }) }),
    ).toMatchObject({
      code: "network.invalid_response",
    });
  });
});

describe("distinguishes refused token requests", () => {
  test.each<[string, Step, string, string, string]>([
    [
      "an unknown client id",
      envelope(400, "invalid_client", "client not found"),
      "auth.unknown_client",
      "auth",
      "no OAuth client `client-1` in this region (400 `invalid_client: client not found`)",
    ],
    [
      "an unknown client id, with status 401",
      envelope(401, "invalid_client", "client not found"),
      "auth.unknown_client",
      "auth",
      "no OAuth client `client-1` in this region (401 `invalid_client: client not found`)",
    ],
    [
      "a wrong client secret",
      envelope(401, "invalid_client", "authentication failed"),
      "auth.wrong_secret",
      "auth",
      "the secret for OAuth client `client-1` is not accepted (401 `invalid_client: authentication failed`)",
    ],
    [
      "an unknown client id or a wrong secret, without a description",
      envelope(401, "invalid_client"),
      "auth.client_rejected",
      "auth",
      "OAuth client `client-1` or its secret is not accepted (401 `invalid_client`)",
    ],
    [
      "a grant type that the client may not use",
      envelope(400, "unauthorized_client", "no"),
      "auth.grant_not_allowed",
      "auth",
      "OAuth client `client-1` is not allowed to log in with client credentials (400 `unauthorized_client: no`)",
    ],
    [
      "a scope",
      envelope(400, "invalid_scope"),
      "auth.scope_rejected",
      "auth",
      "the token endpoint refuses the scopes of OAuth client `client-1` (400 `invalid_scope`)",
    ],
    [
      "a malformed request",
      envelope(400, "invalid_request", "what"),
      "auth.invalid_request",
      "auth",
      "the token endpoint issued no token for OAuth client `client-1` (400 `invalid_request: what`)",
    ],
    [
      "an unknown error code",
      envelope(400, "teapot"),
      "auth.client_rejected",
      "auth",
      "the token endpoint issued no token for OAuth client `client-1` (400 `teapot`)",
    ],
    [
      "a rate limit, with status 400",
      envelope(400, "invalid_request", "rate limit exceeded; slow down"),
      "auth.throttled",
      "limited",
      "the token endpoint of `mypurecloud.de` returned 400 `rate limit exceeded`, the token endpoint's equivalent of 429",
    ],
    [
      "a rate limit, with status 429",
      { status: 429 },
      "auth.throttled",
      "limited",
      "the token endpoint of `mypurecloud.de` returned 429: the rate limit is exceeded",
    ],
    [
      "a failure of the service",
      { status: 503, body: "<html>" },
      "auth.unavailable",
      "limited",
      "the token endpoint of `mypurecloud.de` returned 503",
    ],
    [
      "a response from the API",
      { status: 401, body: '{"code":"authentication.required","message":"No"}' },
      "auth.wrong_host",
      "auth",
      "`https://login.mypurecloud.de/oauth/token` returned 401 with a response from the API, not from the login service",
    ],
    [
      "an HTML page",
      { status: 200, headers: { "content-type": "text/html" }, body: "<html>Sign in" },
      "auth.wrong_host",
      "auth",
      "`https://login.mypurecloud.de/oauth/token` returned 200 with a page (text/html) that starts with `<html>Sign in`",
    ],
    [
      "an empty body",
      { status: 404 },
      "auth.wrong_host",
      "auth",
      "`https://login.mypurecloud.de/oauth/token` returned 404 with an empty body",
    ],
  ])("%s", async (_name, step, code, exit, message) => {
    expect(await refusal(step)).toMatchObject({ code, exit, message });
  });

  test("with a hint that names the region first for every error about the client", async () => {
    const error = await refusal(envelope(401, "invalid_client", "authentication failed"));

    expect(error.hint).toMatch(
      /^the region in use is `eu-central-1` \(`mypurecloud.de`\), from GENESYSCLOUD_REGION:/,
    );
    expect(error.correlationId).toBe("corr-1");
  });

  test.each([
    ["unauthorized_client", "the client is disabled"],
    ["invalid_client", "client is not active"],
  ])("with a hint about the client's state for `%s: %s`", async (code, description) => {
    const { hint } = await refusal(envelope(400, code, description));
    expect(hint).toBe(
      "set the client's state to Active, or use another client: Admin > Integrations > OAuth > the client",
    );
  });

  test("without showing a secret that the token endpoint quotes", async () => {
    const error = await refusal(
      envelope(401, "invalid_client", `authentication failed for ${SECRET}\u001b[2J`),
    );

    expect(error.message).toContain("authentication failed for [secret]\ufffd[2J");
    expect(inspect(error, { depth: 10 })).not.toContain(SECRET);
  });
});
