import { expect, test } from "vitest";
import { json } from "../sandbox/client.ts";
import { runCli } from "../support/run-cli.ts";

/** The command runs until it is interrupted; here it is at once. */
async function start(scenario: string, ...args: readonly string[]) {
  return runCli(["sandbox", "--scenario", scenario, ...args], { signal: AbortSignal.abort() });
}

test.each([
  // A service asks for a token by itself; a person needs the browser; some scenarios come with a token.
  [
    "missing-role",
    ["GENESYSCLOUD_REGION", "GENESYSCLOUD_OAUTHCLIENT_ID", "GENESYSCLOUD_OAUTHCLIENT_SECRET"],
    "genscope whoami",
  ],
  ["refresh-off", ["GENESYSCLOUD_REGION", "GENESYSCLOUD_OAUTHCLIENT_ID"], "genscope login --grant pkce"],
  ["scope-missing", ["GENESYSCLOUD_REGION", "GENESYSCLOUD_ACCESS_TOKEN"], "genscope whoami"],
])("scenario %s is pointed at with %j and tried with %s", async (scenario, names, command) => {
  const document = await start(scenario, "--json");
  expect(document.exitCode).toBe(0);
  expect(Object.keys(json(document.json).at("environment") as object)).toEqual(names);
  const text = (await start(scenario)).stdout;
  expect([...text.matchAll(/export (\w+)=/g)].map(([, name]) => name)).toEqual(names);
  expect(text).toContain(`Then try:\n  ${command}\n`);
});
