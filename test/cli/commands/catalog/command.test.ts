import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { cacheFileOf } from "../../../../src/catalogue/facts/cache-file.ts";
import { launchSandbox } from "../../../sandbox/client.ts";
import { serve } from "../../../support/loopback-server.ts";
import { type RunResult, runCli } from "../../../support/run-cli.ts";

type Catalog = (...argv: readonly string[]) => Promise<RunResult>;

interface User {
  readonly catalog: Catalog;
  readonly directory: string;
  readonly url: string;
}

/** Returns a user with an empty cache and the platform at `url`. */
async function userOf(url = "us-east-1"): Promise<User> {
  const directory = await mkdtemp(join(tmpdir(), "genscope-catalog-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const env = { GENSCOPE_CONFIG_DIR: directory, GENESYSCLOUD_REGION: url };
  return { directory, url, catalog: async (...argv) => await runCli(["catalog", ...argv], { env }) };
}

async function sandboxUser(): Promise<User> {
  const sandbox = await launchSandbox();
  onTestFinished(() => sandbox.close());
  return await userOf(sandbox.url);
}

describe("catalog search", () => {
  test("finds operations by words and names the source", async () => {
    const { catalog } = await userOf();
    expect(await catalog("search", "analytics", "conversations", "details", "query")).toMatchObject({
      exitCode: 0,
      stdout: [
        "Method\tPath\tPermissions\tScopes",
        "POST\t/api/v2/analytics/conversations/details/query\tanalytics:conversationDetail:view or analytics:agentConversationDetail:view\tanalytics or analytics:readonly",
        "",
      ].join("\n"),
      stderr: "1 found in the packaged catalog of 2026-09-16\n",
    });
  });

  test("prints one JSON document with --json", async () => {
    const { catalog } = await userOf();
    const { json, exitCode } = await catalog(
      "search",
      "--json",
      "--limit",
      "1",
      "--permission",
      "ROUTING:queue:add",
    );
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({
      schema: "genscope/catalog-search/v1",
      catalogue: { origin: "packaged", date: "2026-09-16" },
      total: 1,
      operations: [
        {
          method: "POST",
          path: "/api/v2/routing/queues",
          operationId: "postRoutingQueues",
          tag: "Routing",
          permissionMode: "ANY",
          permissions: ["routing:queue:add"],
          scopes: ["routing"],
          isDeprecated: false,
          isPreview: false,
        },
      ],
    });
  });

  test("combines filters and counts the omitted results", async () => {
    const { catalog } = await userOf();
    const { stdout, stderr } = await catalog("search", "post", "--scope", "audits:readonly", "--limit", "2");
    expect(stdout.split("\n").slice(1, -1)).toHaveLength(2);
    expect(stdout).toContain("POST\t/api/v2/audits/query\taudits:audit:view\taudits:readonly\n");
    expect(stderr).toMatch(
      /^showing 2 of \d+ found in the packaged catalog of \S+ \(--limit \d+ shows all\)/,
    );
  });

  test.each([
    ["data actions", "GET\t/api/v2/integrations/actions\t"],
    ["queue agents", "GET\t/api/v2/routing/queues/{queueId}/users\t"],
    ["agents skills", "GET\t/api/v2/users/{userId}/routingskills\t"],
  ])("finds %s, which the platform names differently", async (words, row) => {
    const { catalog } = await userOf();
    const { stdout, stderr } = await catalog("search", ...words.split(" "));
    expect(stdout).toContain(row);
    expect(stderr).toMatch(/^(?:showing \d+ of )?\d+ found in the packaged catalog/);
  });

  test("-o wide shows the scopes that a narrow terminal omits", async () => {
    const search = ["catalog", "search", "conversations", "details", "query"];
    const narrow = await runCli(search, { columns: 80 });
    expect(narrow.stdout.replaceAll(/\s+/g, " ")).toContain("(-o wide shows all columns)");
    const wide = await runCli([...search, "-o", "wide"], { columns: 80 });
    expect(wide.stdout).toContain("analytics or analytics:readonly");
  });

  test.each([
    ["wrap-up codes", "GET\t/api/v2/routing/wrapupcodes\t"],
    ["wrapup", "GET\t/api/v2/routing/wrapupcodes\t"],
    ["queue", "GET\t/api/v2/routing/queues\t"],
  ])("begins with the listing of the objects themselves for %s", async (words, row) => {
    const { catalog } = await userOf();
    const { stdout } = await catalog("search", ...words.split(" "));
    expect(stdout.split("\n")[1]).toMatch(new RegExp(`^${row}`));
  });

  test.each([
    ["queue members kubernetes", "GET\t/api/v2/routing/queues/{queueId}/members\t"],
    ["invoices lorem ipsum", "GET\t/api/v2/billing/contracts/invoices\t"],
  ])("lists the operations that match most words when none matches all: %s", async (words, row) => {
    const { catalog } = await userOf();
    const { exitCode, stdout, stderr } = await catalog("search", ...words.split(" "), "--limit", "40");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(row);
    expect(stderr).toMatch(/^no operation has all of these words; closest: \d+/);
  });

  test.each([
    ["words", ["topic", "queues", "observations"], "v2.analytics.queues.{id}.observations"],
    [
      "a name with an id",
      ["v2.users.6d7fd9a0-9a4c-4c43-8f5f-0bde2e8e6f7a.presence"],
      "v2.users.{id}.presence",
    ],
    ["a permission", ["--permission", "architect:userPrompt:view"], "v2.architect.prompts.{id}"],
  ])("finds a notification topic by %s", async (_way, argv, topic) => {
    const { catalog } = await userOf();
    const { stdout } = await catalog("search", ...argv);
    expect(stdout).toContain(`SUBSCRIBE\t${topic}\t`);
  });

  test("shows the matching topics after the matching operations, without unpublished permissions", async () => {
    const { catalog } = await userOf();
    const { stdout } = await catalog("search", "notifications", "--scope", "notifications", "--limit", "400");
    const methods = stdout
      .split("\n")
      .slice(1, -1)
      .map((row) => row.split("\t")[0] === "SUBSCRIBE");
    expect(methods).toEqual(methods.toSorted());
    expect(methods.filter(Boolean).length).toBeGreaterThan(200);
    expect(stdout).toContain("SUBSCRIBE\tv2.users.{id}.presence\tnot published yet\tnotifications\n");
  });

  test("succeeds without a result", async () => {
    const { catalog } = await userOf();
    expect(await catalog("search", "nonsense")).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr:
        "0 found in the packaged catalog of 2026-09-16 (a newer catalog may list more: genscope catalog update)\n",
    });
  });

  test.each<[string, readonly string[], string]>([
    ["a missing search term", [], "nothing to search for"],
    [
      "an unknown permission",
      ["--permission", "routing:queue:write"],
      "`routing:queue:write` is not a permission in the catalog of 2026-09-16",
    ],
    [
      "a permission in place of a scope",
      ["--scope", "routing:queue:view"],
      "`routing:queue:view` is a permission, not an OAuth scope: a role grants it",
    ],
    [
      "an invented scope",
      ["--scope", "users:manage"],
      "`users:manage` is not a scope of the platform, but `users` and `users:readonly` are",
    ],
    ["a limit of zero", ["x", "--limit", "0"], "use a whole number of at least 1: --limit 20"],
  ])("refuses %s", async (_case, argv, message) => {
    const { catalog } = await userOf();
    const { exitCode, stdout, stderr } = await catalog("search", ...argv);
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });
});

describe("catalog show", () => {
  test("shows every fact of an operation, with source and date", async () => {
    const { catalog } = await userOf();
    const { exitCode, stdout, stderr } = await catalog("show", "GET", "/api/v2/users/me");
    expect(exitCode).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatchInlineSnapshot(`
      "GET /api/v2/users/me

      operation id     getUsersMe
      tag              Users
      permissions      none listed
      scopes           user-basic-info
      token            only user tokens; client credentials are refused with 400 \`not.a.user\`
      caveat           Needs a user; client-credentials tokens are refused. (error codes of the published definition of July 2026; as of 2026-08-07)
      may refuse with  400 not.a.user, 401 authentication.required, 401 bad.credentials, 401 ip.not.authorized, 403 app.not.authorized.for.scope, 403 authz.policy.denied, 403 not.authorized
      source           platform-client-sdk-javascript 259.0.0; scopes: published definition of July 2026; as of 2026-08-15
      listed in        packaged catalog of 2026-09-16
      "
    `);
  });

  test.each([
    ["inferred scopes", "getAgenticVirtualagents", "(inferred from related operations, low confidence)"],
    [
      "unknown scopes",
      "GET /api/v2/dependencies/type/{entityType}/id/{entityId}/connections/requires",
      "unknown",
    ],
    [
      "conditional permissions",
      "GET /api/v2/telephony/providers/edges/trunkbasesettings",
      "internal:trunk:edit",
    ],
    [
      "an operation that needs another kind of token",
      "deleteWebdeploymentsTokenRevoke",
      "a web messaging JWT instead of an OAuth token",
    ],
    ["restriction to clients", "postConversationsMessagesAgentless", "only client credentials"],
    ["status", "getAnalyticsBotflowReportingturns", "deprecated"],
  ])("shows %s", async (_case, name, shown) => {
    const { catalog } = await userOf();
    expect((await catalog("show", name)).stdout).toContain(shown);
  });

  test("shows a notification topic with the refusals of a subscription and without the kind of token it needs", async () => {
    const { catalog } = await userOf();
    const { stdout } = await catalog("show", "v2.users.6d7fd9a0-9a4c-4c43-8f5f-0bde2e8e6f7a.presence");
    expect(stdout).toMatch(/^v2\.users\.\{id\}\.presence\n/);
    expect(stdout).toMatch(/^permissions +not published yet$/m);
    expect(stdout).toMatch(/^may refuse with .*403 notification\.unauthorized\.topic/m);
    expect(stdout).not.toMatch(/missing\.permissions|client credentials/);
  });

  test("shows several operations as one JSON document", async () => {
    const { catalog } = await userOf();
    const { json } = await catalog(
      "show",
      "--json",
      "POST",
      "/api/v2/analytics/conversations/details/query",
      "getUsersMe",
    );
    expect(json).toMatchObject({
      schema: "genscope/catalog-show/v1",
      operations: [
        { operationId: "postAnalyticsConversationsDetailsQuery", provenance: { date: "2026-08-15" } },
        {
          operationId: "getUsersMe",
          refusals: expect.arrayContaining([{ status: 400, code: "not.a.user" }]),
        },
      ],
    });
  });

  test("points out a word where an id belongs", async () => {
    const { catalog } = await userOf();
    expect(await catalog("show", "GET /api/v2/users/mee")).toMatchObject({
      exitCode: 0,
      stderr: "`mee` is treated as a `userId`; did you mean `GET /api/v2/users/me`?\n",
    });
  });

  test("suggests an existing operation for a name that never existed, with exit 2", async () => {
    const { catalog } = await userOf();
    const { exitCode, stdout, stderr } = await catalog("show", "/api/v2/analytics/conversations/queries");
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain('did you mean "POST /api/v2/analytics/conversations/details/query"');
  });
});

describe("catalog update and diff", () => {
  test("download the live definition, report that it is up to date and list its changes", async () => {
    const { catalog, directory, url } = await sandboxUser();
    expect((await catalog("diff")).stderr).toContain("hint: genscope catalog update");

    const first = await catalog("update", "--json");
    expect(first).toMatchObject({ exitCode: 0, stderr: "" });
    expect(first.json).toMatchObject({
      schema: "genscope/catalog-update/v1",
      outcome: "updated",
      path: cacheFileOf(join(directory, "cache"), url),
      operationCount: 3315,
      summary: { added: 0, removed: 0, changed: 38 },
      warnings: [],
    });
    expect((await catalog("update", "--json")).json).toMatchObject({
      outcome: "unchanged",
      operationCount: 3315,
      summary: { added: 0, removed: 0, changed: 0 },
    });

    const shown = await catalog("show", "getUsersMe");
    expect(shown.stdout).toMatch(/source +live definition of 127\.0\.0\.1:\d+; as of \d{4}-\d\d-\d\d\n/);
    expect(shown.stdout).toContain("only user tokens");

    const difference = await catalog("diff", "--json");
    expect(difference.json).toMatchObject({
      schema: "genscope/catalog-diff/v1",
      before: { name: "packaged", date: "2026-09-16", operationCount: 3315 },
      after: { name: "cached", operationCount: 3315 },
      summary: { added: 0, removed: 0, changed: 38 },
    });
    expect((await catalog("diff")).stdout).toContain(
      [
        "  GET /api/v2/dependencies/type/{entityType}/id/{entityId}/connections/requiredby",
        "    scopes: unknown or none -> ",
      ].join("\n"),
    );
  });

  test("store the catalog in a file that `catalog diff --against` accepts in place of a definition", async () => {
    const { catalog, directory, url } = await sandboxUser();
    await catalog("update");
    const cached = cacheFileOf(join(directory, "cache"), url);
    const kept = join(directory, "kept.txt");
    await writeFile(kept, await readFile(cached));
    expect((await catalog("diff", "--json", "--against", kept)).json).toMatchObject({
      before: { name: kept, operationCount: 3315 },
      summary: { added: 0, removed: 0, changed: 0 },
    });
    const definition = join(directory, "definition.json");
    await writeFile(
      definition,
      JSON.stringify({
        swagger: "2.0",
        paths: { "/api/v2/users/me": { get: { operationId: "getUsersMe" } } },
      }),
    );
    expect((await catalog("diff", "--json", "--against", definition)).json).toMatchObject({
      before: { name: definition, date: null, operationCount: 1 },
      summary: { added: 3314, removed: 0, changed: 1 },
    });
    await writeFile(kept, "something else");
    expect(await catalog("diff", "--against", kept)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`\`${kept}\` contains no operations: it is not an operation file`),
    });
  });

  test("leave the cache unchanged when the response is an HTML page", async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<html>Sign in</html>");
    });
    const { catalog } = await userOf(server.url);
    const { exitCode, stdout, stderr } = await catalog("update");
    expect(exitCode).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^error: `GET \/api\/v2\/docs\/swagger` returned 200 with .*page/);
    expect((await catalog("search", "timezones")).stderr).toBe(
      "3 found in the packaged catalog of 2026-09-16\n",
    );
  });

  test("warn about a damaged cache and use the packaged catalog", async () => {
    const { catalog, directory, url } = await sandboxUser();
    await catalog("update");
    const cached = cacheFileOf(join(directory, "cache"), url);
    await writeFile(cached, (await readFile(cached, "utf8")).slice(0, 10_000));
    expect(await catalog("search", "timezones")).toMatchObject({
      exitCode: 0,
      stderr: [
        `The updated catalog \`${cached}\` is not used: it is truncated or was changed. The packaged catalog is used instead. Replace the updated one: genscope catalog update`,
        "3 found in the packaged catalog of 2026-09-16",
        "",
      ].join("\n"),
    });
  });
});

describe("catalog without a valid subcommand", () => {
  test.each<[readonly string[], string]>([
    [[], "`catalog` needs a command"],
    [["shwo", "x"], "`catalog` has no command `shwo`\n\nhint: run `genscope catalog show --help`"],
  ])("%j lists the subcommands", async (argv, message) => {
    const { catalog } = await userOf();
    const { exitCode, stderr } = await catalog(...argv);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});
