import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { json, sandboxFor } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { runCli } from "../../../support/run-cli.ts";
import { stillClock } from "../../../support/still-clock.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";
const DETAIL_JOB = "POST /api/v2/analytics/conversations/details/jobs";

/** Returns a function that runs a check with an HTML report at a fixed time. */
async function stage() {
  const clock = stillClock(Date.UTC(2026, 10, 20, 8, 30));
  const sandbox = await sandboxFor({ scenario: "default" }, clock);
  const env = credentialsFor(sandbox);
  const directory = await tempDir();
  const check = async (words: readonly string[], name = "report.html") => {
    const file = join(directory, name);
    const run = await runCli(["check-scopes", ...words, "--report", `html=${file}`], {
      env,
      ports: { clock },
    });
    return { ...run, html: await readFile(file, "utf8") };
  };
  return { env, check };
}

test("the HTML report names the owner of the token, the organization, the host, the time and the catalog", async () => {
  const { env, check } = await stage();
  const { exitCode, html } = await check([DETAIL_QUERY]);
  expect(exitCode).toBe(3);
  const facts = [...html.replaceAll("<wbr>", "").matchAll(/<dt>(.*?)<\/dt><dd>(.*?)(?:<br>|<\/dd>)/g)].map(
    ([, ...fact]) => fact,
  );
  expect(facts).toEqual([
    ["OAuth client", "Reporting service"],
    ["Organization", "Example Contact Center"],
    ["Host", String(env["GENESYSCLOUD_REGION"])],
    ["Time", "2026-11-20"],
    ["Catalog", expect.stringMatching(/^2026-\d\d-\d\d$/)],
  ]);
  for (const secret of ["GENESYSCLOUD_OAUTHCLIENT_SECRET", "GENESYSCLOUD_ACCESS_TOKEN"]) {
    if (env[secret] !== undefined) expect(html).not.toContain(env[secret]);
  }
});

test("the HTML report contains the message for the administrator, which stdout shows only with --request", async () => {
  const { check } = await stage();
  const plain = await check([DETAIL_QUERY, "--json"]);
  const asked = await check([DETAIL_QUERY, "--json", "--request"]);
  const lines = json(asked.json).at("request.lines");
  expect(json(plain.json).at("request")).toBeNull();
  expect(lines).toContain("Thank you.");
  expect(plain.html).toContain("Thank you.</pre>");
  expect(plain.html).toBe(asked.html);
});

test("the HTML report lists a fix for several checks once, and each check refers to it", async () => {
  const { check } = await stage();
  const { html } = await check([DETAIL_QUERY, DETAIL_JOB]);
  expect(html.match(/assign role &quot;Conversation Detail Reader&quot;/g)).toHaveLength(2);
  const cards = html.match(/<article.*?<\/article>/gs) ?? [];
  expect(cards).toHaveLength(2);
  for (const card of cards) expect(card).toMatch(/Together with other checks: <a href="#fix-\d">/);
});
