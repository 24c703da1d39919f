import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Clock } from "../../../../src/core/clock.ts";
import { sandboxFor } from "../../../sandbox/client.ts";
import { clockAtAge } from "../../../support/catalogue-age.ts";
import { json, serve } from "../../../support/loopback-server.ts";
import { type RunResult, runCli } from "../../../support/run-cli.ts";

const CLIENT_SECRET = "s3cret-of-the-client";
const ACCESS_TOKEN = "s3cret-access-token";

/** Replaces values that differ between runs with fixed names. */
function normalize(text: string): string {
  return text
    .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z \(epoch \d+\), in 24 h/, "TIME (epoch N), in 24 h");
}

/** Runs `whoami` with the credentials of a scenario. */
async function whoamiIn(scenario: string, ...flags: readonly string[]): Promise<RunResult> {
  return await whoamiAt(clockAtAge(1), scenario, ...flags);
}

async function whoamiAt(clock: Clock, scenario: string, ...flags: readonly string[]): Promise<RunResult> {
  const { url, client, accessToken } = await sandboxFor({ scenario }, clock);
  return await runCli(["whoami", ...flags], {
    ports: { clock },
    env: {
      GENESYSCLOUD_REGION: url,
      ...(accessToken === null
        ? { GENESYSCLOUD_OAUTHCLIENT_ID: client.id, GENESYSCLOUD_OAUTHCLIENT_SECRET: client.secret }
        : { GENESYSCLOUD_ACCESS_TOKEN: accessToken }),
    },
  });
}

describe("the text output of whoami", () => {
  test("describes a client", async () => {
    const { exitCode, stdout, stderr } = await whoamiIn("missing-role");

    expect(exitCode).toBe(0);
    expect(stderr).toBe("");
    expect(normalize(stdout)).toMatchInlineSnapshot(`
      "Who           OAuth client Reporting service, no user
      Organization  Example Contact Center (e154ba91-dc71-4401-885b-cb0c974f4612)
      Region        http://127.0.0.1:PORT, gateway or sandbox (GENESYSCLOUD_REGION)
      Grant         client credentials
      OAuth client  Reporting service (38272ade-5f2a-4b18-960e-f06ab5fc74a6), active
      Scopes        do not apply: with client credentials, only roles count
      Roles         1
      Token from    GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET
      Expires       TIME (epoch N), in 24 h
      Idle timeout  off

      Role	Divisions
      Reporting Base	every division
      "
    `);
  });

  test("describes a user whose organization enforces scopes", async () => {
    const { exitCode, stdout } = await whoamiIn("scope-missing");

    expect(exitCode).toBe(0);
    expect(normalize(stdout)).toMatchInlineSnapshot(`
      "Who           Reporting analyst <reporting.analyst@example.com>
      Organization  Example Contact Center (e154ba91-dc71-4401-885b-cb0c974f4612)
      Region        http://127.0.0.1:PORT, gateway or sandbox (GENESYSCLOUD_REGION)
      Grant         authorization code
      OAuth client  Agent workbench (16b77dd0-2b41-4bca-a655-356d52c2672d), active
      Scopes        authorization:readonly, conversations:readonly, organization:readonly, routing:readonly, user-basic-info, users:readonly (enforced by the organization)
      Roles         1
      Token from    GENESYSCLOUD_ACCESS_TOKEN
      Expires       unknown: the service does not report it for a token from GENESYSCLOUD_ACCESS_TOKEN
      Idle timeout  off

      Role	Divisions
      Reporting Reader	every division
      "
    `);
  });

  test("lists what it could not read, with the reason and a remedy", async () => {
    const { exitCode, stdout } = await whoamiIn("unreadable");

    expect(exitCode).toBe(0);
    expect(normalize(stdout).split("could not be read:")[1]).toMatchInlineSnapshot(`
      "
        grants: \`GET /api/v2/authorization/subjects/me\` returned 400 \`not.a.user\`: This request requires a user context. Client credentials cannot be used for requests to this resource.
        grants: \`GET /api/v2/authorization/subjects/c801728a-93a1-4fc2-937d-d7674ea1344c\` returned 403 \`missing.any.permissions\`: Unable to perform the requested action. You must have at least one of the following permissions assigned: [authorization:grant:view]
          needs: the permission authorization:grant:view
        grants: \`GET /api/v2/authorization/roles/1dc9d356-a740-4a7c-9c79-b94b0fa8dbb1\` returned 403 \`missing.any.permissions\`: Unable to perform the requested action. You must have at least one of the following permissions assigned: [authorization:role:view]
          needs: the permission authorization:role:view
      "
    `);
  });

  test("names the home organization of a user from another organization", async () => {
    const { stdout } = await whoamiIn("trusting-org");

    expect(stdout).toMatch(/^Organization {2,}Example Contact Center \(/m);
    expect(stdout).toMatch(/^Home organization {2,}Partner Consulting \(/m);
  });
});

describe("the warning about a catalog older than 60 days", () => {
  const warning =
    /^The packaged catalog of \S+ is 61 days old and may lack later changes to the platform. Update it: genscope catalog update\n$/;

  test.each([
    ["text", []],
    ["JSON", ["--json"]],
  ])("is one line on stderr next to %s, and no failure", async (_form, flags) => {
    const { exitCode, stdout, stderr } = await whoamiAt(clockAtAge(61), "missing-role", ...flags);
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(warning)]);
    expect(stdout).not.toContain("days old");
  });

  test("is absent with --quiet, and when the catalog is exactly 60 days old", async () => {
    expect((await whoamiAt(clockAtAge(61), "missing-role", "--quiet")).stderr).toBe("");
    expect((await whoamiAt(clockAtAge(60), "missing-role")).stderr).toBe("");
  });
});

describe("the JSON output of whoami", () => {
  const FIELDS = [
    "schema",
    "kind",
    "user",
    "organization",
    "homeOrganization",
    "region",
    "grant",
    "client",
    "scopes",
    "scopesBind",
    "roles",
    "token",
    "idleTimeout",
    "unreadable",
  ];

  test.each(["missing-role", "scope-missing", "identity-hidden", "unreadable", "trusting-org"])(
    "has the same fields in scenario %s",
    async (scenario) => {
      const { exitCode, json: document } = await whoamiIn(scenario, "--json");

      expect(exitCode).toBe(0);
      expect(Object.keys(document as object)).toEqual(FIELDS);
    },
  );

  test("contains the source of every value", async () => {
    const { json: document } = await whoamiIn("missing-role", "--json");

    expect(document).toMatchObject({
      schema: "genscope/whoami/v1",
      kind: "client",
      grant: "CLIENT-CREDENTIALS",
      scopesBind: "no",
      region: { id: null, source: "GENESYSCLOUD_REGION" },
      client: { name: "Reporting service", state: "active", isBuiltIn: false },
      token: {
        obtainedBy: "client-credentials",
        source: "GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET",
        expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        expiresAtEpochSeconds: expect.any(Number),
      },
    });
  });
});

describe("a failed whoami", () => {
  test.each([
    ["wrong-secret", "auth.wrong_secret"],
    ["unknown-client", "auth.unknown_client"],
    ["wrong-region", "auth.rejected"],
    ["expired-token", "auth.rejected"],
    ["client-disabled", "auth.rejected"],
    ["ip-allowlist", "auth.address_rejected"],
  ])("in scenario %s exits with 4 and code %s", async (scenario, code) => {
    const { exitCode, json: document } = await whoamiIn(scenario, "--json");

    expect(exitCode).toBe(4);
    expect(document).toMatchObject({
      schema: "genscope/error/v1",
      error: { name: "AuthError", code, correlationId: expect.any(String) },
    });
  });

  test("suggests a new token, not another region, for an expired token", async () => {
    const { stderr } = await whoamiIn("expired-token");
    expect(stderr).toContain("credentials.expired");
    expect(stderr).not.toContain("check the region");
    expect((await whoamiIn("wrong-region")).stderr).toContain("check the region");
  });

  test("without a credential exits with 4 and lists the variables to set", async () => {
    const { exitCode, stdout, stderr } = await runCli(["whoami"]);

    expect([exitCode, stdout]).toEqual([4, ""]);
    expect(stderr).toBe(
      "error: no credential found\n\nhint: log in with `genscope login`; or set `GENESYSCLOUD_OAUTHCLIENT_ID` and `GENESYSCLOUD_OAUTHCLIENT_SECRET`, or `GENESYSCLOUD_ACCESS_TOKEN`, and `GENESYSCLOUD_REGION`\n",
    );
  });

  test("with an unknown region exits with 2 before a request", async () => {
    const { exitCode, stderr } = await runCli(["whoami", "--region", "eu-centrall-1"], {
      env: { GENESYSCLOUD_ACCESS_TOKEN: ACCESS_TOKEN },
    });

    expect(exitCode).toBe(2);
    expect(stderr).toContain("error: `eu-centrall-1` is not a region\n\nhint: did you mean `eu-central-1`?");
  });
});

describe("a hostile response to whoami", () => {
  const MEBIBYTE = gzipSync(Buffer.alloc(1024 * 1024));
  /** A compressed body that expands to 65 MiB, made of 65 gzip members. */
  const GIGANTIC = Buffer.concat(Array.from({ length: 65 }, () => MEBIBYTE));
  const HTML = "<!DOCTYPE html><title>Blocked</title>";

  test.each<[string, Parameters<typeof serve>[0], number, string]>([
    [
      "an HTML page",
      (_request, response) => void response.writeHead(200, { "content-type": "text/html" }).end(HTML),
      1,
      "api.html",
    ],
    [
      "an HTML page with 403",
      (_request, response) => void response.writeHead(403, { "content-type": "text/html" }).end(HTML),
      1,
      "api.html",
    ],
    [
      "an HTML page that quotes the token",
      (request, response) =>
        void response
          .writeHead(400, { "content-type": "text/html" })
          .end(`<html>${request.headers.authorization}`),
      1,
      "api.html",
    ],
    ["an empty body", (_request, response) => void response.writeHead(200).end(), 1, "api.empty"],
    [
      "malformed JSON",
      (_request, response) =>
        void response.writeHead(200, { "content-type": "application/json" }).end('{"organization":{'),
      1,
      "api.truncated",
    ],
    [
      "a body of 65 MiB",
      (_request, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(GIGANTIC),
      9,
      "network.too_large",
    ],
    [
      "a redirect to another host",
      (_request, response) => void response.writeHead(302, { location: "https://elsewhere.example/x" }).end(),
      1,
      "api.redirect",
    ],
    [
      "a refusal with escape sequences",
      (_request, response) =>
        json(response, 401, { code: "bad.credentials", message: "\u001b[2J\u001b]0;owned\u0007" }),
      4,
      "auth.rejected",
    ],
  ])("causes a clear error without a stack trace or secret: %s", async (_name, answer, exitCode, code) => {
    const server = await serve(answer);
    const run = await runCli(["whoami", "--json", "--verbose"], {
      env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: ACCESS_TOKEN },
    });

    expect(run.json).toMatchObject({ schema: "genscope/error/v1", error: { code } });
    expect(run.exitCode).toBe(exitCode);
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${ACCESS_TOKEN}`);
    expect(run.stdout + run.stderr).not.toContain(ACCESS_TOKEN);
    expect(run.stdout + run.stderr).not.toMatch(/^\s+at .*:\d+/m);
    expect(run.stderr).not.toContain("\u001b");
  });

  test("has control characters in names replaced", async () => {
    const server = await serve((_request, response) =>
      json(response, 200, {
        id: "user-1",
        name: "Agent\u001b[31m 1\u0007",
        grants: [],
        entities: [],
        organization: { id: "org-1", name: "Ex\u202eample" },
        OAuthClient: { id: "app-1", name: "App\r\nInjected: line", authorizedGrantType: "CODE" },
      }),
    );
    const { exitCode, stdout } = await runCli(["whoami"], {
      env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: ACCESS_TOKEN },
    });

    expect(exitCode).toBe(0);
    expect(["\u001b", "\u0007", "\u202e", "\r"].filter((control) => stdout.includes(control))).toEqual([]);
    expect(stdout).toContain("Agent\ufffd[31m 1\ufffd");
  });

  test("a client secret appears in no output, even with --verbose", async () => {
    const encoded = btoa(`client-1:${CLIENT_SECRET}`);
    const server = await serve((request, response) =>
      request.path === "/oauth/token"
        ? json(response, 401, {
            error: "invalid_client",
            description: `authentication failed: ${CLIENT_SECRET} in ${request.headers.authorization}`,
          })
        : json(response, 500, {}),
    );
    const run = await runCli(["whoami", "--json", "--verbose"], {
      env: {
        GENESYSCLOUD_REGION: server.url,
        GENESYSCLOUD_OAUTHCLIENT_ID: "client-1",
        GENESYSCLOUD_OAUTHCLIENT_SECRET: CLIENT_SECRET,
      },
    });

    expect(server.seen[0]?.headers.authorization).toBe(`Basic ${encoded}`);
    expect(run.exitCode).toBe(4);
    expect(run.stdout + run.stderr).not.toContain(CLIENT_SECRET);
    expect(run.stdout + run.stderr).not.toContain(encoded);
  });
});
