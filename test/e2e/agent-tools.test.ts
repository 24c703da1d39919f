import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { TOOLS } from "../../src/cli/commands/mcp/tools.ts";
import { EXIT_CODES } from "../../src/core/exit-codes.ts";
import { launchSandbox, sandboxFor } from "../sandbox/client.ts";
import { startAgent } from "../support/agent-client.ts";
import { AGENT_EVALUATIONS } from "../support/agent-evaluations.ts";
import { listCommands } from "../support/command-tree.ts";
import { credentialsFor } from "../support/credentials.ts";
import { fullDevice } from "../support/full-device.ts";
import { BIN, runGenscope, startGenscope } from "../support/genscope-process.ts";
import { findViolations, readSchemas } from "../support/json-schemas.ts";
import { runCli } from "../support/run-cli.ts";

const SKILL = readFileSync(join(import.meta.dirname, "../../src/cli/commands/mcp/skill/SKILL.md"), "utf8");
const QUEUES = "GET /api/v2/routing/queues";
const SCHEMAS = readSchemas();

test("the official client lists read-only tools with schemas of their documents", async () => {
  const { client } = await startAgent({});
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name));
  expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
  expect(tools.every(({ outputSchema }) => outputSchema !== undefined)).toBe(true);
  expect(client.getServerVersion()?.name).toBe("genscope");
});

test("every tool returns the document that its command prints", async () => {
  const sandbox = await sandboxFor({ scenario: "healthy" });
  const env = credentialsFor(sandbox);
  const agent = await startAgent(env);
  // After this call, the client checks each result against the schema in the list.
  await agent.client.listTools();
  const text = '{"status":403,"code":"missing.permissions","message":"[routing:queue:add]"}';
  const calls = {
    explain: [{ text, offline: true }, ["explain", "--offline"]],
    check: [
      { operations: [QUEUES], permissions: ["routing:queue:edit"] },
      ["check-scopes", QUEUES, "--permission", "routing:queue:edit"],
    ],
    whoami: [{}, ["whoami"]],
    clients: [{ days: 7 }, ["clients", "--days", "7"]],
    catalog_search: [
      { words: ["queue"], permission: "routing:queue:view", limit: 3 },
      ["catalog", "search", "queue", "--permission", "routing:queue:view", "--limit", "3"],
    ],
    catalog_show: [{ operations: [QUEUES] }, ["catalog", "show", QUEUES]],
  } as const;
  expect(Object.keys(calls)).toEqual(TOOLS.map(({ name }) => name));
  for (const [name, [given, argv]] of Object.entries(calls)) {
    const answer = await agent.call(name, given);
    const printed = await runCli([...argv, "--json"], { env, input: text });
    const volatile = { token: expect.anything() };
    expect([name, answer.value]).toEqual([
      name,
      name === "whoami" ? { ...Object(printed.json), ...volatile } : printed.json,
    ]);
    expect(answer.result._meta).toEqual({ "genscope/exitCode": printed.exitCode });
    expect(JSON.parse(String(Object(answer.result.content[0])["text"]))).toEqual(answer.value);
    const document = /^genscope\/(.+)\/v1$/.exec(answer.text("schema"))?.[1] ?? "";
    expect(findViolations(SCHEMAS.get(document), answer.value)).toEqual([]);
  }
});

test("a failed command becomes a tool error with the command's code and hint", async () => {
  const agent = await startAgent({});
  const unknown = await agent.call("check", { operations: ["GET /api/v2/nonsense/path"], offline: true });
  expect([unknown.isError, unknown.at("error.code")]).toEqual([true, "usage.unknown_operation"]);
  expect(unknown.text("error.hint")).not.toBe("");
  const loggedOut = await agent.call("whoami");
  expect([loggedOut.isError, loggedOut.at("schema")]).toEqual([true, "genscope/error/v1"]);
});

test("no argument of a tool becomes a flag of the command", async () => {
  const agent = await startAgent({});
  for (const [name, given] of [
    ["check", { operations: ["--scan=/etc", "--write-policy=/tmp/x"], offline: true }],
    ["catalog_search", { words: ["--region", "x"] }],
    ["catalog_show", { operations: ["-v"] }],
    ["clients", { client: "--report=junit=/tmp/x" }],
    ["clients", { rehearse: "--emit" }],
    ["check", { who: "--live" }],
    ["check", { list: "--report=junit=/tmp/x" }],
    ["check", { history: "--wait", operations: [QUEUES] }],
    ["explain", { text: "x", file: "/etc/passwd" }],
  ] as const) {
    const answer = await agent.call(name, given);
    expect([name, answer.isError, answer.at("error.code")]).toEqual([name, true, "usage.arguments"]);
  }
  const permission = await agent.call("check", { permissions: ["--live"], offline: true });
  expect(permission.at("error.code")).toBe("usage.unknown_permission");
});

test("no response of `mcp` contains a token or a secret", async () => {
  const sandbox = await sandboxFor({ scenario: "expired-token" });
  const env = credentialsFor(sandbox);
  const agent = await startAgent(env);
  const secrets = [env["GENESYSCLOUD_ACCESS_TOKEN"], env["GENESYSCLOUD_OAUTHCLIENT_SECRET"]].flatMap(
    (secret) => secret ?? [],
  );
  expect(secrets).toHaveLength(1);
  const text = `> ${QUEUES} HTTP/1.1\n> Authorization: Bearer ${secrets[0]}\n>\n< HTTP/1.1 401 Unauthorized\n`;
  const answers = [
    await agent.call("whoami"),
    await agent.call("explain", { text }),
    await agent.call("check", { operations: [QUEUES] }),
  ];
  for (const secret of secrets)
    expect(JSON.stringify(answers.map(({ result }) => result))).not.toContain(secret);
});

test.each([
  ["the end of its input", 0, null],
  ["Ctrl-C", 0, "SIGINT"],
] as const)("`mcp` ends at %s and writes nothing but protocol messages", async (_, exitCode, signal) => {
  const running = startGenscope(["mcp"], {}, signal === null ? { input: "" } : {});
  if (signal !== null) {
    running.type(
      `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "t", version: "1" } } })}\n`,
    );
    await running.firstOutput();
    running.interrupt(signal);
  }
  const { stdout, ...ending } = await running.ended;
  expect(ending).toEqual({ exitCode, stderr: "" });
  for (const line of stdout.split("\n").filter((each) => each !== "")) {
    expect(JSON.parse(line)).toMatchObject({ jsonrpc: "2.0" });
  }
});

test.each(["SIGTERM", "the end of its input"] as const)(
  "a tool call that waits for the service does not delay the end of `mcp` by %s",
  async (end) => {
    const sandbox = await launchSandbox({ scenario: "healthy" });
    sandbox.act({ action: "fault.add", path: "/api/v2", kind: "slow", times: 99, delayMs: 600_000 });
    const params = {
      protocolVersion: "2025-06-18",
      capabilities: {},
      clientInfo: { name: "t", version: "1" },
    };
    const input = [
      { id: 1, method: "initialize", params },
      { method: "notifications/initialized" },
      { id: 2, method: "tools/call", params: { name: "whoami", arguments: {} } },
    ]
      .map((message) => `${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`)
      .join("");
    const env = credentialsFor(sandbox);
    const running = startGenscope(["mcp"], env, end === "SIGTERM" ? {} : { input });
    if (end === "SIGTERM") {
      running.type(input);
      await running.firstOutput();
      running.interrupt(end);
    }
    expect(await running.ended).toMatchObject({ exitCode: 0, stderr: "" });
    await sandbox.close();
  },
);

test("tool calls that are running when the input ends get a response before `mcp` exits", async () => {
  const sandbox = await launchSandbox({ scenario: "healthy" });
  sandbox.act({ action: "fault.add", path: "/api/v2", kind: "slow", times: 1, delayMs: 1_500 });
  const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "t", version: "1" } };
  const input = [
    { id: 1, method: "initialize", params },
    { method: "notifications/initialized" },
    { id: 2, method: "tools/call", params: { name: "whoami", arguments: {} } },
  ]
    .map((message) => `${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`)
    .join("");
  const { stdout, exitCode } = await startGenscope(["mcp"], credentialsFor(sandbox), { input }).ended;
  const answers = stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { id: number; result?: { isError?: boolean } });
  expect(exitCode).toBe(0);
  expect(answers.map(({ id, result }) => [id, result?.isError ?? false])).toEqual([
    [1, false],
    [2, false],
  ]);
  await sandbox.close();
});

test.each(AGENT_EVALUATIONS.map((evaluation) => [evaluation.question, evaluation] as const))(
  "an agent can answer with the tools: %s",
  async (_, { scenario, calls, fact: [path, value] }) => {
    const sandbox = await sandboxFor({ scenario });
    const agent = await startAgent(credentialsFor(sandbox));
    let last = await agent.call("whoami");
    for (const { tool, arguments: given } of calls) last = await agent.call(tool, given);
    expect(last.at(path)).toEqual(value);
  },
);

test("the skill for agents names only commands, tools and exit codes that exist", async () => {
  const commands = new Set((await listCommands()).map(({ name }) => name));
  const named = [...SKILL.matchAll(/`genscope ([a-z-]+(?: (?:search|show))?)/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !commands.has(name))).toEqual([]);
  for (const { name } of TOOLS) expect(SKILL).toContain(`\`${name}\``);
  const codes = [...SKILL.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(codes.filter((code) => !new Set<number>(Object.values(EXIT_CODES)).has(code))).toEqual([]);
});

const START = [
  {
    id: 1,
    method: "initialize",
    params: {
      protocolVersion: "2025-06-18",
      capabilities: {},
      clientInfo: { name: "t", version: "1" },
    },
  },
  { method: "notifications/initialized" },
];

const linesOf = (messages: readonly object[]): string =>
  messages.map((message) => `${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`).join("");

test("the tool `explain` accepts a paste of 10 MiB", async () => {
  const agent = await startAgent({});
  const text = `{"code":"missing.permissions","status":403}\n`.repeat(240_000);
  const answer = await agent.call("explain", { text, offline: true });
  expect([answer.isError, answer.text("findings.0.code")]).toEqual([false, "missing.permissions"]);
});

test("`mcp` refuses lines that are not messages, and continues", async () => {
  const lines = ["garbage", '{"hello":1}', '{"jsonrpc":"2.0","id":1,"method":"ping"}'];
  const { stdout } = await runGenscope(["mcp"], {}, { input: `${lines.join("\n")}\n` });
  const answers = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  expect(answers).toEqual([
    { jsonrpc: "2.0", error: { code: -32700, message: "the line is not JSON" } },
    { jsonrpc: "2.0", error: { code: -32600, message: "the line is not a JSON-RPC 2.0 message" } },
    { jsonrpc: "2.0", id: 1, result: {} },
  ]);
});

test("`mcp` ends with an error after a message without an end", async () => {
  const { ended, type } = startGenscope(["mcp"], {});
  type(`${linesOf(START)}${"a".repeat(33 * 1024 * 1024)}`);
  const { exitCode, stderr } = await ended;
  expect([exitCode, stderr]).toEqual([
    2,
    "error: a message on standard input is larger than 32 MiB\n\nhint: shorten the text, or explain the file instead: genscope explain FILE\n",
  ]);
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "a long explanation does not delay the end of `mcp` by %s",
  async (signal) => {
    const running = startGenscope(["mcp"], {});
    const text = "the permission `routing:qeue1:view` is missing. ".repeat(100_000);
    const params = { name: "explain", arguments: { text, offline: true } };
    running.type(linesOf([...START, { id: 2, method: "tools/call", params }]));
    await running.firstOutput();
    await sleep(300);
    running.interrupt(signal);
    const late = sleep(10_000).then(() => ({ exitCode: "still running", stderr: "" }));
    const { exitCode, stderr } = await Promise.race([running.ended, late]);
    expect([signal === "SIGINT" ? [0] : [0, null], stderr]).toEqual([expect.arrayContaining([exitCode]), ""]);
  },
);

const device = await fullDevice();

test.skipIf(device === null)(
  "`mcp` ends with an error when a full disk prevents it from writing responses",
  async () => {
    const script = `exec "$0" "$@" >'${device}'`;
    const { exitCode, stderr } = await runGenscope(
      ["-c", script, process.execPath, BIN, "mcp"],
      {},
      {
        command: "/bin/sh",
        input: linesOf(START),
      },
    );
    expect([exitCode, stderr]).toEqual([1, "error: no space left for the output\n"]);
  },
);
