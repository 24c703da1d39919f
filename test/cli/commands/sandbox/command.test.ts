import { expect, test } from "vitest";
import { environmentFor } from "../../../../src/cli/commands/sandbox/command.ts";
import { systemClock } from "../../../../src/core/clock.ts";
import { json, sandboxFor } from "../../../sandbox/client.ts";
import { runCli } from "../../../support/run-cli.ts";

/** The command runs until it is interrupted; here it is at once. */
async function start(scenario: string, ...args: readonly string[]) {
  return runCli(["sandbox", "--scenario", scenario, ...args], { signal: AbortSignal.abort() });
}

test.each([
  // A service asks for a token by itself; a person needs the browser; some scenarios come with a token.
  [
    "missing-role",
    ["GENESYSCLOUD_REGION", "GENESYSCLOUD_OAUTHCLIENT_ID", "GENESYSCLOUD_OAUTHCLIENT_SECRET"],
    "genscope whoami --profile sandbox",
  ],
  [
    "refresh-off",
    ["GENESYSCLOUD_REGION", "GENESYSCLOUD_OAUTHCLIENT_ID"],
    "genscope login --grant pkce --profile sandbox",
  ],
  [
    "scope-missing",
    ["GENESYSCLOUD_REGION", "GENESYSCLOUD_ACCESS_TOKEN"],
    "genscope whoami --profile sandbox",
  ],
])("scenario %s is pointed at with %j and tried with %s", async (scenario, names, command) => {
  const document = await start(scenario, "--json");
  expect(document.exitCode).toBe(0);
  expect(Object.keys(json(document.json).at("environment") as object)).toEqual(names);
  const text = (await start(scenario)).stdout;
  expect([...text.matchAll(/export (\w+)=/g)].map(([, name]) => name)).toEqual(names);
  expect(text).toContain(`Then try:\n  ${command}\n`);
});

test("every suggested command names the profile `sandbox`", async () => {
  for (const scenario of ["missing-role", "refresh-off", "scope-missing"]) {
    const { stdout } = await start(scenario);
    const commands = [...stdout.matchAll(/^ *(genscope .*)$/gm)].map(([, command]) => command);
    expect(commands).toHaveLength(2);
    expect(commands.filter((command) => !command?.includes(" --profile sandbox"))).toEqual([]);
  }
});

test("a suggested command works with the suggested variables, although there is no such profile", async () => {
  const env = environmentFor(await sandboxFor({ scenario: "missing-role" }, systemClock));
  const { exitCode, stderr } = await runCli(["whoami", "--profile", "sandbox"], { env });

  expect([exitCode, stderr]).toEqual([
    0,
    "profile `sandbox` does not exist (--profile); using the client secret in GENESYSCLOUD_OAUTHCLIENT_SECRET\n",
  ]);
  // Without the region of the profile the credential has no host.
  const { GENESYSCLOUD_REGION: _region, ...partial } = env;
  expect((await runCli(["whoami", "--profile", "sandbox"], { env: partial })).exitCode).toBe(2);
});
