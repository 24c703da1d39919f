import { describe, expect, test } from "vitest";
import { call, json } from "../../../sandbox/client.ts";
import { byName, clientsWorld } from "../../../support/clients-world.ts";
import { runCli } from "../../../support/run-cli.ts";

/** The expected verdict on every client of the scenario. */
const VERDICTS: Readonly<Record<string, string>> = {
  "Access auditor": "not seen",
  Administration: "not seen",
  "Agent workbench": "not seen",
  "Beta integration": "excess?",
  "Blind transfer helper": "expiring?",
  "CRM side panel": "not seen",
  "Data warehouse loader": "excess?",
  "Forgotten pilot": "not seen",
  "Impatient poller": "failing",
  "Leaving survey app": "expiring",
  "Nightly queue sync": "excess?",
  "Old agent dashboard": "deprecated-grant, excess?",
  "Own agent desktop": "excess?",
  "Recording archive": "failing",
  "Reporting service": "not seen",
  "Sales provisioning": "excess?",
  "Shift trade bot": "ok",
  "Switched-off importer": "unused",
};

describe("the inventory of clients", () => {
  test("finds the fault of each client in the sandbox", async () => {
    const { run } = await clientsWorld();
    const result = await run("--json");
    expect(result.exitCode).toBe(0);
    // The sync client holds a permission to list users that no operation requires any longer.
    expect(byName(result, "verdict")).toEqual(VERDICTS);
  });

  test("matches the calls that the sandbox recorded, even those of a vendor's app", async () => {
    const { run, sandbox } = await clientsWorld();
    const { json: document } = await run("--json", "--days", "45");
    const first = json(document).text("window.firstDay");
    const truth = new Map<string, number>();
    const { value } = await call(sandbox, "GET /sandbox/truth/usage");
    for (const count of (value as { counts: Record<string, string | number>[] }).counts) {
      const { day = "", clientId = "" } = count;
      if (day < first || day > json(document).text("window.lastDay")) continue;
      const sum = ["status200", "status300", "status400", "status500"].map((name) => Number(count[name]));
      truth.set(
        String(clientId),
        sum.reduce((a, b) => a + b, truth.get(String(clientId)) ?? 0),
      );
    }
    const shown = ["clients", "unlisted"].flatMap((list) => {
      const ids = json(document).each(`organizations.0.${list}`, "id");
      const calls = json(document).each(`organizations.0.${list}`, "totals.requests");
      return ids.map((id, index) => [id, calls[index]] as const);
    });
    expect(Object.fromEntries(shown.filter(([, calls]) => calls !== 0))).toEqual(Object.fromEntries(truth));
    expect(json(document).each("organizations.0.unlisted", "name")).toEqual(["Consulting toolbox"]);
  });

  test("reads more than 90 days of API usage in several queries", async () => {
    const { run, act } = await clientsWorld();
    const operation = "GET /api/v2/routing/queues";
    act("usage.record", { client: "Forgotten pilot", operation, count: 7, daysAgo: 199 });
    const { json: document } = await run("Forgotten pilot", "--days", "200", "--json");
    expect(json(document).at("organizations.0.clients.0.totals.requests")).toBe(7);
  });

  test("lists breaking findings first, then harmless ones, and shows every verdict in full at 80 columns", async () => {
    const { env } = await clientsWorld();
    const { stdout } = await runCli(["clients"], { env, columns: 80 });
    const rows = stdout.split("\n");
    const rowOf = (name: string) => rows.findIndex((row) => row.startsWith(name));
    expect(rows[rowOf("Old agent")]).toContain("deprecated-grant, excess?");
    expect(rowOf("Blind transfer")).toBeGreaterThan(rowOf("Switched-off"));
    expect(rowOf("Blind transfer")).toBeLessThan(rowOf("Access auditor"));
  });

  test("shows the grant TOKEN as implicit", async () => {
    const { run } = await clientsWorld();
    const { stdout } = await run("Old agent dashboard");
    expect(stdout).toMatch(/^grant +implicit$/m);
    expect(stdout).toContain("the platform announced the end of the implicit grant");
  });

  test("names the rate limit of a client that exceeds it", async () => {
    const { run } = await clientsWorld();
    const { stdout } = await run("Impatient poller");
    expect(stdout).toContain("27,000 calls exceeded the rate limit (429)");
  });

  test("shows a table with roles, divisions, scopes and age", async () => {
    const { run } = await clientsWorld();
    const { stdout, stderr } = await run("-o", "wide");
    expect(stdout).toMatch(
      /^Sales provisioning\texcess\?\t300\t0 %\t-\tclient-credentials\tactive\tSales queues \(Sales\); Skill keeper \(all\)\t-\t[\d-]+\t320 d\t/m,
    );
    expect(stdout).toMatch(
      /^Old agent dashboard\t.*\troles of each user\tanalytics:readonly routing:readonly\t/m,
    );
    expect(stdout).toMatch(/^Consulting toolbox\tnot listed here\t750\t/m);
    expect(stderr).toContain("neither mark proves that something is unused");
  });

  test("lists the clients that will break by day", async () => {
    const { run } = await clientsWorld();
    const { stdout } = await run();
    expect(stdout).toMatch(
      /^what breaks next\n {2}[\d-]+ {2}1 client: Leaving survey app\n.*\n {2}2027-03 {2}1 client: Old agent dashboard\n.*\n {2}2028-05-01 {2}1 client: Blind transfer helper$/m,
    );
  });

  test("never contains a secret, even when the service sends one", async () => {
    const { run, sandbox } = await clientsWorld({ listsClientSecrets: true });
    const listed = await call(sandbox, "GET /sandbox/state");
    const secrets = (listed.each("organizations", "clients") as { secret: string }[][])
      .flat()
      .map(({ secret }) => secret);
    expect(secrets.length).toBeGreaterThan(15);
    for (const words of [["--json"], ["-o", "wide"], ["Nightly queue sync", "--json"], ["--verbose"]]) {
      const { stdout, stderr } = await run(...words);
      expect(secrets.filter((secret) => (stdout + stderr).includes(secret))).toEqual([]);
    }
  });

  test("takes at most 1.2 times the fewest possible requests for 200 clients and 30 days", async () => {
    const { act, run, sandbox } = await clientsWorld();
    const operations = [...Array(12).keys()].map((index) => `GET /api/v2/routing/queues/{queueId}/x${index}`);
    act("role.upsert", { name: "Shared", permissions: ["routing:queue:view"] });
    for (let index = 0; index < 184; index += 1) {
      const client = `Client ${index}`;
      act("client.upsert", { name: client });
      act("role.grant", { subject: client, role: "Shared", division: "*" });
      for (const operation of operations) act("usage.record", { client, operation, days: 30 });
    }
    const before = (await call(sandbox, "GET /sandbox/requests")).each("requests", "path").length;
    const result = await run("--json");
    const seen = (await call(sandbox, "GET /sandbox/requests")).each("requests", "path").slice(before);
    expect(json(result.json).each("organizations.0.clients", "id").length).toBeGreaterThanOrEqual(200);
    // Every row of a client, operation and month must be read, at most 1,000 per page.
    const firstDay = json(result.json).text("window.firstDay");
    const { value } = await call(sandbox, "GET /sandbox/truth/usage");
    const rows = new Set(
      (value as { counts: Record<string, string>[] }).counts
        .filter(({ day = "" }) => day >= firstDay && day <= json(result.json).text("window.lastDay"))
        .map(({ day = "", clientId, method, templateUri }) =>
          [day.slice(0, 7), clientId, method, templateUri].join(" "),
        ),
    );
    const login = 1;
    const lists = ["clients", "roles", "divisions", "permissions", "policies"].length;
    const queries = 2;
    const least = login + lists + queries + Math.ceil(rows.size / 1_000) + 1;
    expect(seen.length).toBeGreaterThanOrEqual(least);
    expect(seen.length).toBeLessThanOrEqual(least * 1.2);
  }, 120_000);
});

describe("a login with few permissions", () => {
  const permissionsOf = async (permissions: readonly string[]) => {
    const world = await clientsWorld();
    world.act("role.upsert", { name: "Access auditor", permissions });
    return world;
  };

  test("leads to the name of the permission to read roles, and no permission is reported as unused", async () => {
    const { run } = await permissionsOf(["oauth:client:view"]);
    const result = await run("--json");
    expect(json(result.json).each("organizations.0.unreadable", "what")).toEqual([
      "roles",
      "access policies",
    ]);
    expect(json(result.json).each("organizations.0.unreadable", "permissions")).toEqual([
      ["authorization:role:view"],
      ["authorization:policy:view"],
    ]);
    const { "Data warehouse loader": loader, "Impatient poller": poller } = byName(result, "verdict");
    // The older usage query accepts a login that is allowed to view clients.
    expect([loader, poller]).toEqual(["unknown", "failing"]);
    expect((await run()).stdout).toContain("(authorization:role:view would show more)");
  });

  test("that may read only API usage lists the clients with calls and exits with 5", async () => {
    const { run } = await permissionsOf(["usage:organization:view", "authorization:role:view"]);
    const result = await run("--json");
    expect(result.exitCode).toBe(5);
    expect(Object.keys(byName(result, "verdict"))).toContain("Consulting toolbox");
    expect(byName(result, "state")["Nightly queue sync"]).toBeNull();
    expect(byName(result, "verdict")["Nightly queue sync"]).toBe("unknown");
  });

  test("that may not read API usage yields no counts of calls, and exits with 5", async () => {
    const { run, act } = await clientsWorld();
    act("fault.add", { method: "POST", path: "/api/v2/usage", kind: "status", status: 403, times: 100 });
    const result = await run("--json", "--fail-on", "unused,excess,failing");
    expect([...new Set(Object.values(byName(result, "totals")))]).toEqual([null]);
    expect(result.exitCode).toBe(5);
  });
});

describe("the calls in the API usage", () => {
  test.each<[string, object, string]>([
    ["days without any request", { usageMissingDays: [dayAgo(3)] }, "missing-days"],
    ["a truncated response", { usageMostRows: 4 }, "cut-short"],
  ])("may be incomplete after %s", async (_name, settings, kind) => {
    const { act, run } = await clientsWorld(settings);
    if (kind === "cut-short")
      act("role.upsert", { name: "Access auditor", permissions: ["oauth:client:view"] });
    const result = await run("--json");
    const openings = byName(result, "openings") as Record<string, { kind: string }[]>;
    expect(openings["Switched-off importer"]?.map((opening) => opening.kind)).toContain(kind);
    expect(byName(result, "verdict")["Switched-off importer"]).toBe("not seen");
  });

  test("are matched to the catalog even when path parameters have other names", async () => {
    const { run } = await clientsWorld({ usageTemplates: "other-names" });
    const { json: document } = await run("Sales provisioning", "--json");
    expect(json(document).each("organizations.0.clients.0.details.operations", "operationId")).toEqual([
      "getRoutingQueue",
      "putRoutingQueue",
    ]);
  });
});

describe("the flags of `clients`", () => {
  test.each<[readonly string[], number]>([
    [["--fail-on", "failing"], 3],
    [["--fail-on", "deprecated-grant"], 3],
    [["--fail-on", "expiring"], 3],
    [["--fail-on", "excess"], 5],
    [["Forgotten pilot", "--fail-on", "unused"], 5],
    [["Switched-off importer", "--fail-on", "unused"], 3],
    [["Shift trade bot", "--fail-on", "unused,excess,failing,deprecated-grant,expiring"], 0],
  ])("%j exits with %i", async (words, expected) => {
    const { run } = await clientsWorld();
    expect((await run(...words)).exitCode).toBe(expected);
  });

  test.each<[readonly string[], string]>([
    [["--days", "0"], "`0` is not a number of days (--days)"],
    [["--days", "366"], "`366` is not a number of days (--days)"],
    [["--as-of", "2027-02-30"], "`2027-02-30` is not a day (--as-of)"],
    [["--as-of", "2020-01-01"], "`2020-01-01` is in the past (--as-of)"],
    [["--fail-on", "weather"], "`weather` is not a finding (--fail-on)"],
    [["--emit", "role"], "`--emit` needs one client"],
    [["X", "--include-refused"], "`--include-refused` affects only what `--emit` prints"],
    [["X", "--emit", "role", "--profile", "a,b"], "`--emit` needs one profile"],
  ])("%j is a usage error", async (words, message) => {
    const { exitCode, stderr } = await runCli(["clients", ...words]);
    expect([exitCode, stderr.split("\n")[0]]).toEqual([2, `error: ${message}`]);
  });

  test.each<[string, string, string]>([
    ["Nightly", "there is no OAuth client `Nightly`", "did you mean `Nightly queue sync`?"],
    ["zzzzzz", "there is no OAuth client `zzzzzz`", "list them: genscope clients"],
  ])("an unknown client leads to a hint: %s", async (name, message, hint) => {
    const { run } = await clientsWorld();
    expect(await run(name)).toMatchObject({
      exitCode: 2,
      stderr: `error: ${message}\n\nhint: ${hint}\n`,
    });
  });

  test("a name that two clients share is refused with their ids", async () => {
    const { run, act } = await clientsWorld();
    const { id } = act("client.upsert", { name: "Nightly queue sync" });
    expect((await run("nightly queue sync")).stderr).toContain(String(id));
    expect((await run(String(id), "--json")).exitCode).toBe(0);
  });
});

function dayAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
