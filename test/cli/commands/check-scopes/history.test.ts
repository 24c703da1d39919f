import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { asRecord } from "../../../../src/core/json.ts";
import { json, launchSandbox } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { runCli } from "../../../support/run-cli.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const DETAILS = "POST /api/v2/analytics/conversations/details/query";
const QUEUE = "PUT /api/v2/routing/queues/{queueId}";
const DAY_MS = 86_400_000;

/** Starts the scenario `stopped`, which has a history. */
async function stoppedWorld(settings: object = {}) {
  const sandbox = await launchSandbox({ scenario: "stopped" });
  onTestFinished(() => sandbox.close());
  const act = (action: string, fields: object = {}) => asRecord(sandbox.act({ action, ...fields }));
  act("settings.patch", { settings: { jobPolls: 0, ...settings } });
  const env = credentialsFor(sandbox);
  return {
    act,
    sandbox,
    run: async (...words: readonly string[]) => await runCli(["check-scopes", ...words], { env }),
  };
}

function daysAgo(text: string): number {
  return (Date.now() - Date.parse(text)) / DAY_MS;
}

describe("check-scopes --history", () => {
  test("names the change that caused a denial, with its author, and does not change the exit code", async () => {
    const { run } = await stoppedWorld();
    const { exitCode, json: document } = await run(DETAILS, "--history", "14d", "--json");
    expect(exitCode).toBe(3);
    const history = json(document);
    expect(history.at("history.source")).toBe("realtime");
    expect(history.at("history.verdicts.0")).toMatchObject({
      name: DETAILS,
      verdict: "denied",
      state: "known",
      before: "allowed",
    });
    expect(daysAgo(history.text("history.verdicts.0.since"))).toBeCloseTo(3, 1);
    expect(history.text("history.verdicts.0.summary")).toMatch(
      /^denied since \d{4}-[\d-]+T[\d:.]+Z: role "Reporting Details" lost the permission analytics:conversationDetail:view, by Platform administrator; allowed before$/,
    );
    const times = history.each("history.changes", "at").map(String);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(history.each("history.changes", "summary")).toEqual([
      'role "Queue Keeper" was granted in Sales',
      'role "Queue Keeper" was revoked in every division',
      'role "Reporting Details" lost the permission analytics:conversationDetail:view',
      'role "Queue Keeper" was granted in every division',
      'role "Queue Keeper" was created',
    ]);
  });

  test("treats a revocation and a grant within a minute as one change", async () => {
    const { run } = await stoppedWorld();
    const { json: document } = await run(QUEUE, "--history", "14d", "--json");
    expect(json(document).at("history.verdicts.0")).toMatchObject({
      verdict: "conditional",
      state: "known",
      before: "allowed",
    });
    expect(daysAgo(json(document).text("history.verdicts.0.since"))).toBeCloseTo(20 / 24, 1);
  });

  test("reports that a verdict is older than the given period", async () => {
    const { run } = await stoppedWorld();
    const { json: document, stdout } = await run(DETAILS, "--history", "2d", "--json");
    expect(json(document).at("history.verdicts.0")).toMatchObject({ state: "longer", since: null });
    expect(stdout).toContain("denied since before");
  });

  test("prints a table without --json", async () => {
    const { run } = await stoppedWorld();
    const { stdout } = await run(DETAILS, QUEUE, "--history", "14d");
    expect(stdout).toContain(`${DETAILS}: denied since`);
    expect(stdout).toContain(`${QUEUE}: conditional since`);
    expect(stdout).toMatch(/^[\d-]+T[\d:.]+Z\trole "Queue Keeper" was created\tPlatform administrator$/m);
  });

  test("uses the asynchronous audit query for a long period, or when the realtime query does not cover roles", async () => {
    const { run, act } = await stoppedWorld();
    for (const [length, services] of [
      ["30d", ["PeoplePermissions"]],
      ["14d", ["Architect"]],
    ] as const) {
      act("settings.patch", { settings: { realtimeAuditServices: services } });
      const { json: document } = await run(DETAILS, "--history", length, "--json");
      expect(json(document).at("history.source")).toBe("query");
      expect(json(document).at("history.verdicts.0.state")).toBe("known");
    }
  });

  test("gives no time when the audits do not say what changed", async () => {
    const { run } = await stoppedWorld({ auditChanges: "absent" });
    const { json: document } = await run(DETAILS, "--history", "14d", "--json");
    expect(json(document).at("history.verdicts.0")).toMatchObject({ state: "at-latest", before: null });
    expect(json(document).text("history.verdicts.0.summary")).toContain(
      "or longer: the audit does not show whether that change made the difference",
    );
  });

  test("keeps the verdict when the login may not read audits, and names the permission to read them", async () => {
    const { run, act } = await stoppedWorld();
    act("role.upsert", { name: "Audit Reader", permissions: [] });
    const { exitCode, json: document } = await run(DETAILS, "--history", "14d", "--json");
    expect(exitCode).toBe(3);
    expect(json(document).at("summary.denied")).toBe(1);
    expect(json(document).at("history")).toMatchObject({
      source: null,
      changes: [],
      verdicts: [],
      unreadable: { permissions: ["audits:audit:view"], scopes: ["audits:readonly"] },
    });
    expect((await run(DETAILS, "--history", "14d")).stdout).toContain("(audits:audit:view would show it)");
  });

  test("finds when an app lost a scope", async () => {
    const { sandbox, act } = await stoppedWorld();
    const client = "Agent workbench";
    const { scope } = act("client.update", { client }) as { scope: readonly string[] };
    act("client.update", { client, scope: [...scope, "audits:readonly", "oauth:readonly"] });
    act("role.upsert", { name: "Auditing", permissions: ["audits:audit:view", "oauth:client:view"] });
    act("role.grant", { subject: "Reporting analyst", role: "Auditing", division: "*" });
    const token = act("token.mint", { client, user: "Reporting analyst" })["access_token"];
    const env = { GENESYSCLOUD_REGION: sandbox.url, GENESYSCLOUD_ACCESS_TOKEN: String(token) };
    const { json: document } = await runCli(["check-scopes", DETAILS, "--history", "14d", "--json"], { env });
    expect(json(document).at("results.0")).toMatchObject({ verdict: "denied", layer: "scope" });
    expect(json(document).at("history.verdicts.0")).toMatchObject({ state: "known", verdict: "denied" });
    expect(daysAgo(json(document).text("history.verdicts.0.since"))).toBeCloseTo(5, 1);
  });

  test("names the access policy that caused a denial", async () => {
    const { run, act } = await stoppedWorld();
    const QUEUES = "GET /api/v2/routing/queues";
    const policy = { name: "No queues", target: "routing:queue:view", applyToClients: true };
    act("policy.upsert", { ...policy, subject: "Reporting service", by: "Platform administrator" });
    const { json: document } = await run(QUEUES, "--history", "14d", "--json");
    expect(json(document).text("history.verdicts.0.summary")).toMatch(
      /^denied since \S+Z: access policy "No queues" was created, by Platform administrator; allowed before$/,
    );
    expect(json(document).at("history.notCovered")).toEqual([]);
    act("policy.upsert", { ...policy, subject: "Reporting service", enabled: false });
    const changed = await run(QUEUES, "--history", "14d", "--json");
    expect(json(changed.json).text("history.verdicts.0.summary")).toMatch(
      /^allowed since \S+Z or longer: the audit does not show whether that change made the difference \(access policy "No queues" changed/,
    );
  });

  test("names the kinds of changes that the organization's audits do not list", async () => {
    const { run } = await stoppedWorld({ unauditedServices: ["PeoplePermissions"] });
    const result = await run(DETAILS, "--history", "14d", "--json");
    expect(json(result.json).each("history.notCovered", "what")).toEqual(["access policies"]);
    expect(json(result.json).text("history.verdicts.0.summary")).toMatch(/, as far as the audits cover it$/);
    const { stdout } = await run(DETAILS, "--history", "14d");
    expect(stdout).toMatch(/^not covered: changes to access policies: the organization's audits list no/m);
  });

  describe("of a user", () => {
    const USER = "Reporting analyst";
    const WRAPUP = ["--permission", "routing:wrapupCode:add"];

    async function userWorld(settings: object = {}) {
      const world = await stoppedWorld(settings);
      const READER = [
        "audits:audit:view",
        "oauth:client:view",
        "directory:user:view",
        "oauth:client:authorize",
      ];
      world.act("role.upsert", { name: "Audit Reader", permissions: READER });
      const since = async () => {
        const result = await world.run("--user", USER, ...WRAPUP, "--history", "14d", "--json");
        return { ...result, ...Object(json(result.json).at("history.verdicts.0")) };
      };
      return { ...world, since };
    }

    test("names the group that the user left six days ago", async () => {
      const { run } = await userWorld();
      const words = ["--user", USER, "--permission", "quality:survey:view", "--history", "14d", "--json"];
      const { json: document } = await run(...words);
      expect(json(document).text("history.verdicts.0.summary")).toMatch(
        /^denied since \S+: the user left group "Quality team", by Platform administrator; allowed before$/,
      );
      expect(daysAgo(json(document).text("history.verdicts.0.since"))).toBeCloseTo(6, 1);
    });

    test("does not cover groups where audits do not list them", async () => {
      const { since } = await userWorld({ unauditedServices: ["Groups"] });
      const result = await since();
      expect(json(result.json).each("history.notCovered", "what")).toContain("members of groups");
      expect(result.summary).toMatch(/, as far as the audits cover it$/);
    });
  });

  test("is part of every report, and so is the reason when it is missing", async () => {
    const { run, act } = await stoppedWorld();
    const directory = await tempDir();
    const kinds = ["html", "markdown", "junit", "sarif"];
    const files = kinds.map((kind) => join(directory, kind));
    const reports = kinds.flatMap((kind, index) => ["--report", `${kind}=${files[index]}`]);
    await run(DETAILS, "--history", "14d", ...reports);
    for (const file of files) {
      expect((await readFile(file, "utf8")).replaceAll("&quot;", '"')).toMatch(
        /denied since 2\d{3}-.*by Platform/,
      );
    }
    act("role.upsert", { name: "Audit Reader", permissions: [] });
    await run(DETAILS, "--history", "14d", ...reports);
    for (const file of files) expect(await readFile(file, "utf8")).toMatch(/history not readable: /);
  });

  test("is null without `--history`", async () => {
    const { run } = await stoppedWorld();
    expect(json((await run(DETAILS, "--json")).json).at("history")).toBeNull();
  });

  test.each<[readonly string[], string]>([
    [["--history", "0d"], "`0d` is not a valid history length (--history)"],
    [["--history", "91d"], "`91d` is not a valid history length (--history)"],
    [["--history", "fortnight"], "`fortnight` is not a duration (--history)"],
    [
      ["--history", "14d", "--offline"],
      "`--history` and `--offline` cannot be combined: one needs a token, the other uses none",
    ],
    [
      ["--history", "14d", "--as-of", "2027-03-01"],
      "`--as-of` and `--history` cannot be combined: audits cover only the past",
    ],
  ])("%j is a usage error", async (words, message) => {
    const { exitCode, stderr } = await runCli(["check-scopes", DETAILS, ...words]);
    expect([exitCode, stderr.split("\n")[0]]).toEqual([2, `error: ${message}`]);
  });
});
