import { describe, expect, test } from "vitest";
import { clientHolding, sandboxFor } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { createMemoryIo } from "../../../support/memory-io.ts";
import { type RunOptions, runCli } from "../../../support/run-cli.ts";
import { stillClock } from "../../../support/still-clock.ts";

const NOW = Date.UTC(2026, 9, 20, 12);
const DAYS = ["--interval", "2026-10-12/2026-10-20", "--granularity", "P1D", "--filter", "mediaType=voice"];
const AGGREGATES = ["conversations", "aggregates", "--metric", "nOffered"];

/** Returns a function that queries a sandbox with 2,000 conversations on ten days. */
async function stage() {
  const clock = stillClock(NOW);
  const sandbox = await sandboxFor({ scenario: "healthy", conversations: 2_000, days: 10 }, clock);
  const { token } = await clientHolding(sandbox, [
    "analytics:conversationAggregate:view",
    "analytics:queueObservation:view",
  ]);
  const env = credentialsFor({ ...sandbox, accessToken: token });
  return async (argv: readonly string[], more: RunOptions = {}) =>
    await runCli(["query", ...argv], { env, ports: { clock }, ...more });
}

describe("the bars of a query's chart", () => {
  test.each([
    ["a terminal of 80 columns", [], { columns: 80 }, true],
    ["a terminal of 79 columns", [], { columns: 79 }, false],
    ["a terminal of 79 columns with --chart", ["--chart"], { columns: 79 }, true],
    ["a terminal with --no-chart", ["--no-chart"], { columns: 80 }, false],
    ["a terminal with --chart before --no-chart", ["--chart", "--no-chart"], { columns: 80 }, false],
    ["a terminal with -o wide", ["-o", "wide"], { columns: 80 }, false],
    ["a terminal with -o wide and --chart", ["-o", "wide", "--chart"], { columns: 80 }, true],
    ["a pipe", [], {}, false],
    ["a pipe with -o table", ["-o", "table"], {}, false],
    ["a pipe with --chart", ["--chart"], {}, true],
    ["a terminal with --output csv", ["--output", "csv"], { columns: 80 }, false],
    ["a terminal with --json", ["--json"], { columns: 80 }, false],
  ] as const)("are drawn for %s", async (_name, flags, options, isDrawn) => {
    const query = await stage();
    const { exitCode, stdout } = await query([...AGGREGATES, ...DAYS, ...flags], options);
    expect(exitCode).toBe(0);
    expect(/^nOffered \(count\)\nMon 2026-10-12 {2}#+ \d+\n/m.test(stdout)).toBe(isDrawn);
  });

  test("appear below the table, one per period, with lengths in proportion to the values", async () => {
    const query = await stage();
    const { stdout } = await query([...AGGREGATES, ...DAYS], { columns: 100 });
    const lines = stdout.slice(stdout.indexOf("\nnOffered (count)\n")).trim().split("\n").slice(1);
    const bars = lines.map((line) => /^\w{3} \d{4}-\d\d-\d\d {2}(#+) (\d+)$/.exec(line)?.slice(1) ?? []);
    const most = Math.max(...bars.map(([, value]) => Number(value)));
    expect(bars).toHaveLength(8);
    for (const [bar = "", value = ""] of bars)
      expect(bar).toHaveLength(Math.round((60 * Number(value)) / most));
  });

  test.each([
    ["blocks on a terminal with color and UTF-8", 1, true, [], /█/],
    ["number signs without UTF-8", 1, false, [], /#/],
    ["number signs with NO_COLOR", 0, true, [], /#/],
    ["number signs with --no-color", 1, true, ["--no-color"], /#/],
  ] as const)("consist of %s", async (_name, colourLevel, isUnicode, flags, character) => {
    const query = await stage();
    const memory = createMemoryIo({ columns: 80 });
    const stdout = { ...memory.io.stdout, colourLevel, isUnicode };
    const clock = stillClock(NOW);
    await query([...AGGREGATES, ...DAYS, ...flags], { ports: { clock, io: { ...memory.io, stdout } } });
    const text = memory.stdout();
    expect(text).toMatch(character);
    expect(/█/.test(text) && /#/.test(text)).toBe(false);
  });

  test("show at most three metrics, in the order of the request, and a note names the others", async () => {
    const query = await stage();
    const metrics = ["--metric", "tTalk", "--metric", "tHandle,tAcw"];
    const { stdout } = await query([...AGGREGATES, ...DAYS, ...metrics], { columns: 100 });
    expect(stdout.match(/^\w+ \(\w+\)$/gm)).toEqual([
      "nOffered (count)",
      "tTalk (average)",
      "tHandle (average)",
    ]);
    expect(stdout).toMatch(/\nnot drawn: tAcw\n$/);
  });

  test("of several metrics and groups are ordered by metric, each metric with its largest group", async () => {
    const query = await stage();
    const days = DAYS.filter((word) => !["--filter", "mediaType=voice"].includes(word));
    const { stdout } = await query([...AGGREGATES, ...days, "--metric", "tHandle"], { columns: 100 });
    const titles = stdout.match(/^\w+ · \w+ \(\w+\)$/gm) ?? [];
    const [first = "", second = "", third = ""] = titles;
    expect(titles.map((title) => title.split(" · ")[0])).toEqual(["nOffered", "nOffered", "tHandle"]);
    expect(third.replace("tHandle", "nOffered").replace("average", "count")).toBe(first);
    expect(second).not.toBe(first);
    expect(stdout).toMatch(/\nnot drawn: (nOffered · \w+, )*(tHandle · \w+(, |\n$))+/);
  });

  test("of groups are sorted, at most twenty", async () => {
    const query = await stage();
    const groups = ["--interval", "2026-10-12/2026-10-20", "--group-by", "queueId"];
    const { stdout } = await query([...AGGREGATES, ...groups], { columns: 100 });
    const [, title = "", ...lines] = stdout.slice(stdout.indexOf("\nnOffered (count,")).trimEnd().split("\n");
    expect(title).toMatch(/^nOffered \(count, the largest 20 of \d+ groups\)$/);
    const values = lines.map((line) => Number(/(\d+)$/.exec(line)?.[1]));
    expect(values).toHaveLength(20);
    expect(values).toEqual(values.toSorted((one, other) => other - one));
    expect(lines[0]).toMatch(/^[0-9a-f]{8}… · \w+ +#{50}/);
  });

  test("of many periods are drawn on request", async () => {
    const query = await stage();
    const hours = [...DAYS, "--granularity", "1h"];
    const shown = await query([...AGGREGATES, ...hours], { columns: 100 });
    expect(shown.stdout).toMatch(
      /\n192 periods are not drawn: draw them with --chart, or join them with a longer --granularity\n$/,
    );
    const asked = await query([...AGGREGATES, ...hours, "--chart"], { columns: 100 });
    expect(asked.stdout.match(/^.{14} \d\d:\d\d {2}(#|no data)/gm)).toHaveLength(192);
  });
});

describe("--chart is a usage error", () => {
  test.each([
    ["for records without numbers", ["conversations", "details"], "`conversations details` has no numbers"],
    ["for a listing", ["GET", "/api/v2/routing/queues"], "`GET /api/v2/routing/queues` has no numbers"],
    [
      "for one number",
      [...AGGREGATES, "--interval", "yesterday"],
      "one number per metric is not enough for a chart (--chart)",
    ],
    ["with --json", [...AGGREGATES, ...DAYS, "--json"], "`--chart` and `--json` cannot be combined"],
    ["with CSV", [...AGGREGATES, ...DAYS, "-o", "csv"], "`--chart` and `--output csv` cannot be combined"],
    [
      "with NDJSON",
      [...AGGREGATES, ...DAYS, "-o", "ndjson"],
      "`--chart` and `--output ndjson` cannot be combined",
    ],
  ])("%s, before a request is sent", async (_name, argv, message) => {
    // No server listens on port 1, so a request would fail with another code.
    const env = { GENESYSCLOUD_REGION: "http://127.0.0.1:1", GENESYSCLOUD_ACCESS_TOKEN: "unused" };
    const { exitCode, stderr } = await runCli(["query", ...argv, "--chart"], { env });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
