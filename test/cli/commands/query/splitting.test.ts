import { describe, expect, test } from "vitest";
import { asArray, asRecord, type JsonRecord } from "../../../../src/core/json.ts";
import { act, clientHolding, sandboxFor } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { HastyClock } from "../../../support/hasty-clock.ts";
import { json as answerJson, serve } from "../../../support/loopback-server.ts";
import { withoutProgress } from "../../../support/progress-lines.ts";
import { runCli } from "../../../support/run-cli.ts";
import { stillClock } from "../../../support/still-clock.ts";

const NOW = Date.UTC(2026, 9, 20, 12);
const INTERVAL = ["--interval", "2026-09-25/2026-10-20"];
const READING = [
  "analytics:conversationDetail:view",
  "analytics:conversationAggregate:view",
  "analytics:userAggregate:view",
  "analytics:userDetail:view",
];
/** A filter that every session passes. With a filter, the platform accepts 31 days in one request. */
const EVERYTHING = [
  "--filter",
  "mediaType in callback,chat,cobrowse,email,internalmessage,message,screenmonitoring,screenshare,unknown,video,voice",
];

async function stage(settings: object = {}, nowMs = NOW) {
  const clock = stillClock(nowMs);
  const sandbox = await sandboxFor({ scenario: "healthy", conversations: 1_500, days: 28 }, clock);
  await act(sandbox, "settings.patch", { settings: { requestsPerMinute: 100_000, ...settings } });
  const { token } = await clientHolding(sandbox, READING);
  const env = credentialsFor({ ...sandbox, accessToken: token });
  const query = async (...argv: string[]) => {
    const result = await runCli(["query", ...argv], { env, ports: { clock } });
    return { ...result, stderr: withoutProgress(result.stderr) };
  };
  const submit = async (path: string, body: object) =>
    await runCli(["query", "POST", path, "--all", "--body", "-"], {
      env,
      input: JSON.stringify(body),
      ports: { clock },
    });
  return { sandbox, query, submit };
}

const linesOf = (text: string) => text.split("\n").filter((line) => line !== "");

/** Returns results in an order that does not depend on which part was read first. */
function sorted(stdout: string): readonly string[] {
  const bySpelling = (values: readonly unknown[]) => values.map((each) => JSON.stringify(each)).toSorted();
  return linesOf(stdout)
    .map((line) => asRecord(JSON.parse(line)))
    .map(({ group, data }) =>
      JSON.stringify([
        Object.entries(asRecord(group)).toSorted(),
        asArray(data)
          .map(asRecord)
          .map(({ interval, metrics, views }) => [interval, bySpelling(asArray(metrics)), views]),
      ]),
    )
    .toSorted();
}

const CONVERSATIONS = ["conversations", "aggregates", ...INTERVAL];
const METRICS = ["--metric", "tHandle,nOffered,tTalk,oServiceLevel"];

describe("queried aggregates of 25 days, where the platform accepts at most 7", () => {
  test.each<[string, readonly string[]]>([
    ["without a granularity", []],
    ["by day", ["--granularity", "P1D"]],
    ["by 5 days, which do not divide 7 days evenly", ["--granularity", "P5D"]],
    ["by hour and queue", ["--granularity", "PT1H", "--group-by", "queueId"]],
    ["by week", ["--granularity", "P1W", "--group-by", "userId"]],
  ])("equal the result of one query %s", async (_name, flags) => {
    const { query } = await stage();
    const parts = await query(...CONVERSATIONS, ...METRICS, ...flags);
    const whole = await query(...CONVERSATIONS, ...METRICS, ...flags, ...EVERYTHING);
    expect([parts.exitCode, parts.stderr, whole.exitCode]).toEqual([0, "", 0]);
    expect(sorted(parts.stdout)).toEqual(sorted(whole.stdout));
    expect(linesOf(parts.stdout).length).toBeGreaterThan(1);
  });

  test("keep local days whole where clocks go back", async () => {
    const { query } = await stage({}, Date.UTC(2026, 10, 5, 12));
    const words = ["conversations", "aggregates", "--interval", "2026-10-12/2026-11-04"];
    const flags = ["--time-zone", "Europe/Berlin", "--granularity", "P1D", ...METRICS];
    const parts = await query(...words, ...flags);
    const whole = await query(...words, ...flags, ...EVERYTHING);
    expect([parts.exitCode, parts.stderr, whole.exitCode]).toEqual([0, "", 0]);
    expect(sorted(parts.stdout)).toEqual(sorted(whole.stdout));
    expect(parts.stdout).toContain("2026-10-24T22:00:00.000Z/2026-10-25T23:00:00.000Z");
  });

  test("of users add up the time in each state", async () => {
    const { query } = await stage();
    const words = ["users", "aggregates", "--metric", "tAgentRoutingStatus"];
    const parts = await query(...words, ...INTERVAL);
    expect([parts.exitCode, parts.stderr]).toEqual([0, ""]);
    const total = async (...intervals: string[]) => {
      const sums = new Map<string, number>();
      for (const interval of intervals) {
        const { stdout } = await query(...words, "--interval", interval);
        for (const line of linesOf(stdout).map((each) => asRecord(JSON.parse(each)))) {
          for (const metric of asArray(line["data"]).flatMap((point) =>
            asArray(asRecord(point)["metrics"]),
          )) {
            const { qualifier, stats } = asRecord(metric) as { qualifier: string; stats: JsonRecord };
            const key = `${JSON.stringify(line["group"])} ${qualifier}`;
            sums.set(key, (sums.get(key) ?? 0) + Number(stats["sum"]));
          }
        }
      }
      return [...sums].toSorted();
    };
    const weeks = ["2026-09-25/P7D", "2026-10-02/P7D", "2026-10-09/P7D", "2026-10-16/2026-10-20"];
    expect(await total("2026-09-25/2026-10-20")).toEqual(await total(...weeks));
  });

  test("are one JSON document with one record per group", async () => {
    const { query } = await stage();
    const { json, stderr } = await query(...CONVERSATIONS, ...METRICS, "--json");
    const records = asArray(asRecord(json)["records"]).map(asRecord);
    expect([stderr, asRecord(json)["isComplete"]]).toEqual(["", true]);
    expect(records.map(({ data }) => asArray(data).map((point) => asRecord(point)["interval"]))).toEqual(
      records.map(() => ["2026-09-25T00:00:00.000Z/2026-10-20T00:00:00.000Z"]),
    );
    expect(new Set(records.map(({ group }) => JSON.stringify(group))).size).toBe(records.length);
  });
});

test("a query of aggregates with more buckets than one response holds is divided until they fit", async () => {
  const words = ["conversations", "aggregates", "--interval", "2026-10-10/2026-10-13", ...METRICS];
  const flags = ["--granularity", "PT15M", "--group-by", "queueId"];
  const unlimited = await stage();
  const limited = await stage({ mostBuckets: 20 });
  const whole = await unlimited.query(...words, ...flags);
  const parts = await limited.query(...words, ...flags);
  expect([parts.exitCode, parts.stderr]).toEqual([0, ""]);
  expect(sorted(parts.stdout)).toEqual(sorted(whole.stdout));
});

describe("exits with 1 and the reason when splitting a query would produce wrong numbers", () => {
  /** Starts a service that returns one metric for intervals of up to a day and refuses longer intervals. */
  async function service(metric: object) {
    return await serve((request, response) => {
      if (request.method === "GET") return answerJson(response, 403, {});
      const { interval } = JSON.parse(request.body) as { interval: string };
      const [start = "", end = ""] = interval.split("/");
      if (Date.parse(end) - Date.parse(start) > 86_400_000) {
        const message =
          "You must specify a search interval as part of your query that does not exceed 1 days";
        return answerJson(response, 400, { status: 400, code: "bad.request", message });
      }
      answerJson(response, 200, { results: [{ group: {}, data: [{ interval, metrics: [metric] }] }] });
    });
  }

  test.each<[string, object, readonly string[], string]>([
    [
      "a distinct count",
      { metric: "nConversations", stats: { count: 5 } },
      ["--metric", "nConversations"],
      "`nConversations` may count the same object in both parts",
    ],
    [
      "a percentile",
      { metric: "tHandle", stats: { count: 5, p95: 7 } },
      ["--metric", "tHandle"],
      "`p95` of `tHandle` cannot be calculated from its parts",
    ],
    [
      "a ratio without numerator and denominator",
      { metric: "oServiceLevel", stats: { ratio: 0.5 } },
      ["--metric", "oServiceLevel"],
      "`ratio` of `oServiceLevel` cannot be calculated from its parts",
    ],
    [
      "a bucket longer than the limit",
      { metric: "tHandle", stats: { count: 5 } },
      ["--metric", "tHandle", "--granularity", "P2D"],
      "it spans only one bucket or one minute",
    ],
  ])("%s", async (_name, metric, flags, reason) => {
    const server = await service(metric);
    const words = ["conversations", "aggregates", "--interval", "2026-10-01/2026-10-03", ...flags];
    const { exitCode, json, stdout } = await runCli(["query", ...words, "--json"], {
      env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" },
    });
    expect([exitCode, asRecord(json)["error"]]).toEqual([
      1,
      expect.objectContaining({
        code: "query.unsplittable",
        message: `the platform refuses this query because the interval is longer than 1 day, and the query cannot be divided: ${reason}`,
        hint: expect.stringContaining("--granularity P1D"),
      }),
    ]);
    expect(stdout).not.toContain("records");
  });

  test("buckets that do not begin at the start of the interval", async () => {
    const server = await serve((request, response) => {
      if (request.method === "GET") return answerJson(response, 403, {});
      const { interval } = JSON.parse(request.body) as { interval: string };
      const [start = "", end = ""] = interval.split("/");
      if (Date.parse(end) - Date.parse(start) > 86_400_000) {
        return answerJson(response, 413, {
          status: 413,
          code: "response.entity.too.large",
          message: "large",
        });
      }
      // The interval is split at a full hour, although it begins at a quarter past.
      const point = { interval: `${start.replace(":15:", ":00:")}/${end}`, metrics: [] };
      answerJson(response, 200, { results: [{ group: {}, data: [point] }] });
    });
    const flags = ["--metric", "tHandle", "--granularity", "PT1H"];
    const interval = ["--interval", "2026-10-01T00:15/2026-10-03T00:15"];
    const { exitCode, stderr } = await runCli(
      ["query", "conversations", "aggregates", ...interval, ...flags],
      {
        env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" },
      },
    );
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining("the platform's buckets do not begin at the start of the interval"),
    ]);
  });

  test("a ranking of the whole interval", async () => {
    const server = await service({ metric: "tHandle", stats: { count: 5 } });
    const body = {
      interval: "2026-10-01T00:00:00Z/2026-10-03T00:00:00Z",
      metrics: ["tHandle"],
      queryType: "topN",
      limit: 3,
    };
    const { exitCode, stderr } = await runCli(["query", "conversations", "aggregates", "--body", "-"], {
      env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" },
      input: JSON.stringify(body),
    });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("`queryType` ranks the whole interval")]);
  });
});

test("a query of details is divided when the platform refuses to page through all results", async () => {
  const { query, sandbox } = await stage({ mostQueryResults: 200 });
  const words = ["conversations", "details", "--interval", "2026-10-05/2026-10-12", "--all"];
  const { exitCode, stderr, stdout } = await query(...words);
  await act(sandbox, "settings.patch", { settings: { mostQueryResults: 100_000 } });
  const whole = await query(...words);
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(linesOf(whole.stdout).length).toBeGreaterThan(300);
  expect(linesOf(stdout).toSorted()).toEqual(linesOf(whole.stdout).toSorted());
});

describe("queried aggregates that the service does not return in time", () => {
  const DAY_MS = 86_400_000;

  /**
   * Starts a service that returns a handling time for intervals of up to `longestMs`, and fails with `status` for
   * longer ones.
   */
  async function slowService(status: number, longestMs: number) {
    return await serve((request, response) => {
      if (request.method === "GET") return answerJson(response, 403, {});
      const { interval } = JSON.parse(request.body) as { interval: string };
      const [start = "", end = ""] = interval.split("/");
      if (Date.parse(end) - Date.parse(start) > longestMs) {
        return answerJson(response, status, { status, code: "request.timeout", message: "timed out" });
      }
      const metrics = [{ metric: "tHandle", stats: { count: 1, sum: 5 } }];
      answerJson(response, 200, { results: [{ group: {}, data: [{ interval, metrics }] }] });
    });
  }

  async function ask(url: string, ...flags: string[]) {
    const words = ["conversations", "aggregates", "--interval", "2026-10-01/2026-10-05", "--json", ...flags];
    return await runCli(["query", ...words], {
      env: { GENESYSCLOUD_REGION: url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" },
      ports: { clock: new HastyClock() },
    });
  }

  test.each([408, 504])("are divided after %i", async (status) => {
    const server = await slowService(status, DAY_MS);
    const { exitCode, json } = await ask(server.url, "--metric", "tHandle");
    expect([exitCode, asRecord(json)["records"]]).toEqual([
      0,
      [
        {
          group: {},
          data: [
            {
              interval: "2026-10-01T00:00:00.000Z/2026-10-05T00:00:00.000Z",
              metrics: [{ metric: "tHandle", stats: { count: 4, sum: 20 } }],
            },
          ],
        },
      ],
    ]);
    // The whole interval, two halves and four days: a 504 is retried once before the interval is split.
    const queries = server.seen.filter(({ method }) => method === "POST");
    expect(queries).toHaveLength(status === 504 ? 10 : 7);
  });

  test("are reported as an outage when not even one bucket gets a response", async () => {
    const server = await slowService(504, 0);
    const { exitCode, json } = await ask(server.url, "--metric", "tHandle", "--granularity", "P1D");
    expect([exitCode, asRecord(json)["error"]]).toEqual([
      7,
      expect.objectContaining({ code: "api.unavailable" }),
    ]);
  });

  test("are repeated until --max-wait when a ranking prevents dividing them", async () => {
    const server = await slowService(504, DAY_MS);
    const body = { interval: "2026-10-01T00:00Z/2026-10-05T00:00Z", metrics: ["tHandle"], queryType: "topN" };
    const { exitCode, json } = await runCli(
      ["query", "conversations", "aggregates", "--body", "-", "--json"],
      {
        env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" },
        input: JSON.stringify(body),
        ports: { clock: new HastyClock() },
      },
    );
    expect([exitCode, asRecord(json)["error"]]).toEqual([
      7,
      expect.objectContaining({ code: "api.unavailable" }),
    ]);
    expect(server.seen.filter(({ method }) => method === "POST").length).toBeGreaterThan(5);
  });
});

describe("a query that submits a job by method and path", () => {
  const PATH = "/api/v2/analytics/conversations/details/jobs";

  test("is divided when it has more results than the platform returns, each conversation once", async () => {
    const { submit, sandbox } = await stage({ mostJobResults: 200 });
    const body = { interval: "2026-10-05T00:00:00Z/2026-10-12T00:00:00Z" };
    const parts = await submit(PATH, body);
    await act(sandbox, "settings.patch", { settings: { mostJobResults: 400_000 } });
    const whole = await submit(PATH, body);
    expect([parts.exitCode, parts.stderr]).toEqual([0, ""]);
    expect(linesOf(whole.stdout).length).toBeGreaterThan(300);
    expect(linesOf(parts.stdout).toSorted()).toEqual(linesOf(whole.stdout).toSorted());
  });

  test.each<[string, string, object, string, string]>([
    [
      "with a limit",
      PATH,
      { limit: 500 },
      "`limit` applies to the whole interval",
      "genscope export conversations details --interval START/END",
    ],
    [
      "of users",
      "/api/v2/analytics/users/details/jobs",
      {},
      "the records of its parts do not add up to those of the whole",
      "genscope export users details --interval START/END",
    ],
    [
      "of aggregates",
      "/api/v2/analytics/conversations/aggregates/jobs",
      { metrics: ["tHandle"], groupBy: ["userId"], granularity: "PT30M" },
      "the records of its parts do not add up to those of the whole",
      "genscope query conversations aggregates --body request.json",
    ],
  ])("names the command that divides the same query: %s", async (_name, path, fields, reason, command) => {
    const { submit } = await stage({ mostJobResults: 1 });
    const body = { interval: "2026-10-05T00:00:00Z/2026-10-12T00:00:00Z", ...fields };
    const { exitCode, stderr } = await submit(path, body);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining(`the query cannot be divided: ${reason}`),
    ]);
    expect(stderr).toContain(command);
  });
});
