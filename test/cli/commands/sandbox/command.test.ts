import { expect, test } from "vitest";
import { environmentFor } from "../../../../src/cli/commands/sandbox/command.ts";
import { systemClock } from "../../../../src/core/clock.ts";
import { listScenarios } from "../../../../src/sandbox/scenarios/scenarios.ts";
import { call, json, requestToken, sandboxFor } from "../../../sandbox/client.ts";
import { withoutAgeWarning } from "../../../support/catalogue-age.ts";
import { runCli } from "../../../support/run-cli.ts";
import { tempDir } from "../../../support/temp-dir.ts";

/** Starts the sandbox command, and interrupts it as soon as it has printed its output. */
async function start(scenario: string, ...args: readonly string[]) {
  return runCli(["sandbox", "--scenario", scenario, ...args], { signal: AbortSignal.abort() });
}

/** Returns the interval of the last 24 hours. */
function lastDay(): string {
  const now = systemClock.now();
  return `${new Date(now - 86_400_000).toISOString()}/${new Date(now).toISOString()}`;
}

test("the commands that `sandbox` suggests fit the topic of the scenario", async () => {
  expect((await start("clients")).stdout).toContain("  genscope whoami\n  genscope clients\n");
  expect((await start("stopped")).stdout).toMatch(/^ {2}genscope check-scopes .* --history 14d$/m);
});

test("the help of `sandbox` names exactly the scenarios with a browser login", async () => {
  const { stdout } = await runCli(["sandbox", "--help"]);
  const [, named = ""] = /The scenarios ([^:]*?)\s+have\s+an\s+app/.exec(stdout) ?? [];
  const logins: string[] = [];
  for (const { name } of listScenarios()) {
    const { client, accessToken, close } = await sandboxFor({ scenario: name }, systemClock);
    if (client.grantType === "CODE" && accessToken === null) logins.push(name);
    await close();
  }
  expect(named.split(/,?\s+(?:and\s+)?/).toSorted()).toEqual(logins.toSorted());
});

test.each([
  // A client requests its own token, a user needs the browser, and some scenarios provide a token.
  [
    "missing-role",
    ["GENESYSCLOUD_REGION", "GENESYSCLOUD_OAUTHCLIENT_ID", "GENESYSCLOUD_OAUTHCLIENT_SECRET"],
    "genscope whoami",
  ],
  [
    "refresh-off",
    ["GENESYSCLOUD_REGION", "GENESYSCLOUD_OAUTHCLIENT_ID"],
    "genscope login --grant pkce --profile sandbox",
  ],
  ["scope-missing", ["GENESYSCLOUD_REGION", "GENESYSCLOUD_ACCESS_TOKEN"], "genscope whoami"],
])("scenario %s sets the variables %j and suggests %s", async (scenario, names, command) => {
  const document = await start(scenario, "--json");
  expect(document.exitCode).toBe(0);
  expect(Object.keys(json(document.json).at("environment") as object)).toEqual(names);
  const text = (await start(scenario)).stdout;
  expect([...text.matchAll(/export (\w+)=/g)].map(([, name]) => name)).toEqual(names);
  expect(text).toContain(`Then try:\n\n  ${command}\n`);
});

test("only the login that `sandbox` suggests and the commands after it name the profile `sandbox`", async () => {
  for (const [scenario, isNamed] of [
    ["missing-role", false],
    ["refresh-off", true],
    ["scope-missing", false],
  ] as const) {
    const { stdout } = await start(scenario);
    const commands = [...stdout.matchAll(/^ *(genscope .*)$/gm)].map(([, command]) => command);
    expect(commands).toHaveLength(2);
    expect(commands.filter((command) => command?.includes(" --profile sandbox") !== isNamed)).toEqual([]);
  }
});

test.each([
  ["default", true],
  ["missing-role", true],
  ["availability-only", true],
  ["unreadable", true],
  ["stopped", true],
  ["division", true],
  ["healthy", false],
  ["clients", false],
  ["scope-missing", false],
  ["access-policy", false],
])("scenario %s shows an admin action that gives a role to the client: %s", async (scenario, isShown) => {
  const { stdout } = await start(scenario);
  const [, change] = /^ {2}curl -s http:\S+\/sandbox\/actions -d '(.*)'$/m.exec(stdout) ?? [];
  expect(change !== undefined).toBe(isShown);
  if (change === undefined) return;
  const sandbox = await sandboxFor({ scenario }, systemClock);
  const body: unknown = JSON.parse(change);
  expect(body).toMatchObject({ subject: sandbox.client.id });
  expect((await call(sandbox, "POST /sandbox/actions", { body })).status).toBe(200);
  const login = await requestToken(sandbox, sandbox.client.id, sandbox.client.secret);
  const query = sandbox.operation.startsWith("GET ") ? {} : { body: { interval: lastDay() } };
  const token = login.text("access_token");
  expect((await call(sandbox, sandbox.operation, { token, ...query })).status).toBe(200);
  const env = environmentFor(sandbox);
  expect((await runCli(["check-scopes", ...sandbox.operation.split(" ")], { env })).exitCode).not.toBe(3);
});

test.each(["missing-role", "scope-missing"])(
  "with only the suggested variables, the suggested commands of %s work and print no warning",
  async (scenario) => {
    const sandbox = await sandboxFor({ scenario }, systemClock);
    const env = environmentFor(sandbox);
    const { exitCode, stderr } = await runCli(["whoami"], { env });
    expect([exitCode, withoutAgeWarning(stderr)]).toEqual([0, ""]);
    expect((await runCli(["check-scopes", ...sandbox.operation.split(" ")], { env })).exitCode).toBe(3);
    // Without a region, it is unknown to which host the credential belongs.
    const { GENESYSCLOUD_REGION: _region, ...partial } = env;
    expect((await runCli(["whoami", "--profile", "sandbox"], { env: partial })).exitCode).toBe(2);
  },
);

test("every command that scenario `healthy` suggests works with the suggested variables", async () => {
  const sandbox = await sandboxFor({ scenario: "healthy", conversations: 500 }, systemClock);
  const env = environmentFor(sandbox);
  const { stdout } = await start("healthy");
  const commands = [...stdout.matchAll(/^ *genscope (.*)$/gm)].map(([, command = ""]) => command);
  expect(commands.map((command) => command.split(" ")[0])).toEqual([
    "whoami",
    "check-scopes",
    "query",
    "query",
    "export",
  ]);
  const directory = await tempDir();
  for (const command of commands) {
    const argv = command.replace("--out yesterday", `--out ${directory}/yesterday`).split(" ");
    const { exitCode, stderr } = await runCli(argv, { env });
    // The data of yesterday's last hours may not be available yet.
    expect([0, 8], `${command}\n${stderr}`).toContain(exitCode);
  }
});
