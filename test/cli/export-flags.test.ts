import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { json } from "../sandbox/client.ts";
import { serve } from "../support/loopback-server.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const DETAILS = ["conversations", "details"];
const DAY = [...DETAILS, "--interval", "2026-10-01"];
const AGGREGATES = ["conversations", "aggregates", "--interval", "2026-10-01"];

/** Runs against a service that nobody may ask anything, in a directory where nothing may appear. */
async function refusal(argv: readonly string[]) {
  const { url, seen } = await serve((_request, response) => response.writeHead(500).end());
  const directory = await tempDir();
  await writeFile(join(directory, "list.json"), "[]");
  const words = argv.map((word, index) =>
    ["--out", "--body"].includes(argv[index - 1] ?? "") && word !== "-" ? join(directory, word) : word,
  );
  const result = await runCli(["export", ...words, "--json"], {
    env: { GENESYSCLOUD_REGION: url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" },
  });
  const document = json(result.json);
  return {
    exitCode: result.exitCode,
    code: document.at("error.code"),
    message: document.text("error.message").replaceAll(`${directory}/`, ""),
    hint: document.text("error.hint").replaceAll(`${directory}/`, ""),
    sent: seen.length,
    left: await readdir(directory),
  };
}

describe("what contradicts, is missing or is not known is refused before anything is sent", {
  timeout: 30_000,
}, () => {
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
      "`queues` are listed as they are now",
      /leave `--interval` out/,
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
      "the interval `2026-10-02/2026-10-01` ends before it has begun",
      /the end is not part/,
    ],
    [
      [...DAY, "--time-zone", "Europe/Atlantis"],
      "usage.time_zone",
      "`Europe/Atlantis` is not a time zone",
      /Europe\/Berlin/,
    ],
    [
      [...DAY, "--metric", "tHandle"],
      "usage.flag",
      "`conversations details` does not take `--metric`",
      /leave `--metric` out/,
    ],
    [
      [...DAY, "--group-by", "queueId"],
      "usage.flag",
      "`conversations details` does not take `--group-by`",
      /leave/,
    ],
    [[...AGGREGATES, "--metric", "tHandel"], "usage.unknown_metric", "this query has no metric `tHandel`", /tHandle/],
    [
      ["audits", "--interval", "2026-10-01", "--filter", "a=b"],
      "usage.arguments",
      "`audits` takes no filters, metrics or groups",
      /--body FILE/,
    ],
    [
      ["queues", "--filter", "name=x"],
      "usage.arguments",
      "`queues` takes no filters, metrics or groups",
      /--body FILE|leave/,
    ],
    [
      ["queues", "--body", "list.json"],
      "usage.arguments",
      "`queues` takes no request body",
      /leave `--body` out/,
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
      [...DAY, "--out", "a.csv", "--format", "ndjson"],
      "usage.arguments",
      "`a.csv` is no name for `--format ndjson`",
      /`….ndjson`/,
    ],
    [
      [...DAY, "--out", "a.ndjson", "--compress", "gzip"],
      "usage.arguments",
      "`a.ndjson` is no name for `--compress gzip`",
      /`a.ndjson.gz`/,
    ],
    [
      [...DAY, "--out", "a.ndjson.zst", "--compress", "gzip"],
      "usage.arguments",
      "`a.ndjson.zst` is no name for `--compress gzip`",
      /`a.ndjson.gz`/,
    ],
    [
      [...DAY, "--out", "a.ndjson", "--partition", "day"],
      "usage.arguments",
      "days get directories of their own",
      /name a directory/,
    ],
    [
      [...DAY, "--out", "-", "--partition", "day"],
      "usage.arguments",
      "days get directories of their own",
      /name a directory/,
    ],
    [
      [...DAY, "--out", "a.csv"],
      "usage.arguments",
      "`conversations details` make several tables in CSV",
      /name a directory/,
    ],
    [
      ["users", "details", "--interval", "2026-10-01", "--out", "a.parquet"],
      "usage.arguments",
      "`users details` make several tables in Parquet",
      /name a directory/,
    ],
    [
      [...AGGREGATES, "--out", "a.parquet"],
      "usage.arguments",
      "Parquet files of several days can't be joined into one",
      /name a directory/,
    ],
    [
      ["queues", "--out", "queues.parquet.gz"],
      "usage.arguments",
      "`queues.parquet.gz` is no name for Parquet, which compresses inside",
      /`queues.parquet`/,
    ],
    [
      [...DAY, "--out", "-"],
      "usage.arguments",
      "standard output can't take the records and `--json`",
      /--out PATH/,
    ],
    [
      [...DAY, "--out", "-", "--resume"],
      "usage.arguments",
      "what went to standard output can't be continued",
      /--out PATH/,
    ],
    [
      [...DAY, "--out", "-", "--incremental"],
      "usage.arguments",
      "what went to standard output can't be continued",
      /--out PATH/,
    ],
    [
      [...DAY, "--out", "a.ndjson", "--incremental"],
      "usage.arguments",
      "`--incremental` replaces days, each in files of its own",
      /name a directory/,
    ],
    [
      ["users", "details", "--interval", "2026-10-01", "--fresh-tail"],
      "usage.arguments",
      "`users details` has no live index for `--fresh-tail`",
      /leave `--fresh-tail` out/,
    ],
    [["queues", "--fresh-tail"], "usage.arguments", "`queues` has no live index for `--fresh-tail`", /leave/],
    [
      [...DAY, "--shard", "1/3", "--out", "a.ndjson"],
      "usage.arguments",
      "workers share a directory, not a file",
      /name a directory/,
    ],
    ...["0/3", "4/3", "1", "1/0", "a/b", "1/3/5", "-1/3"].map(
      (shard): [readonly string[], string, string, RegExp] => [
        [...DAY, `--shard=${shard}`],
        "usage.flag",
        `\`${shard}\` is not one of several workers (--shard)`,
        /`--shard 1\/4`/,
      ],
    ),
    [[...DAY, "--max-wait", "soon"], "usage.duration", "`soon` is not a duration (--max-wait)", /4s|2m/],
    [
      [...DAY, "--incremental", "--look-back", "some"],
      "usage.duration",
      "`some` is not a duration (--look-back)",
      /4s|2m/,
    ],
    [
      [...DAY, "--look-back", "1d"],
      "usage.arguments",
      "`--look-back` is for `--incremental`",
      /add `--incremental`/,
    ],
  ])("%j", async (argv, code, message, hint) => {
    const refused = await refusal(argv);
    expect(refused).toMatchObject({ exitCode: 2, code, sent: 0, left: ["list.json"] });
    expect(refused.message).toBe(message);
    expect(refused.hint).toMatch(hint);
  });

  test.each<[readonly string[], RegExp]>([
    [[...DAY, "--concurrency", "0"], /a whole number from 1 to 16/],
    [[...DAY, "--concurrency", "17"], /a whole number from 1 to 16/],
    [[...DAY, "--concurrency", "1.5"], /a whole number from 1 to 16/],
    [[...DAY, "--format", "xml"], /ndjson, csv, parquet/],
    [[...DAY, "--compress", "zip"], /gzip, zstd/],
    [[...DAY, "--partition", "hour"], /day/],
    [[...DAY, "--on-forbidden", "ignore"], /skip, fail/],
  ])("%j", async (argv, words) => {
    const refused = await refusal(argv);
    expect(refused).toMatchObject({ exitCode: 2, sent: 0, left: ["list.json"] });
    expect(`${refused.message} ${refused.hint}`).toMatch(words);
  });
});

test("without a login nothing is made on the disk", async () => {
  const directory = await tempDir();
  const result = await runCli(["export", ...DAY, "--out", join(directory, "lake"), "--json"]);
  expect([result.exitCode, json(result.json).at("error.code")]).toEqual([4, "auth.not_logged_in"]);
  expect(await readdir(directory)).toEqual([]);
});
