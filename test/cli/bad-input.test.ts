import type { ServerResponse } from "node:http";
import { createServer as createSocketServer, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/core/clock.ts";
import { act, sandboxFor } from "../sandbox/client.ts";
import { credentialsFor } from "../support/credentials.ts";
import { HastyClock } from "../support/hasty-clock.ts";
import { json, type SeenRequest, serve } from "../support/loopback-server.ts";
import { type RunOptions, type RunResult, runCli } from "../support/run-cli.ts";

const ACCESS_TOKEN = "s3cret-access-token";
const CLIENT_SECRET = "s3cret-of-the-client";
const SECRETS = [
  ACCESS_TOKEN,
  CLIENT_SECRET,
  Buffer.from(`client-1:${CLIENT_SECRET}`, "utf8").toString("base64"),
];
const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";
const REFUSAL = JSON.stringify({
  message: "You are missing the following permission(s): [routing:queue:add]",
  code: "missing.permissions",
  status: 403,
});
const PAGE = "<!DOCTYPE html><html><title>Blocked</title><p>by the gateway</p></html>";

/** The commands that send requests, with the other input they need. */
const COMMANDS = {
  whoami: { argv: ["whoami"], input: "" },
  "check-scopes": { argv: ["check-scopes", DETAIL_QUERY], input: "" },
  explain: { argv: ["explain"], input: REFUSAL },
} as const;
type CommandName = keyof typeof COMMANDS;

const BY_TOKEN = { GENESYSCLOUD_ACCESS_TOKEN: ACCESS_TOKEN };
const BY_CLIENT = {
  GENESYSCLOUD_OAUTHCLIENT_ID: "client-1",
  GENESYSCLOUD_OAUTHCLIENT_SECRET: CLIENT_SECRET,
};

/**
 * Matches characters that move the cursor or that color, reverse or hide text. Line feeds and the tabs of tables are
 * allowed.
 */
const CONTROLS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern finds control characters
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

/** Checks what must be true of every run: no secret, no stack trace, no internal error, no control character. */
function expectClean({ stdout, stderr }: RunResult): void {
  const output = `${stdout}${stderr}`;
  expect(SECRETS.filter((secret) => output.includes(secret))).toEqual([]);
  expect(output).not.toMatch(/^ {4}at /m);
  expect(output).not.toContain("internal fault");
  expect(output).not.toMatch(CONTROLS);
}

async function run(name: CommandName, flags: readonly string[], options: RunOptions): Promise<RunResult> {
  const { argv, input } = COMMANDS[name];
  const result = await runCli([...argv, ...flags], { input, ports: { clock: new HastyClock() }, ...options });
  expectClean(result);
  return result;
}

/**
 * Runs a command with its most detailed output, as JSON and as text. `whoami` and `check-scopes` fail when the
 * identity of the token can't be read. `explain` continues, reports the failure, and exits with the same code.
 */
async function expectFailure(
  name: CommandName,
  env: RunOptions["env"],
  { exitCode, code }: { readonly exitCode: number; readonly code: string },
  flags: readonly string[] = [],
): Promise<RunResult> {
  const detailed = await run(name, ["--json", "--verbose", ...flags], { env: env ?? {} });
  if (name === "explain" && exitCode !== 2) {
    expect(detailed.json).toMatchObject({
      schema: "genscope/explain/v1",
      findings: [{ layer: "permission" }],
    });
    expect(detailed.stderr).toContain("explained without the token: ");
  } else {
    expect(detailed.json).toMatchObject({ schema: "genscope/error/v1", error: { code } });
    expect(detailed.stderr).toMatch(/^error: [^\n]+$/m);
  }
  expect(detailed.exitCode).toBe(exitCode);

  const shown = await run(name, flags, { env: env ?? {}, columns: 80 });
  expect(shown.exitCode).toBe(exitCode);
  expect(shown.stderr).not.toBe("");
  // Joins lines that were wrapped at the width of the terminal.
  return { ...shown, stderr: shown.stderr.replaceAll(/\n {2}(?=\S)/g, " ") };
}

const names = Object.keys(COMMANDS) as CommandName[];
const each = <Row extends readonly unknown[]>(rows: readonly Row[]) =>
  rows.flatMap((row) => names.map((name) => [name, ...row] as const));

describe("a bad response to a request about the token", () => {
  test.each(
    each<[string, number, string, object]>([
      ["malformed JSON", 1, "api.truncated", { kind: "malformed", times: 99 }],
      ["an HTML page with 200", 1, "api.html", { kind: "html", status: 200 }],
      ["an HTML page with 403", 1, "api.html", { kind: "html", status: 403 }],
      ["an HTML page with 502", 7, "api.html", { kind: "html", status: 502, retryAfterSeconds: 3600 }],
      [
        "an HTML page with 502 until the retries end",
        7,
        "api.html",
        { kind: "html", status: 502, times: 99 },
      ],
      ["an empty body", 1, "api.empty", { kind: "empty" }],
      ["a truncated body", 9, "network.reset", { kind: "truncated", times: 99 }],
      ["a body of 65 MiB", 9, "network.too_large", { kind: "gigantic", bytes: 65 * 1024 * 1024 }],
      ["a connection that breaks on every attempt", 9, "network.reset", { kind: "reset", times: 99 }],
      ["503 with an hour of Retry-After", 7, "api.unavailable", { kind: "status", retryAfterSeconds: 3600 }],
      [
        "429 with an hour of Retry-After",
        7,
        "limited.rate",
        { kind: "status", status: 429, retryAfterSeconds: 3600 },
      ],
    ]),
  )("%s: %s exits with %i, `%s`", async (name, _case, exitCode, code, fault) => {
    const sandbox = await sandboxFor({}, systemClock);
    const path = "/api/v2/tokens/me";
    await act(sandbox, "fault.add", { path, times: 2, ...fault });
    await expectFailure(name, { ...credentialsFor(sandbox), ...BY_TOKEN }, { exitCode, code });
  });

  test.each(
    each<[string, number, string, (request: SeenRequest, response: ServerResponse) => void]>([
      [
        "prose",
        1,
        "api.not_json",
        (_request, response) => void response.writeHead(200, { "content-type": "text/plain" }).end("hello"),
      ],
      ["a number", 1, "api.foreign_json", (_request, response) => json(response, 200, 42)],
      ["a list", 1, "api.foreign_json", (_request, response) => json(response, 200, [])],
      [
        "a refusal by another service",
        1,
        "api.foreign_json",
        (_request, response) => json(response, 403, { error: { reason: "no" } }),
      ],
      [
        "an HTML page that quotes the token alone",
        1,
        "api.html",
        ({ headers }, response) =>
          void response
            .writeHead(403, { "content-type": "text/html", "x-seen": headers.authorization ?? "" })
            .end(`<html>token ${headers.authorization?.slice("Bearer ".length)} refused`),
      ],
      [
        "an HTML page that quotes the whole header",
        1,
        "api.html",
        ({ headers }, response) =>
          void response
            .writeHead(400, { "content-type": "text/html" })
            .end(`<html>\u001b[2J${headers.authorization}\u202e`),
      ],
      [
        "a refusal with escape sequences",
        4,
        "auth.rejected",
        (_request, response) =>
          json(response, 401, {
            code: "bad.credentials\u001b[31m",
            message: "\u001b[2J\u001b]0;owned\u0007\r\nerror: forged\u202e",
            contextId: "\u009b31m",
          }),
      ],
      [
        "headers with escape sequences",
        1,
        "api.empty",
        (_request, response) =>
          void response.writeHead(200, { "x-note": "\u009b31mred", "inin-correlation-id": "\u0085" }).end(),
      ],
    ]).filter(([name, , , code]) => name === "whoami" || code !== "auth.rejected"),
  )("%s: %s exits with %i, `%s`", async (name, _case, exitCode, code, answer) => {
    const server = await serve(answer);
    await expectFailure(name, { ...BY_TOKEN, GENESYSCLOUD_REGION: server.url }, { exitCode, code });
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${ACCESS_TOKEN}`);
  });
});

describe("a server that sends no HTTP response", () => {
  /** Starts a server that speaks raw TCP. */
  async function serveRaw(converse: (socket: Socket) => void): Promise<string> {
    const open = new Set<Socket>();
    const server = createSocketServer((socket) => {
      open.add(socket);
      socket.on("error", () => {});
      converse(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    const address = server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`;
  }

  test.each(
    each<[string, string, (socket: Socket) => void]>([
      ["a greeting of another protocol", "network.invalid_response", (socket) => socket.end("SSH-2.0-x\r\n")],
      [
        "a status line that quotes the token",
        "network.invalid_response",
        (socket) => socket.once("data", (request) => socket.end(`HTTP/1.1 ${String(request)}`)),
      ],
      [
        "an immediate end of the connection",
        "network.reset",
        (socket) => socket.once("data", () => socket.end()),
      ],
      [
        "endless headers",
        "network.too_large",
        (socket) => socket.once("data", () => socket.write(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(64 * 1024)}`)),
      ],
    ]),
  )("%s: %s exits with 9, `%s`", async (name, _case, code, converse) => {
    const url = await serveRaw(converse);
    await expectFailure(name, { ...BY_TOKEN, GENESYSCLOUD_REGION: url }, { exitCode: 9, code });
  });

  test.each(each([["--timeout", "200ms"]] as const))(
    "%s: exits with 9 when the server is slower than %s %s",
    async (name, ...flags) => {
      const url = await serveRaw(() => {});
      const { stderr } = await expectFailure(
        name,
        { ...BY_TOKEN, GENESYSCLOUD_REGION: url },
        { exitCode: 9, code: "network.timeout" },
        flags,
      );
      expect(stderr).toContain("within 200 ms");
    },
  );

  test.each(names)("%s: exits with 9 when the port refuses connections", async (name) => {
    await expectFailure(
      name,
      { ...BY_TOKEN, GENESYSCLOUD_REGION: "http://127.0.0.1:1" },
      { exitCode: 9, code: "network.refused" },
    );
  });

  test.each(names)("%s: exits with 9 when the host does not exist", async (name) => {
    const { stderr } = await expectFailure(name, BY_TOKEN, { exitCode: 9, code: "network.dns" }, [
      "--region",
      "https://does-not-exist.invalid",
    ]);
    expect(stderr).toContain("`does-not-exist.invalid` cannot be resolved");
  });
});

describe("an invalid region is refused before a request", () => {
  test.each(
    each([
      ["eu-centrall-1", "usage.region", "`eu-centrall-1` is not a region"],
      ["\u001b[31mred\u202e", "usage.region", "is not a region"],
      ["http://gateway.example", "usage.plain_http", "would carry the token unencrypted"],
      [`https://admin:${CLIENT_SECRET}@gateway.example`, "usage.region", "user name"],
    ] as const),
  )("%s: %j", async (name, region, code, words) => {
    const { stderr } = await expectFailure(name, BY_TOKEN, { exitCode: 2, code }, ["--region", region]);
    expect(stderr).toContain(words);
  });
});

describe("the target of a redirect receives no credential", () => {
  test.each(each([[301], [302], [303], [307], [308]]))("%s: %i from the API", async (name, status) => {
    const elsewhere = await serve((_request, response) => json(response, 200, {}));
    const server = await serve(
      (_request, response) =>
        void response.writeHead(status, { location: `${elsewhere.url}/api/v2/tokens/me?code=x` }).end(),
    );
    const { stderr } = await expectFailure(
      name,
      { ...BY_TOKEN, GENESYSCLOUD_REGION: server.url },
      { exitCode: 1, code: "api.redirect" },
    );
    expect(stderr).toContain(`a redirect to \`${elsewhere.url}/api/v2/tokens/me\``);
    expect(elsewhere.seen).toEqual([]);
  });

  test.each(each([[302], [307], [308]]))("%s: %i from the token endpoint", async (name, status) => {
    const elsewhere = await serve((_request, response) => json(response, 200, { access_token: "stolen" }));
    const server = await serve(
      (_request, response) =>
        void response.writeHead(status, { location: `${elsewhere.url}/oauth/token` }).end(),
    );
    await expectFailure(
      name,
      { ...BY_CLIENT, GENESYSCLOUD_REGION: server.url },
      { exitCode: 4, code: "auth.wrong_host" },
    );
    expect(elsewhere.seen).toEqual([]);
    expect(new Set(server.seen.map(({ path }) => path))).toEqual(new Set(["/oauth/token"]));
  });
});

describe("a bad response from the token endpoint", () => {
  test.each(
    each<[string, number, string, (request: SeenRequest, response: ServerResponse) => void]>([
      [
        "an HTML page with 200",
        4,
        "auth.wrong_host",
        (_request, response) => void response.writeHead(200, { "content-type": "text/html" }).end(PAGE),
      ],
      [
        "an HTML page with 502",
        7,
        "auth.unavailable",
        (_request, response) =>
          void response.writeHead(502, { "content-type": "text/html", "retry-after": "3600" }).end(PAGE),
      ],
      ["an empty body", 4, "auth.wrong_host", (_request, response) => void response.writeHead(200).end()],
      [
        "malformed JSON",
        4,
        "auth.wrong_host",
        (_request, response) =>
          void response.writeHead(200, { "content-type": "application/json" }).end('{"access_token": "s3c'),
      ],
      [
        "a token that is a number",
        4,
        "auth.wrong_host",
        (_request, response) => json(response, 200, { access_token: 7 }),
      ],
      [
        "a token that cannot be sent in a header",
        9,
        "network.invalid_response",
        (_request, response) => json(response, 200, { access_token: "a\r\nx-injected: 1", expires_in: 60 }),
      ],
      [
        "a body of 2 MiB",
        9,
        "network.too_large",
        (_request, response) => json(response, 200, { access_token: "x".repeat(2 * 1024 * 1024) }),
      ],
      [
        "a refusal that quotes the request",
        4,
        "auth.wrong_secret",
        ({ headers, body }, response) =>
          json(response, 401, {
            error: "invalid_client",
            description: `authentication failed \u001b[31m${CLIENT_SECRET} ${headers.authorization} ${body}`,
          }),
      ],
    ]),
  )("%s: %s exits with %i, `%s`", async (name, _case, exitCode, code, answer) => {
    const server = await serve(answer);
    await expectFailure(name, { ...BY_CLIENT, GENESYSCLOUD_REGION: server.url }, { exitCode, code });
    expect(new Set(server.seen.map(({ path }) => path))).toEqual(new Set(["/oauth/token"]));
  });
});

describe("unreadable facts are reported, never guessed", () => {
  test.each([
    ["malformed JSON", { kind: "malformed", times: 99 }],
    ["an HTML page", { kind: "html", status: 200 }],
    ["an empty body", { kind: "empty" }],
    ["a truncated body", { kind: "truncated", times: 99 }],
    ["a broken connection", { kind: "reset" }],
  ])("when the grants and roles are answered with %s", async (_case, fault) => {
    const sandbox = await sandboxFor({ scenario: "healthy" }, systemClock);
    const env = credentialsFor(sandbox);
    await act(sandbox, "fault.add", { path: "/api/v2/authorization", times: 999, ...fault });

    const who = await run("whoami", ["--json"], { env });
    expect([who.exitCode, who.json]).toMatchObject([
      0,
      { roles: null, unreadable: expect.arrayContaining([expect.objectContaining({ what: "grants" })]) },
    ]);
    const checked = await run("check-scopes", ["--json"], { env });
    expect([checked.exitCode, checked.json]).toMatchObject([5, { results: [{ verdict: "unknown" }] }]);
    expectClean(await run("check-scopes", [], { env, columns: 80 }));
  });
});

describe("the result of a live call", () => {
  test.each<[string, object]>([
    ["with an HTML page and 200", { kind: "html", status: 200 }],
    ["with an HTML page and 403", { kind: "html", status: 403 }],
    ["with an empty body", { kind: "empty" }],
    ["with malformed JSON", { kind: "malformed", times: 99 }],
    ["with a truncated body", { kind: "truncated", times: 99 }],
    ["with a broken connection", { kind: "reset", times: 99 }],
    ["with 429 and an hour of Retry-After", { kind: "status", status: 429, retryAfterSeconds: 3600 }],
  ])("leaves the verdict unconfirmed %s", async (_case, fault) => {
    const path = "/api/v2/analytics/conversations/details/query";
    for (const [scenario, exitCode, verdict] of [
      ["identity-hidden", 5, "unknown"],
      ["healthy", 0, "allowed"],
    ] as const) {
      const sandbox = await sandboxFor({ scenario }, systemClock);
      await act(sandbox, "fault.add", { path, ...fault });
      const checked = await run("check-scopes", ["--live", "--json"], { env: credentialsFor(sandbox) });
      expect([checked.exitCode, checked.json]).toMatchObject([
        exitCode,
        {
          results: [
            { verdict, live: { status: null, code: expect.stringMatching(/^(api|network|limited)\./) } },
          ],
        },
      ]);
    }
  });

  test("decides an unknown verdict when the platform responds", async () => {
    const sandbox = await sandboxFor({ scenario: "identity-hidden" }, systemClock);
    const checked = await run("check-scopes", ["--live", "--json"], { env: credentialsFor(sandbox) });
    expect(checked.json).toMatchObject({ results: [{ live: { status: expect.any(Number) } }] });
  });
});

describe("control characters in names from the platform", () => {
  const HOSTILE =
    "Re\u001b[31mport\u001b]0;owned\u0007er\u202e\u0085\u009b2J\u200f\u2066\r\n✔ allowed  forged";
  const CLEANED = /Re\ufffd\[31mport\ufffd\]0;owned\ufffder\ufffd+2J\ufffd+ +✔ allowed {1,2}forged/;

  /** Returns credentials of a client whose name, role and division are hostile. */
  async function hostileSandbox() {
    const sandbox = await sandboxFor({}, systemClock);
    const division = await act(sandbox, "division.upsert", { name: `${HOSTILE} division` });
    const role = await act(sandbox, "role.upsert", {
      name: `${HOSTILE} role`,
      permissions: ["routing:queue:view"],
    });
    const client = await act(sandbox, "client.upsert", { name: `${HOSTILE} client` });
    await act(sandbox, "role.grant", {
      subject: client.at("id"),
      role: role.at("id"),
      division: division.at("id"),
    });
    await act(sandbox, "role.upsert", {
      name: `${HOSTILE} remedy`,
      permissions: ["analytics:conversationDetail:view"],
    });
    const token = await act(sandbox, "token.mint", { client: client.at("id") });
    return { GENESYSCLOUD_REGION: sandbox.url, GENESYSCLOUD_ACCESS_TOKEN: token.text("access_token") };
  }

  test.each<[string, { readonly columns?: number }]>([
    ["a pipe", {}],
    ["a wide terminal", { columns: 500 }],
    ["a narrow terminal", { columns: 40 }],
  ])("are replaced on %s", async (_where, options) => {
    const env = await hostileSandbox();
    for (const name of names) {
      const { stdout } = await run(name, [], { env, ...options });
      // A narrow terminal may wrap a long name, and a part of the name can then start a line.
      if (options.columns !== 40) expect(stdout).not.toMatch(/^\s*✔ allowed\s+forged/m);
    }
    const { stdout } = await run("whoami", [], { env, columns: 500 });
    expect(stdout).toMatch(CLEANED);
  });

  test("are escaped in JSON, which keeps the exact name", async () => {
    const env = await hostileSandbox();
    for (const name of names) await run(name, ["--json", "--verbose"], { env });
    const { json: document } = await run("whoami", ["--json"], { env });
    expect(document).toMatchObject({ client: { name: `${HOSTILE} client` } });
  });

  test("are replaced in the explanation of a paste", async () => {
    const paste = JSON.stringify({
      ...JSON.parse(REFUSAL),
      message: `${HOSTILE}: missing`,
      contextId: HOSTILE,
    });
    for (const input of [paste, `${HOSTILE}\nPOST /api/v2/routing/queues${HOSTILE} -> ${REFUSAL}`]) {
      await run("explain", ["--offline"], { input, columns: 80 });
      await run("explain", ["--offline", "--json"], { input });
    }
  });
});
