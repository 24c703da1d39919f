import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { json } from "../../../sandbox/client.ts";
import { refusalOf } from "../../../support/export-refusal.ts";
import { exportStage } from "../../../support/export-stage.ts";
import { serve } from "../../../support/loopback-server.ts";
import { runCli } from "../../../support/run-cli.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const DETAILS = ["conversations", "details"];
const DAY = [...DETAILS, "--interval", "2026-10-01"];
const AGGREGATES = ["conversations", "aggregates", "--interval", "2026-10-01"];

describe("a destination that does not fit the request is refused before a request", () => {
  test.each<[readonly string[], string, string, RegExp]>([
    [
      [...DAY, "--out=s3://lake/october"],
      "usage.arguments",
      "`s3://lake/october` is an address, not a path (--out)",
      /genscope help object-stores/,
    ],
    [
      [...DAY, "--out", "a.csv", "--format", "ndjson"],
      "usage.arguments",
      "`a.csv` contradicts `--format ndjson`",
      /`.ndjson`/,
    ],
    [
      [...DAY, "--out", "a.ndjson", "--compress", "gzip"],
      "usage.arguments",
      "`a.ndjson` contradicts `--compress gzip`",
      /`a.ndjson.gz`/,
    ],
    [
      [...DAY, "--out", "a.ndjson.zst", "--compress", "gzip"],
      "usage.arguments",
      "`a.ndjson.zst` contradicts `--compress gzip`",
      /`a.ndjson.gz`/,
    ],
    [
      [...DAY, "--out", "a.ndjson", "--partition", "day"],
      "usage.arguments",
      "`--partition day` writes one directory per day",
      /specify a directory/,
    ],
    [
      [...DAY, "--out", "-", "--partition", "day"],
      "usage.arguments",
      "`--partition day` writes one directory per day",
      /specify a directory/,
    ],
    [
      ["queues", "--out", "lake", "--partition", "day"],
      "usage.arguments",
      "`queues` lists the current state, which has no days for `--partition day`",
      /leave out --partition/,
    ],
    [
      [...DAY, "--out", "a.csv"],
      "usage.arguments",
      "`conversations details` has several tables in CSV",
      /specify a directory/,
    ],
    [
      ["users", "details", "--interval", "2026-10-01", "--out", "a.parquet"],
      "usage.arguments",
      "`users details` has several tables in Parquet",
      /specify a directory/,
    ],
    [
      [...AGGREGATES, "--out", "a.parquet"],
      "usage.arguments",
      "Parquet files of several days cannot be joined into one",
      /specify a directory/,
    ],
    [
      ["queues", "--out", "queues.parquet.gz"],
      "usage.arguments",
      "`queues.parquet.gz` does not match the format Parquet, which compresses its own pages",
      /`queues.parquet`/,
    ],
    [
      [...DAY, "--out", "-"],
      "usage.arguments",
      "standard output cannot carry both records and `--json`",
      /--out PATH/,
    ],
    [
      [...DAY, "--out", "-", "--resume"],
      "usage.arguments",
      "an export to standard output cannot be continued",
      /--out PATH/,
    ],
    [
      [...DAY, "--out", "-", "--incremental"],
      "usage.arguments",
      "an export to standard output cannot be continued",
      /--out PATH/,
    ],
    [
      [...DAY, "--out", "a.ndjson", "--incremental"],
      "usage.arguments",
      "`--incremental` replaces days, which need separate files",
      /specify a directory/,
    ],
    [
      ["users", "details", "--interval", "2026-10-01", "--fresh-tail"],
      "usage.arguments",
      "`users details` has no live index for `--fresh-tail`",
      /omit `--fresh-tail`/,
    ],
    [["queues", "--fresh-tail"], "usage.arguments", "`queues` has no live index for `--fresh-tail`", /omit/],
    [
      [...DAY, "--shard", "1/3", "--out", "a.ndjson"],
      "usage.arguments",
      "workers share a directory, not a file",
      /specify a directory/,
    ],
    ...["0/3", "4/3", "1", "1/0", "a/b", "1/3/5", "-1/3"].map(
      (shard): [readonly string[], string, string, RegExp] => [
        [...DAY, `--shard=${shard}`],
        "usage.flag",
        `\`${shard}\` is not a shard such as 1/4 (--shard)`,
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

describe("a destination that cannot be created is refused before a token is requested", () => {
  /**
   * Runs an export in a directory that contains `file`. The command has a client's credentials, but the service must
   * not receive them.
   */
  async function refusalAt(out: (directory: string) => string) {
    const { url, seen } = await serve((_request, response) => response.writeHead(500).end());
    const directory = await tempDir();
    await writeFile(join(directory, "file"), "mine");
    const env = {
      GENESYSCLOUD_REGION: url,
      GENESYSCLOUD_OAUTHCLIENT_ID: "some-client",
      GENESYSCLOUD_OAUTHCLIENT_SECRET: "some-secret",
    };
    const result = await runCli(["export", "queues", "--out", out(directory), "--json"], { env });
    const document = json(result.json);
    return {
      exitCode: result.exitCode,
      code: document.at("error.code"),
      message: document.text("error.message").replaceAll(`${directory}/`, ""),
      hint: document.at("error.hint"),
      stderr: result.stderr,
      sent: seen.length,
      left: await readdir(directory),
    };
  }

  test.each([
    ["a file", "file", "`file` cannot hold an export: `file` is not a directory"],
    ["below a file", "file/x", "`file/x` cannot hold an export: `file` is not a directory"],
    ["deep below a file", "file/x/y", "`file/x/y` cannot hold an export: `file` is not a directory"],
    ["a file below a file", "file/x.csv", "`file/x.csv` cannot hold an export: `file` is not a directory"],
  ])("%s", async (_what, out, message) => {
    const refused = await refusalAt((directory) => join(directory, out));
    expect(refused).toMatchObject({
      exitCode: 2,
      code: "usage.destination",
      message,
      hint: "choose another path with --out PATH",
      sent: 0,
      left: ["file"],
    });
    expect(refused.stderr).not.toContain("go on with");
  });

  test.runIf(process.platform === "linux").each(["/proc/x", "/proc/x/y", "/proc/x.csv", "/proc"])(
    "%s, where even root cannot create files",
    async (out) => {
      const refused = await refusalAt(() => out);
      expect(refused).toMatchObject({ exitCode: 2, code: "usage.destination", sent: 0 });
      expect(refused.message).toMatch(
        /cannot hold an export: (files cannot be created in `\/proc`|`\/proc` cannot be written: permission denied)$/,
      );
    },
  );

  test.skipIf(process.getuid?.() === 0).each(["", "x", "x.csv"])(
    "in a read-only directory: %j (skipped for root)",
    async (name) => {
      const closed = join(await tempDir(), "closed");
      await mkdir(closed, { mode: 0o500 });
      const refused = await refusalAt(() => join(closed, name));
      expect(refused).toMatchObject({ exitCode: 2, code: "usage.destination", sent: 0 });
      expect(refused.message).toMatch(/: `[^`]*closed` cannot be written: permission denied$/);
    },
  );
});

test("the directories of an export follow the umask, and its work directory is private", async () => {
  const before = process.umask(0o027);
  onTestFinished(() => void process.umask(before));
  const { run, directory } = await exportStage();
  expect((await run(["queues", "--out", "outer/lake"])).exitCode).toBe(0);
  const modes = await Promise.all(
    ["outer", "outer/lake", "outer/lake/.genscope", "outer/lake/queues"].map(
      async (name) => (await stat(join(directory, name))).mode & 0o777,
    ),
  );
  expect(modes).toEqual([0o750, 0o750, 0o700, 0o750]);
});
