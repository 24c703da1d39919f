import { describe, expect, test } from "vitest";
import { refusalOf } from "../support/export-refusal.ts";

const DETAILS = ["conversations", "details"];
const DAY = [...DETAILS, "--interval", "2026-10-01"];
const AGGREGATES = ["conversations", "aggregates", "--interval", "2026-10-01"];

describe("a place that can't hold what is asked for is refused before anything is sent", {
  timeout: 30_000,
}, () => {
  test.each<[readonly string[], string, string, RegExp]>([
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
  ])("%j", async (argv, code, message, hint) => {
    const refused = await refusalOf(argv);
    expect(refused).toMatchObject({ exitCode: 2, code, sent: 0, left: ["list.json"] });
    expect(refused.message).toBe(message);
    expect(refused.hint).toMatch(hint);
  });
});
