import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatNames } from "../../../../src/export/writers/formats.ts";
import { json } from "../../../sandbox/client.ts";
import { refusalOf } from "../../../support/export-refusal.ts";
import { runCli } from "../../../support/run-cli.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const DETAILS = ["conversations", "details"];
const DAY = [...DETAILS, "--interval", "2026-10-01"];
const AGGREGATES = ["conversations", "aggregates", "--interval", "2026-10-01"];

describe("refuses contradictory, missing and unknown flags of `export` before a request", () => {
  test.each<[readonly string[], string, string, RegExp]>([
    [
      ["conversation", "detail"],
      "usage.dataset",
      "`conversation detail` is not a dataset",
      /did you mean `genscope export conversations details`/,
    ],
    [
      ["nonsense"],
      "usage.dataset",
      "`nonsense` is not a dataset",
      /the datasets are: conversations details, /,
    ],
    [
      DETAILS,
      "usage.flag",
      "`conversations details` needs an interval",
      /genscope export conversations details --interval yesterday/,
    ],
    [
      ["conversations", "aggregates"],
      "usage.flag",
      "`conversations aggregates` needs an interval",
      /--interval yesterday/,
    ],
    [
      ["queues", "--interval", "yesterday"],
      "usage.arguments",
      "`queues` takes no interval: it lists the current state",
      /omit `--interval`/,
    ],
    [
      [...DETAILS, "--interval", "some day"],
      "usage.interval",
      "`some day` is not an interval",
      /--interval 2026-10/,
    ],
    [
      [...DETAILS, "--interval", "2026-10-02/2026-10-01"],
      "usage.interval",
      "the interval `2026-10-02/2026-10-01` ends before it begins",
      /the end is exclusive/,
    ],
    [
      [...DAY, "--time-zone", "Europe/Atlantis"],
      "usage.time_zone",
      "`Europe/Atlantis` is not a time zone",
      /Europe\/Berlin/,
    ],
    [
      ["queues", "--time-zone", "Mars/Base"],
      "usage.time_zone",
      "`Mars/Base` is not a time zone",
      /Europe\/Berlin/,
    ],
    [
      [...DAY, "--format", "xml"],
      "usage.arguments",
      "`xml` is not a value of `--format`",
      new RegExp(`^choose one of ${formatNames().join(", ")}: --format ${formatNames()[0]}$`),
    ],
    [
      [...DAY, "--concurrency", "17"],
      "usage.arguments",
      "`17` is not a value of `--concurrency`",
      /^use a whole number from 1 to 16: --concurrency 1$/,
    ],
    [[...DAY, "--body", "-"], "usage.body", "standard input is empty (--body)", /--body request.json/],
    [
      [...DAY, "--metric", "tHandle"],
      "usage.flag",
      "`conversations details` does not take `--metric`",
      /remove `--metric`/,
    ],
    [
      [...DAY, "--group-by", "queueId"],
      "usage.flag",
      "`conversations details` does not take `--group-by`",
      /remove/,
    ],
    [
      [...AGGREGATES, "--metric", "tHandel"],
      "usage.unknown_metric",
      "`conversations aggregates` has no metric `tHandel`",
      /tHandle/,
    ],
    [
      ["audits", "--interval", "2026-10-01", "--filter", "a=b"],
      "usage.arguments",
      "`audits` accepts no filters, metrics or groups",
      /--body FILE/,
    ],
    [
      ["queues", "--filter", "name=x"],
      "usage.arguments",
      "`queues` accepts no filters, metrics or groups",
      /--body FILE|omit/,
    ],
    [
      ["queues", "--body", "list.json"],
      "usage.arguments",
      "`queues` accepts no request body",
      /omit `--body`/,
    ],
    [
      [...DAY, "--body", "list.json", "--filter", "mediaType=voice"],
      "usage.arguments",
      "`--body` is the whole request",
      /put filters/,
    ],
    [
      [...DAY, "--body", "list.json"],
      "usage.body",
      "`list.json` is not a JSON object (--body)",
      /--body request.json/,
    ],
    [
      [...DAY, "--look-back", "1d"],
      "usage.arguments",
      "`--look-back` requires `--incremental`",
      /add `--incremental`/,
    ],
  ])("%j", async (argv, code, message, hint) => {
    const refused = await refusalOf(argv);
    expect(refused).toMatchObject({ exitCode: 2, code, sent: 0, left: ["list.json"] });
    expect(refused.message).toBe(message);
    expect(refused.hint).toMatch(hint);
  });

  test.each<[readonly string[], RegExp]>([
    [[...DAY, "--concurrency", "0"], /a whole number from 1 to 16/],
    [[...DAY, "--concurrency", "17"], /a whole number from 1 to 16/],
    [[...DAY, "--concurrency", "1.5"], /a whole number from 1 to 16/],
    [[...DAY, "--compress", "zip"], /gzip, zstd/],
    [[...DAY, "--partition", "hour"], /day/],
    [[...DAY, "--on-forbidden", "ignore"], /skip, fail/],
  ])("%j", async (argv, words) => {
    const refused = await refusalOf(argv);
    expect(refused).toMatchObject({ exitCode: 2, sent: 0, left: ["list.json"] });
    expect(`${refused.message} ${refused.hint}`).toMatch(words);
  });
});

describe("refuses a request body with a field that the export sets itself", () => {
  test.each([
    ["limit", 10],
    ["pageSize", 5],
    ["order", "desc"],
    ["orderBy", "segmentEnd"],
    ["startOfDayIntervalMatching", false],
    ["paging", { pageSize: 5, pageNumber: 1 }],
    ["aggregations", []],
  ])("%s", async (field, value) => {
    const refused = await refusalOf([...DAY, "--body", "-"], JSON.stringify({ [field]: value }));
    expect(refused).toMatchObject({ exitCode: 2, code: "usage.body", sent: 0, left: ["list.json"] });
    expect([refused.message, refused.hint]).toEqual([
      `\`${field}\` is set by the export itself, so it must not be in \`-\` (--body)`,
      `omit \`${field}\`: an export fetches every record, and sets the order and the paging itself`,
    ]);
  });

  test("the interval in a request body", async () => {
    const refused = await refusalOf([...DAY, "--body", "-"], '{"interval":"2026-10-01/2026-10-02"}');
    expect(refused).toMatchObject({ exitCode: 2, code: "usage.body", sent: 0 });
    expect(refused.message).toBe("`interval` is set by the export itself, so it must not be in `-` (--body)");
    expect(refused.hint).toBe("omit `interval` there, and pass it as a flag: --interval yesterday");
  });
});

test("an export without a login creates no file", async () => {
  const directory = await tempDir();
  const result = await runCli(["export", ...DAY, "--out", join(directory, "lake"), "--json"]);
  expect([result.exitCode, json(result.json).at("error.code")]).toEqual([4, "auth.not_logged_in"]);
  expect(await readdir(directory)).toEqual([]);
});
