import { describe, expect, test } from "vitest";
import { asRecord, asString } from "../../../../src/core/json.ts";
import type { Sandbox } from "../../../../src/sandbox/sandbox.ts";
import { act, call, clientHolding, sandboxFor } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { json as answerJson, serve } from "../../../support/loopback-server.ts";
import { type RunOptions, runCli } from "../../../support/run-cli.ts";
import { stillClock } from "../../../support/still-clock.ts";

const NOW = Date.UTC(2026, 9, 20, 12);
const READING = [
  "analytics:conversationDetail:view",
  "analytics:conversationAggregate:view",
  "analytics:queueObservation:view",
  "routing:queue:view",
  "routing:wrapupCode:view",
  "directory:user:view",
];

/** Returns a sandbox with a clock that stands still, and the environment of a client that is allowed to read. */
async function stage(options: Parameters<typeof sandboxFor>[0] = {}) {
  const clock = stillClock(NOW);
  const sandbox = await sandboxFor({ scenario: "healthy", ...options }, clock);
  const { token } = await clientHolding(sandbox, READING);
  const env = credentialsFor({ ...sandbox, accessToken: token });
  const query = async (argv: readonly string[], more: RunOptions = {}) =>
    await runCli(["query", ...argv], { env, ports: { clock }, ...more });
  return { sandbox, env, query };
}

async function truthOf(sandbox: Sandbox, day?: string): Promise<readonly string[]> {
  const { raw } = await call(
    sandbox,
    `GET /sandbox/truth/conversations?attributes=false${day === undefined ? "" : `&day=${day}`}`,
  );
  return raw.split("\n").filter((line) => line !== "");
}

const linesOf = (text: string) => text.split("\n").filter((line) => line !== "");
const idOf = (line: string) => asString(asRecord(JSON.parse(line))["conversationId"]);

describe("queried conversations", () => {
  test("of a day are printed once each, as the service sent them", async () => {
    const { sandbox, query } = await stage({ conversations: 3_000, days: 10 });
    const { exitCode, stdout, stderr } = await query([
      "conversations",
      "details",
      "--interval",
      "2026-10-15",
      "--all",
    ]);
    const truth = await truthOf(sandbox, "2026-10-15");
    expect([exitCode, stderr, linesOf(stdout).length]).toEqual([0, "", truth.length]);
    expect(linesOf(stdout).map((line) => JSON.parse(line))).toEqual(truth.map((line) => JSON.parse(line)));
  });

  test.each([
    ["without a filter, at 7 days per request", [], () => true],
    [
      "with a filter, at 31 days per request",
      ["--filter", "conversationEnd=*"],
      (line: string) => line.includes('"conversationEnd"'),
    ],
  ] as const)("of 40 days are complete without duplicates %s", async (_name, flags, matches) => {
    const { sandbox, query } = await stage({ conversations: 2_000, days: 40 });
    const { exitCode, stdout } = await query([
      "conversations",
      "details",
      "--interval",
      "2026-09-01/2026-10-21",
      "--all",
      ...flags,
    ]);
    const truth = (await truthOf(sandbox)).filter(matches).map(idOf);
    expect(exitCode).toBe(0);
    expect(truth.length).toBeGreaterThan(500);
    expect(linesOf(stdout).map(idOf).toSorted()).toEqual(truth.toSorted());
  });

  test("are one JSON document with --json, which counts the omitted records", async () => {
    const { query } = await stage({ conversations: 500, days: 2 });
    const { exitCode, json, stderr } = await query([
      "conversations",
      "details",
      "--interval",
      "2026-10-19",
      "--limit",
      "3",
      "--json",
    ]);
    expect([exitCode, json]).toEqual([
      0,
      expect.objectContaining({
        schema: "genscope/query/v1",
        name: "conversations details",
        interval: "2026-10-19T00:00:00.000Z/2026-10-20T00:00:00.000Z",
        isComplete: false,
        notes: [],
      }),
    ]);
    expect(asRecord(json)["records"]).toHaveLength(3);
    expect(stderr).toMatch(
      /^showing the first 3, about \d+ in all: fetch more with --limit N, or all with --all\n$/,
    );
  });

  test("lead to an empty result when there is no conversation", async () => {
    const { query } = await stage();
    const { exitCode, json, stderr } = await query([
      "conversations",
      "details",
      "--interval",
      "2001-01",
      "--json",
    ]);
    expect([exitCode, stderr]).toEqual([0, "no results\n"]);
    expect(json).toMatchObject({ total: 0, isComplete: true, records: [] });
  });

  test("have names of queues and users next to their ids with --names", async () => {
    const { query } = await stage({ conversations: 200, days: 2 });
    const argv = ["conversations", "details", "--interval", "2026-10-19", "--limit", "40", "--names"];
    const { exitCode, stdout, stderr } = await query(argv);
    expect(exitCode).toBe(0);
    expect(stderr).not.toContain("cannot be read");
    const names = [...stdout.matchAll(/"queueId":"([0-9a-f-]{36})","queueName":"([^"]+)"/g)];
    expect(names.length).toBeGreaterThan(5);
    expect(stdout).toMatch(/"userId":"[0-9a-f-]{36}","userName":"Agent \d+"/);
    expect(stdout).toMatch(/"wrapUpCode":"[0-9a-f-]{36}","wrapUpName":"/);
  });

  test("have names for the ids that a table shows, and for every id in JSON", async () => {
    const { sandbox, env, query } = await stage({ conversations: 200, days: 2 });
    const readable = ["analytics:conversationDetail:view", "directory:user:view", "routing:queue:view"];
    const { token } = await clientHolding(sandbox, readable);
    const run = async (...argv: string[]) =>
      await query(
        ["conversations", "details", "--interval", "2026-10-19", "--limit", "40", "--names", ...argv],
        {
          env: { ...env, GENESYSCLOUD_ACCESS_TOKEN: token },
        },
      );
    for (const format of ["table", "wide", "csv"]) {
      const { stderr, stdout } = await run("-o", format);
      expect(stderr).not.toContain("cannot be read");
      expect(stdout).toMatch(/Agent \d+/);
    }
    expect((await run("-o", "ndjson")).stderr).toContain("names of wrap-up codes cannot be read");
    const { requests } = asRecord((await call(sandbox, "GET /sandbox/requests")).value);
    const before = JSON.stringify(requests).split("/api/v2/users?").length;
    await run("-o", "csv", "--columns", "conversationId,queues");
    const after = asRecord((await call(sandbox, "GET /sandbox/requests")).value)["requests"];
    expect(JSON.stringify(after).split("/api/v2/users?").length).toBe(before);
  });

  test("keep their ids when names cannot be read", async () => {
    const { sandbox, env, query } = await stage({ conversations: 200, days: 2 });
    const { token } = await clientHolding(sandbox, ["analytics:conversationDetail:view"]);
    const { exitCode, stdout, stderr } = await query(
      ["conversations", "details", "--interval", "2026-10-19", "--limit", "5", "--names"],
      { env: { ...env, GENESYSCLOUD_ACCESS_TOKEN: token } },
    );
    expect([exitCode, linesOf(stdout).length, stdout.includes("queueName")]).toEqual([0, 5, false]);
    expect(stderr).toContain(
      "the names of queues cannot be read, so ids are shown instead: `GET /api/v2/routing/queues` returned 403",
    );
  });
});

describe("the output of a query", () => {
  test("is a table with readable durations on a terminal", async () => {
    const { query } = await stage({ conversations: 300, days: 2 });
    const argv = ["conversations", "details", "--interval", "2026-10-19", "--limit", "2", "--names"];
    const { stdout } = await query(argv, { columns: 220 });
    expect(stdout).toMatch(/conversation +start +end +duration/);
    expect(stdout).toMatch(
      /^[0-9a-f-]{36} +2026-10-19T\d\d:\d\d:\d\dZ +2026-10-\d\dT\d\d:\d\d:\d\dZ +\d+[hms]/m,
    );
  });

  test("wraps only at spaces on a terminal of 40 columns", async () => {
    const { query } = await stage({ conversations: 300, days: 2 });
    const argv = ["conversations", "details", "--interval", "2026-10-19", "--limit", "2"];
    const { stdout } = await query(argv, { columns: 40 });
    const long = linesOf(stdout).filter((line) => line.length > 40 && line.trim().includes(" "));
    expect(long).toEqual([]);
    expect(stdout).toContain("conversation\n  ");
  });

  test("keeps numbers raw in CSV and joins several values in one cell", async () => {
    const { query } = await stage({ conversations: 300, days: 2 });
    const argv = ["conversations", "details", "--interval", "2026-10-19", "--limit", "2", "--output", "csv"];
    const [head = "", first = ""] = (await query(argv)).stdout.split("\r\n");
    expect(head).toBe(
      "conversationId,conversationStart,conversationEnd,durationMs,direction,mediaTypes,queues,agents",
    );
    expect(first).toMatch(/^[0-9a-f-]{36},2026-10-19T[\d:.]+Z,[^,]*,\d*,\w+,\w+(; \w+)*,/);
  });

  test("of observations without --metric has a row per group with the usual metrics first, and a note names the others", async () => {
    const { query } = await stage();
    const argv = ["queues", "observations", "--names", "--limit", "3"];
    const { stdout, stderr } = await query(argv, { columns: 100 });
    const [table = ""] = stdout.split(/\n\n(?=o\w+ \(count\))/);
    expect(table).toMatch(
      /\n? *(mediaType +)?(queueName +)?oWaiting +oInteracting +oAlerting +oLongestWaiting/,
    );
    expect(table).toMatch(/\nnot shown: [^(]*oMemberUsers/);
    expect(table.split("\n").filter((line) => /^(voice|message) /.test(line))).toHaveLength(3);
    expect(stdout.match(/^o\w+ \(count\)$/gm)).toEqual([
      "oWaiting (count)",
      "oInteracting (count)",
      "oAlerting (count)",
    ]);
    expect(stderr).toMatch(/^showing the first 3 groups, and there are more: /);
  });

  test("of aggregates has a row per group on a terminal, one per group and metric with -o wide or piped", async () => {
    const { query } = await stage({ conversations: 300, days: 2 });
    const argv = ["conversations", "aggregates", "--interval", "2026-10-19", "--metric", "tHandle,nOffered"];
    const by = ["--group-by", "queueId", "--names"];
    const table = await query([...argv, ...by], { columns: 100 });
    expect(table.stdout).toMatch(/^from: 2026-10-19T00:00:00Z · to: 2026-10-20T00:00:00Z\n/);
    expect(table.stdout).toMatch(/^queueName +mediaType +tHandle avg +tHandle count +nOffered\n/m);
    expect(table.stdout).toMatch(/^[A-Z].* +voice +\d+[dhms][ \d\w]* +\d+ +\d+$/m);
    expect(table.stdout).toMatch(/\nnot shown: sum, min, max \(-o wide shows all columns\)\n/);
    expect(table.stdout).not.toMatch(/[0-9a-f]{8}-/);
    const wide = await query([...argv, ...by, "-o", "wide"], { columns: 300 });
    expect(wide.stdout).toMatch(/^queueId .* metric +count +average +sum +min +max$/m);
    expect(wide.stdout).toMatch(/ tHandle +\d+ +\d+[dhms]/);
    const piped = await query([...argv, ...by, "-o", "table"]);
    expect(piped.stdout).toMatch(/\ttHandle\t\d+\t\d+[dhms]/);
    const csv = await query([...argv, "--group-by", "queueId", "--output", "csv"]);
    expect(csv.stdout).toMatch(/\r\n[0-9a-f-]{36},.*,tHandle,,,\d+,,,\d+,\d+,\d+,/);
  });

  test("of aggregates has one row per group and metric where the metrics do not fit side by side", async () => {
    const { query } = await stage({ conversations: 300, days: 2 });
    const metrics = ["tHandle", "tTalk", "tAcw", "tAnswered", "tAbandon", "nOffered", "nTransferred"];
    const argv = ["conversations", "aggregates", "--interval", "2026-10-19", "--metric", metrics.join(",")];
    const { stdout } = await query([...argv, "--no-chart"], { columns: 80 });
    expect(stdout).toMatch(/^mediaType +metric +count +average +sum/m);
    expect((await query([...argv, "--no-chart"], { columns: 160 })).stdout).toMatch(
      /^mediaType +tHandle avg /m,
    );
  });

  test("of observations keeps the queue and the qualifier on a terminal of 80 columns", async () => {
    const { query } = await stage({ conversations: 300, days: 2 });
    const argv = ["queues", "observations", "--names", "--no-chart"];
    const { stdout } = await query(argv, { columns: 80 });
    expect(stdout).toMatch(/^mediaType +queueName +oWaiting +oInteracting +oAlerting +oLongestWaiting$/m);
    expect(stdout).toMatch(/^voice +Sales inbound( +\d+){3} +\d+[hms]( \d+[ms])?$/m);
    const one = await query([...argv, "--metric", "oOnQueueUsers"], { columns: 80 });
    expect(one.stdout).toMatch(/^metric: oOnQueueUsers\n\nmediaType +queueName +IDLE +INTERACTING\n/);
    const wide = await query([...argv, "-o", "wide"], { columns: 200 });
    expect(wide.stdout).toMatch(/oOnQueueUsers +IDLE +\d+$/m);
    expect(wide.stdout).toMatch(/oLongestWaiting +\d+[hms].* \(2026-10-\d\dT/);
  });

  test("separates thousands only on a terminal", async () => {
    const { query } = await stage({ conversations: 4_000, days: 2 });
    const argv = [
      "conversations",
      "aggregates",
      "--interval",
      "2026-10-18/2026-10-20",
      "--metric",
      "nOffered,tHandle",
    ];
    expect((await query(argv, { columns: 80 })).stdout).toMatch(/^voice +\d,\d{3} /m);
    expect((await query([...argv, "-o", "wide"], { columns: 200 })).stdout).toMatch(/^voice .* \d,\d{3}$/m);
    for (const format of ["table", "csv", "json", "ndjson"]) {
      expect((await query([...argv, "-o", format])).stdout).not.toMatch(/\b\d,\d{3}\b(?!,)/);
    }
  });

  test("of a listing has as many fields as fit, and a note names the others", async () => {
    const { query } = await stage();
    const { stdout } = await query(["GET", "/api/v2/users", "--limit", "2"], { columns: 100 });
    expect(stdout).toMatch(/^id +name +/m);
    expect(linesOf(stdout).filter((line) => line.length > 100)).toEqual([]);
    expect(stdout).toMatch(/\nnot shown: [\s\S]*\(-o wide\s+shows\s+all\s+columns\)\n$/);
  });

  test("of a listing has every column with -o wide", async () => {
    const { query } = await stage();
    const argv = ["GET", "/api/v2/routing/queues", "--limit", "2", "-o", "wide"];
    const { stdout } = await query(argv, { columns: 80 });
    expect(stdout).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22} /m);
    expect(stdout).not.toMatch(/…|not shown/);
  });

  test("has an id next to its name with -o wide, and otherwise only the name", async () => {
    const { query } = await stage({ conversations: 300, days: 2 });
    const argv = ["conversations", "aggregates", "--interval", "2026-10-19", "--metric", "nOffered"];
    const by = ["--group-by", "queueId", "--names"];
    const wide = await query([...argv, ...by, "-o", "wide"], { columns: 160 });
    expect(wide.stdout).toMatch(/^queueId +queueName .*\n[0-9a-f-]{36} +[A-Z]\w+/m);
    const table = await query([...argv, ...by], { columns: 160 });
    expect(table.stdout).toMatch(/^queueName +(?!queueId).*\n[A-Z]\w+/m);
  });

  test.each([
    ["on a terminal", [], { columns: 80 }, /^media +conversation\n\S+ +[0-9a-f-]{36}\n/],
    ["in a pipe", [], {}, /^media\tconversation\n\S+\t[0-9a-f-]{36}\n/],
    ["as CSV", ["-o", "csv"], {}, /^mediaTypes,conversationId\r\n\w+(; \w+)*,[0-9a-f-]{36}\r\n/],
  ])("has the columns of --columns in their order %s", async (_name, flags, options, expected) => {
    const { query } = await stage({ conversations: 300, days: 2 });
    const argv = ["conversations", "details", "--interval", "2026-10-19", "--limit", "2"];
    const { stdout } = await query([...argv, "--columns", "media,conversationid", ...flags], options);
    expect(stdout).toMatch(expected);
  });

  test.each([
    [
      ["conversations", "details", "--interval", "2001-01-01"],
      "media,conversationid",
      "mediaTypes,conversationId",
    ],
    [["GET", "/api/v2/routing/queues?name=nothing"], "name,id", "name,id"],
  ])("has the columns of --columns in CSV even without records: %j", async (argv, columns, header) => {
    const { query } = await stage();
    const { stdout } = await query([...argv, "-o", "csv", "--columns", columns]);
    expect(stdout).toBe(`${header}\r\n`);
  });

  test("is empty in CSV when neither a record nor a flag names a column", async () => {
    const { query } = await stage();
    const { stdout } = await query(["GET", "/api/v2/routing/queues?name=nothing", "-o", "csv"]);
    expect(stdout).toBe("");
  });

  test("has the averages and the names that --columns selects", async () => {
    const { query } = await stage({ conversations: 300, days: 2 });
    const argv = ["conversations", "aggregates", "--interval", "2026-10-19", "--metric", "tHandle"];
    const columns = ["--group-by", "queueId", "--names", "--columns", "queueName", "--columns", "average"];
    const { stdout } = await query([...argv, ...columns], { columns: 80 });
    expect(stdout).toMatch(/^queueName +average\n\w.* +\d+[dhms]/);
  });

  test.each([
    [["conversations", "details", "--interval", "2026-10-19"], "conversation,colour", true],
    [["GET", "/api/v2/routing/queues"], "colour", false],
    [["conversations", "availability"], "colour", false],
  ])("refuses a column that the result of %j does not have", async (argv, columns, isEarly) => {
    const { sandbox, query } = await stage();
    const before = (await seenBy(sandbox)).sent.length;
    const { exitCode, stdout, stderr } = await query([...argv, "--columns", columns], { columns: 80 });
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/the result has no column `colour`\n\nhint: choose from these: --columns\s+\w+/);
    const after = (await seenBy(sandbox)).sent.filter((path) => !path.startsWith("/sandbox"));
    expect(after.length > before).toBe(!isEarly);
  });

  test.each([
    ["conversationS", "conversationStart"],
    ["queue", "queues"],
    ["agnets", "agents"],
  ])("suggests the column that `%s` probably means", async (typed, meant) => {
    const { query } = await stage();
    const argv = ["conversations", "details", "--interval", "2026-10-19", "--columns", typed];
    const { exitCode, stderr } = await query(argv, {});
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      `hint: did you mean \`--columns ${meant}\`? Choose from these: --columns conversationId,`,
    );
  });

  test.each([["--json"], ["--output=ndjson"]])("refuses --columns with %s", async (flag) => {
    const { query } = await stage();
    const argv = ["GET", "/api/v2/routing/queues", "--columns", "id", flag];
    expect(await query(argv)).toMatchObject({ exitCode: 2 });
  });

  test("lists the fields of a single record", async () => {
    const { query } = await stage();
    const { stdout } = await query(["conversations", "availability"], { columns: 80 });
    expect(stdout).toMatch(/^dataAvailabilityDate {2}2026-10-\d\dT[\d:.]+Z\n$/);
  });
});

describe("an operation that only reads", () => {
  test("prints every page of a listing", async () => {
    const { sandbox, query } = await stage();
    const { exitCode, stdout } = await query(["--all", "GET", "/api/v2/routing/queues?pageSize=3"]);
    const { sent } = await seenBy(sandbox);
    const names = linesOf(stdout).map((line) => asRecord(JSON.parse(line))["name"]);
    expect([exitCode, names.length, new Set(names).size]).toEqual([0, names.length, names.length]);
    expect(sent.filter((path) => path.startsWith("/api/v2/routing/queues")).length).toBe(
      Math.ceil(names.length / 3),
    );
  });

  test.each([
    [true, true],
    [false, false],
  ])("that starts work is sent only after a confirmation: %s", async (answer, isSent) => {
    const { sandbox } = await stage();
    const { token } = await clientHolding(sandbox, ["*:*:*"]);
    const asked: string[] = [];
    const unexpected = async (question: string) => {
      throw new Error(`asked: ${question}`);
    };
    const confirm = async (question: string) => {
      asked.push(question);
      return answer;
    };
    const { exitCode } = await runCli(
      ["query", "POST", "/api/v2/conversations/keyconfigurations/validate", "--body", "-", "--json"],
      {
        env: credentialsFor({ ...sandbox, accessToken: token }),
        input: "{}",
        prompter: { ask: unexpected, askSecret: unexpected, waitForEnter: unexpected, confirm },
      },
    );
    const { raw } = await call(sandbox, "GET /sandbox/requests");
    expect([exitCode === 2, asked, raw.includes("/keyconfigurations/validate")]).toEqual([
      !isSent,
      [expect.stringContaining("starts work")],
      isSent,
    ]);
  });

  test.each([
    [["GET /api/v2/routing/queues"]],
    [["/api/v2/routing/queues"]],
    [["api/v2/routing/queues"]],
    [["GET", "api/v2/routing/queues"]],
    [["https://api.mypurecloud.de/api/v2/routing/queues"]],
    [["https://api.mypurecloud.de/api/v2/routing/queues"].map((url) => `GET ${url}`)],
    [["getRoutingQueues"]],
  ])("is found by any of its names: %j", async (words) => {
    const { query } = await stage();
    const { exitCode, json } = await query([...words, "--json"]);
    expect([exitCode, json]).toEqual([
      0,
      expect.objectContaining({
        operation: { method: "GET", path: "/api/v2/routing/queues", operationId: "getRoutingQueues" },
      }),
    ]);
  });

  test.each([
    [["POST", "/api/v2/routing/queues"], "usage.not_a_read"],
    [["DELETE", "/api/v2/routing/queues/1"], "usage.not_a_read"],
    [["PATCH", "/api/v2/users/1"], "usage.not_a_read"],
    [["POST", "/api/v2/chats/users/1/messages"], "usage.not_a_read"],
    [["GET", "/api/v2/flows/instances/1"], "usage.not_a_read"],
    [["POST", "/api/v2/recording/batchrequests"], "usage.not_a_read"],
    [["GET", "/api/v2/routing/queues/{queueId}"], "usage.path"],
    [["GET", "/api/v2/users/:id"], "usage.path"],
    [["GET", "/api/v2/users/:userId/queues"], "usage.path"],
    [["GET", "/api/v2/routing/kueues"], "usage.unknown_operation"],
    [["conversations", "detials"], "usage.unknown_query"],
    [["conversations", "details"], "usage.flag"],
    [
      ["conversations", "details", "--interval", "2026-10-19", "--filter", "colour=red"],
      "usage.unknown_dimension",
    ],
    [
      ["conversations", "details", "--interval", "2026-10-19", "--filter", "mediaType!=voice"],
      "usage.filter",
    ],
    [["GET", "/api/v2/routing/queues", "--filter", "name=x"], "usage.flag"],
    [["GET", "/api/v2/routing/queues", "--all", "--limit", "3"], "usage.arguments"],
    [["GET", "/api/v2/routing/queues", "--output", "csv"], "usage.arguments"],
    [["POST", "/api/v2/users/search", "--body", "-"], "usage.body"],
    [["POST", "/api/v2/users/search", "--interval", "2026-10-19"], "usage.flag"],
    [["GET", "/api/v2/routing/queues", "--time-zone", "Mars/Base"], "usage.time_zone"],
  ])("refuses %j with exit 2 before a request", async (words, code) => {
    const server = await serve((_request, response) => answerJson(response, 200, {}));
    const { exitCode, json } = await runCli(["query", ...words, "--json"], {
      env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" },
      input: "[1]",
    });
    expect([exitCode, json, server.seen]).toEqual([
      2,
      expect.objectContaining({ error: expect.objectContaining({ code }) }),
      [],
    ]);
  });

  test("sends the body unchanged", async () => {
    const server = await serve((_request, response) =>
      answerJson(response, 200, { results: [{ id: "1" }], total: 1 }),
    );
    const body = {
      pageSize: 5,
      pageNumber: 1,
      query: [{ type: "EXACT", fields: ["name"], value: "Agent 1" }],
    };
    const { exitCode, stdout } = await runCli(["query", "POST", "/api/v2/users/search", "--body", "-"], {
      env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" },
      input: JSON.stringify(body),
    });
    expect([exitCode, stdout]).toEqual([0, '{"id":"1"}\n']);
    const posts = server.seen.filter(({ method }) => method === "POST");
    expect(posts.map(({ body: sent }) => JSON.parse(sent))).toEqual([body]);
  });
});

test("waits for an analytics job, reads its results and deletes it", async () => {
  const { sandbox, query } = await stage({ conversations: 2_000, days: 10 });
  const body = { interval: "2026-10-15T00:00Z/2026-10-16T00:00Z", startOfDayIntervalMatching: true };
  const { exitCode, stdout } = await query(
    ["POST", "/api/v2/analytics/conversations/details/jobs", "--body", "-", "--all"],
    { input: JSON.stringify(body) },
  );
  const truth = (await truthOf(sandbox, "2026-10-15")).map(idOf);
  expect([exitCode, linesOf(stdout).map(idOf)]).toEqual([0, truth]);
  expect(stdout).toContain('"attributes":{');
  expect((await call(sandbox, "GET /sandbox/jobs")).each("jobs", "deleted")).toEqual([true]);
});

test("reports a listing that omits entries with exit 8 and a hint for the rest", async () => {
  const contacts = (pageNumber: number) =>
    Array.from({ length: 500 }, (_, index) => ({ id: `c${pageNumber}-${index}` }));
  const server = await serve(({ path }, response) => {
    const pageNumber = Number(new URL(path, "http://host").searchParams.get("pageNumber") ?? 1);
    answerJson(response, 200, {
      entities: contacts(pageNumber),
      pageNumber,
      pageSize: 500,
      pageCount: 9,
      total: 4_500,
    });
  });
  const argv = ["query", "GET", "/api/v2/externalcontacts/contacts?pageSize=500", "--all", "--json"];
  const { exitCode, json, stderr } = await runCli(argv, {
    env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" },
  });
  expect([exitCode, asRecord(json)["isComplete"], asRecord(json)["total"]]).toEqual([8, false, 4_500]);
  expect(asRecord(json)["records"]).toHaveLength(1_000);
  expect(stderr).toContain("genscope query --all GET /api/v2/externalcontacts/scan/contacts");
});

describe("a refused query", () => {
  test("is followed by its diagnosis", async () => {
    const sandbox = await sandboxFor({ scenario: "missing-role" }, stillClock(NOW));
    const argv = ["query", "conversations", "details", "--interval", "yesterday"];
    const { exitCode, stdout, stderr } = await runCli(argv, { env: credentialsFor(sandbox) });
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(
      /^error: `POST \/api\/v2\/analytics\/conversations\/details\/query` returned 403 /,
    );
    expect(stderr).toContain(
      "✘ denied  POST /api/v2/analytics/conversations/details/query  layer: permission",
    );
    expect(stderr).toContain("fixes, smallest first:\n    1. assign role ");
  });

  test("that needs a user's token is diagnosed like a 403, but exits like any other 4xx", async () => {
    const sandbox = await sandboxFor({}, stillClock(NOW));
    const argv = ["query", "GET", "/api/v2/users/me"];
    const { exitCode, stdout, stderr } = await runCli(argv, { env: credentialsFor(sandbox) });
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("✘ denied  GET /api/v2/users/me  layer: context");
    expect(stderr).toMatch(/fixes, smallest first:\n {4}1\. log in as a user/);
    const { json } = await runCli([...argv, "--json"], { env: credentialsFor(sandbox) });
    expect(json).toMatchObject({ diagnosis: { results: [{ verdict: "denied", layer: "context" }] } });
  });

  test("prints one document with --json", async () => {
    const sandbox = await sandboxFor({ scenario: "missing-role" }, stillClock(NOW));
    const argv = ["query", "conversations", "details", "--interval", "yesterday", "--json"];
    const { exitCode, json, stderr } = await runCli(argv, { env: credentialsFor(sandbox) });
    expect([exitCode, json]).toEqual([
      3,
      {
        schema: "genscope/error/v1",
        error: expect.objectContaining({ code: "api.forbidden" }),
        diagnosis: expect.objectContaining({
          schema: "genscope/check-scopes/v1",
          results: [
            expect.objectContaining({
              verdict: "denied",
              layer: "permission",
              missing: {
                permissions: ["analytics:conversationDetail:view", "analytics:agentConversationDetail:view"],
                scopes: [],
                divisions: [],
              },
              live: { status: 403, code: "missing.any.permissions" },
            }),
          ],
        }),
      },
    ]);
    expect(stderr).toContain("layer: permission");
  });

  test("that fails between pages still prints the earlier records", async () => {
    const { sandbox, query } = await stage({ conversations: 2_000, days: 10 });
    await act(sandbox, "fault.add", {
      path: "/api/v2/analytics",
      after: 2,
      status: 403,
      code: "missing.any.permissions",
      message: "no more",
    });
    const { exitCode, stdout, stderr } = await query([
      "conversations",
      "details",
      "--interval",
      "2026-10-15",
      "--all",
    ]);
    expect([exitCode, linesOf(stdout).length]).toEqual([3, 200]);
    expect(stderr).toContain("returned 403 `missing.any.permissions`: no more");
  });
});

test("a query reports an HTML page as a response from another service", async () => {
  const server = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html><title>Sign in</title>");
  });
  const { exitCode, json, stderr } = await runCli(["query", "GET", "/api/v2/routing/queues", "--json"], {
    env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" },
  });
  expect([exitCode, json]).toEqual([
    1,
    {
      schema: "genscope/error/v1",
      error: expect.objectContaining({ code: "api.html" }),
      diagnosis: null,
    },
  ]);
  expect(stderr).toContain("a proxy, a firewall or a login page responded instead of the Platform API");
});

test("a query shows the longest wait as its start and its duration", async () => {
  const began = NOW - 252_000;
  const server = await serve((_request, response) =>
    answerJson(response, 200, {
      results: [
        {
          group: { queueId: "q1", mediaType: "voice" },
          data: [
            { metric: "oWaiting", stats: { count: 3 } },
            { metric: "oLongestWaiting", stats: { calculatedMetricValue: began } },
            { metric: "oOnQueueUsers", qualifier: "IDLE", stats: { count: 2 } },
          ],
        },
      ],
    }),
  );
  const options = {
    env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" },
    ports: { clock: stillClock(NOW) },
  };
  const argv = ["query", "queues", "observations", "--filter", `queueId=${crypto.randomUUID()}`];
  const csv = await runCli([...argv, "--output", "csv"], options);
  expect(csv.stdout.split("\r\n")[2]).toBe(`q1,voice,oLongestWaiting,,,,,,,,,,,${began}`);
  const { stdout } = await runCli(argv, { ...options, columns: 120 });
  expect(stdout).toMatchInlineSnapshot(`
    "queueId: q1 · mediaType: voice

    metric           qualifier  count  since
    oWaiting                        3
    oLongestWaiting                    4m 12s (2026-10-20T11:55:48Z)
    oOnQueueUsers    IDLE           2
    "
  `);
});

/** Returns the paths of all requests that the sandbox received, in order. */
async function seenBy(sandbox: Sandbox): Promise<{ readonly sent: readonly string[] }> {
  const reply = await call(sandbox, "GET /sandbox/requests");
  return { sent: reply.each("requests", "path").map(String) };
}

describe("queried OAuth clients", () => {
  const path = "/api/v2/oauth/clients";

  test.each(["json", "ndjson", "csv", "table", "wide"])(
    "are shown without a secret, as %s",
    async (format) => {
      const sandbox = await sandboxFor({ scenario: "healthy" }, stillClock(NOW));
      await act(sandbox, "settings.patch", { settings: { listsClientSecrets: true } });
      const { id, token } = await clientHolding(sandbox, ["oauth:client:view"]);
      const secret = (await call(sandbox, `GET ${path}/${id}`, { token })).text("secret");
      const env = credentialsFor({ ...sandbox, accessToken: token });
      for (const place of [path, `${path}/${id}`]) {
        const { exitCode, stdout, stderr } = await runCli(["query", "GET", place, "-o", format], { env });
        expect([exitCode, stdout.includes(id.slice(0, 8))]).toEqual([0, true]);
        expect(`${stdout}${stderr}`).not.toContain(secret);
      }
    },
  );
});

describe("queried API usage", () => {
  test("is read page by page from the address that the platform returned", async () => {
    const clock = stillClock(NOW);
    const sandbox = await sandboxFor({ scenario: "healthy" }, clock);
    for (const name of ["queues", "skills", "wrapupcodes", "languages", "utilization", "settings"]) {
      const operation = `GET /api/v2/routing/${name}`;
      await act(sandbox, "usage.record", { client: "Reporting service", operation, count: 3, days: 88 });
    }
    const { token } = await clientHolding(sandbox, ["usage:organization:view"]);
    const { exitCode, stdout } = await runCli(
      ["query", "POST", "/api/v2/usage/aggregates/query/jobs", "--all", "--body", "-"],
      {
        env: credentialsFor({ ...sandbox, accessToken: token }),
        ports: { clock },
        input: JSON.stringify({
          interval: "2026-07-25T00:00:00.000Z/2026-10-18T23:59:59.999Z",
          granularity: "Day",
          groupBy: ["OauthClientId", "TemplateUri"],
        }),
      },
    );
    const rows = linesOf(stdout).map((line) => asRecord(JSON.parse(line)));
    expect([exitCode, new Set(rows.map(({ date, templateUri }) => `${date} ${templateUri}`)).size]).toEqual([
      0,
      rows.length,
    ]);
    expect(rows.length).toBeGreaterThan(500);
    const truth = (await call(sandbox, "GET /sandbox/truth/usage")).value as {
      counts: { day: string; status200: number }[];
    };
    const counted = truth.counts.filter(({ day }) => day >= "2026-07-25" && day <= "2026-10-18");
    const sumOf = (counts: readonly unknown[]) =>
      counts.reduce<number>((sum, count) => sum + Number(asRecord(count)["status200"] ?? 0), 0);
    expect(sumOf(rows)).toBe(sumOf(counted));
  });
});
