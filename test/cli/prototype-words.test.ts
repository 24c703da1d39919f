import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loginRefused } from "../../src/auth/pkce/login-failure.ts";
import { ownValue } from "../../src/core/own-value.ts";
import { sandboxFor } from "../sandbox/client.ts";
import { json, serve } from "../support/loopback-server.ts";
import { type RunOptions, type RunResult, runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Every property name that a plain object inherits. */
const WORDS = [...Object.getOwnPropertyNames(Object.prototype), "prototype", "then"];

function expectNoFault(word: string, { exitCode, stdout, stderr }: RunResult): void {
  const output = `${stdout}${stderr}`;
  expect({ word, exitCode, output }).not.toMatchObject({ exitCode: 70 });
  expect({ word, output }).not.toMatchObject({
    output: expect.stringMatching(/internal fault|native code|\[object Object\]|function Object/),
  });
}

async function serviceAnswering(status: number, body: unknown): Promise<Readonly<Record<string, string>>> {
  const { url } = await serve((_request, response) => json(response, status, body));
  return { GENESYSCLOUD_REGION: url, GENESYSCLOUD_ACCESS_TOKEN: "token" };
}

test("a lookup table returns values only for its own keys", () => {
  const table = { known: "value" };
  expect(WORDS.map((word) => ownValue<unknown>(table, word))).toEqual(WORDS.map(() => undefined));
  expect(ownValue(table, "known")).toBe("value");
});

describe.each(WORDS)("the property name %s", (word) => {
  const record = JSON.parse(`{"id": "1", ${JSON.stringify(word)}: "a", "x": {${JSON.stringify(word)}: 1}}`);

  test("is handled as an OAuth error from the login page", () => {
    const facts = { clientId: "client-1" } as Parameters<typeof loginRefused>[1];
    const { code, message } = loginRefused({ kind: "refused", error: word, description: null }, facts);
    expect(typeof code).toBe("string");
    expect(message).toContain(word);
  });

  test("is handled as an OAuth error from the token endpoint", async () => {
    const { url } = await serve((_request, response) => json(response, 400, { error: word }));
    const env = {
      GENESYSCLOUD_REGION: url,
      GENESYSCLOUD_OAUTHCLIENT_ID: "client-1",
      GENESYSCLOUD_OAUTHCLIENT_SECRET: "secret",
    };
    expectNoFault(word, await runCli(["whoami"], { env }));
  });

  test("is handled as an error code of the API", async () => {
    const env = await serviceAnswering(403, { status: 403, code: word, message: word });
    expectNoFault(word, await runCli(["query", "GET", "/api/v2/users"], { env }));
  });

  test("is handled as a key of records", async () => {
    const env = await serviceAnswering(200, { entities: [record], pageCount: 1, total: 1 });
    for (const flags of [["--output", "table"], ["--output", "csv"], ["--output", "ndjson"], ["--json"]]) {
      const result = await runCli(["query", "GET", "/api/v2/routing/queues", ...flags], { env });
      expectNoFault(word, result);
      expect({ word, exitCode: result.exitCode }).toEqual({ word, exitCode: 0 });
      expect(result.stdout).toContain(word);
    }
    const out = join(await tempDir(), "queues.csv");
    expectNoFault(word, await runCli(["export", "queues", "--out", out], { env }));
  });

  test("is handled as a name in an aggregate response", async () => {
    const env = await serviceAnswering(200, {
      results: [
        {
          group: JSON.parse(`{${JSON.stringify(word)}: "voice"}`),
          data: [{ interval: word, metrics: [{ metric: word, stats: { count: 1 } }] }],
        },
      ],
    });
    const argv = ["query", "conversations", "aggregates", "--metric", "nOffered", "--interval", "yesterday"];
    for (const format of ["table", "csv"]) {
      expectNoFault(word, await runCli([...argv, "--output", format], { env }));
    }
  });

  test.each([
    ["dimension", ["query", "conversations", "details", "--filter", `${word}=x`]],
    ["group", ["query", "conversations", "aggregates", "--metric", "nOffered", "--group-by", word]],
    ["metric", ["query", "conversations", "aggregates", "--metric", word]],
    ["query", ["query", word]],
    ["dataset", ["export", word, "--out", "nowhere"]],
    ["format", ["export", "queues", "--format", word]],
    ["interval", ["query", "conversations", "details", "--interval", word]],
    ["unit of time", ["whoami", "--timeout", `1${word}`]],
    ["scenario", ["sandbox", "--scenario", word]],
    ["profile", ["whoami", "--profile", word]],
    ["report", ["check-scopes", "getUsers", "--report", `${word}=file`]],
    ["kind to emit", ["check-scopes", "getUsers", "--emit", word]],
    ["operation", ["check-scopes", word]],
    ["permission", ["check-scopes", "--permission", `${word}:${word}:${word}`]],
    ["operation to show", ["catalog", "show", word]],
    ["words of the official CLI", ["catalog", "show", "users", word]],
    ["search", ["catalog", "search", word]],
    ["query parameter", ["query", "GET", `/api/v2/users?${word}=1`]],
    ["command", [word]],
    ["subcommand", ["catalog", word]],
    ["help", ["help", word]],
    ["region", ["whoami", "--region", word]],
  ])("is handled as an argument: %s", async (_what, argv) => {
    const env = await serviceAnswering(404, { status: 404, code: "not.found", message: "no" });
    expectNoFault(word, await runCli(argv, { env }));
  });

  test("is handled in a paste", async () => {
    const pastes = [
      JSON.stringify({ status: 403, code: word, message: word }),
      JSON.stringify({ error: word, description: word }),
      `${word}=a, code=${word}, ${word}: missing`,
      `HTTP/1.1 403 Forbidden\n${word}: a\n\n{"code":"${word}"}`,
      JSON.stringify({
        log: {
          entries: [
            {
              request: { method: word, url: word, headers: [{ name: word, value: "a" }] },
              response: {
                status: 403,
                headers: [{ name: word, value: word }],
                content: { text: `{"code":"${word}"}` },
              },
            },
          ],
        },
      }),
    ];
    for (const input of pastes) expectNoFault(word, await runCli(["explain"], { input }));
  });

  test("is handled as a key of the configuration", async () => {
    const files = [
      `[profiles.${JSON.stringify(word)}]\nregion = "eu-west-1"\n`,
      `${JSON.stringify(word)} = "x"\n[profiles.default]\n${JSON.stringify(word)} = 1\n`,
      `profile = ${JSON.stringify(word)}\n`,
    ];
    for (const text of files) {
      const directory = join(await tempDir(), "config");
      await mkdir(directory, { mode: 0o700 });
      await writeFile(join(directory, "config.toml"), text);
      await chmod(join(directory, "config.toml"), 0o600);
      const env: RunOptions["env"] = { GENSCOPE_CONFIG_DIR: directory };
      for (const argv of [
        ["profile", "list"],
        ["profile", "show", word],
        ["profile", "use", word],
        ["whoami"],
      ])
        expectNoFault(word, await runCli(argv, { env }));
    }
  });

  test("is handled as a key of a policy", async () => {
    const file = join(await tempDir(), "policy.yaml");
    const key = JSON.stringify(word);
    for (const text of [
      `${key}: 1\n`,
      `version: 1\nservices:\n  ${key}:\n    requires: [getUsers]\n`,
      `version: 1\nservices:\n  a:\n    requires: [{ ${key}: getUsers }]\n    environments: { ${key}: { ${key}: x } }\n`,
    ]) {
      await writeFile(file, text);
      const argv = ["check-scopes", "--offline", "--policy", file, "--service", word, "--env", word];
      expectNoFault(word, await runCli(argv));
    }
  });

  test("is handled by the sandbox", async () => {
    const sandbox = await sandboxFor({ scenario: "healthy" });
    const body = {
      interval: "2026-10-01/2026-10-02",
      groupBy: [word],
      metrics: [word],
      filter: { type: "and", predicates: [{ dimension: word, value: "x" }] },
    };
    for (const path of ["conversations/aggregates", "conversations/details", "users/aggregates"]) {
      const { status } = await fetch(`${sandbox.url}/api/v2/analytics/${path}/query`, {
        method: "POST",
        headers: { authorization: `Bearer ${sandbox.accessToken ?? ""}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      expect({ word, path, status }).not.toMatchObject({ status: 500 });
    }
  });
});
