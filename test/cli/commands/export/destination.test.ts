import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { json } from "../../../sandbox/client.ts";
import { began, exportedIn, exportStage, filesIn } from "../../../support/export-stage.ts";
import { serve } from "../../../support/loopback-server.ts";
import { runCli } from "../../../support/run-cli.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const DETAILS = ["conversations", "details", "--interval", "2026-10-01/2026-10-03"];
const OTHER_PATH_HINT = "choose another path with --out PATH";

/** Exports to a destination where `path` already exists. The service must receive no request. */
async function refusalBeside(
  argv: readonly string[],
  path: string,
  make: (path: string) => Promise<unknown>,
) {
  const { url, seen } = await serve((_request, response) => response.writeHead(500).end());
  const directory = await tempDir();
  await mkdir(dirname(join(directory, path)), { recursive: true });
  await make(join(directory, path));
  const words = argv.map((word, index) => (argv[index - 1] === "--out" ? join(directory, word) : word));
  const result = await runCli(["export", ...words, "--json"], {
    env: { GENESYSCLOUD_REGION: url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" },
  });
  const error = json(result.json);
  return {
    exitCode: result.exitCode,
    code: error.at("error.code"),
    message: error.text("error.message").replaceAll(`${directory}/`, ""),
    hint: error.at("error.hint"),
    sent: seen.length,
    directory,
  };
}

const FOREIGN_TEXT = '{"name":"app","start_url":"/"}';

describe("refuses to overwrite another program's file, before any request", () => {
  test.each<[string, readonly string[], string]>([
    ["in place of the manifest", ["queues", "--out", "app"], "app/manifest.json"],
    [
      "in place of a worker's manifest",
      [...DETAILS, "--out", "app", "--shard", "2/2"],
      "app/manifest.shard-2-of-2.json",
    ],
    [
      "in place of the manifest of a single file",
      ["queues", "--out", "queues.csv"],
      "queues.csv.manifest.json",
    ],
    ["in place of a listing", ["queues", "--out", "app"], "app/queues/all.ndjson"],
    ["in place of a day", [...DETAILS, "--out", "app"], "app/conversations/2026-10-02.ndjson"],
    [
      "in place of a day in its own directory",
      [...DETAILS, "--out", "app", "--partition", "day"],
      "app/conversations/date=2026-10-02/2026-10-02.ndjson",
    ],
    [
      "in place of one of several tables",
      [...DETAILS, "--out", "app", "--format", "csv", "--compress", "gzip"],
      "app/participants/2026-10-01.csv.gz",
    ],
    [
      "in place of a day's provisional data",
      [...DETAILS, "--out", "app", "--fresh-tail"],
      "app/conversations/2026-10-02-tail.ndjson",
    ],
  ])("%s", async (_what, argv, path) => {
    for (const mode of [[], ["--resume"]]) {
      const refused = await refusalBeside(
        [...argv, ...mode],
        path,
        async (at) => await writeFile(at, FOREIGN_TEXT),
      );
      expect(refused).toMatchObject({
        exitCode: 2,
        code: "usage.destination",
        message: `\`${path}\` already exists and was not created by this export`,
        hint: OTHER_PATH_HINT,
        sent: 0,
      });
      expect(await readFile(join(refused.directory, path), "utf8")).toBe(FOREIGN_TEXT);
      expect(await filesIn(refused.directory)).toEqual([path]);
    }
  });

  test.each<[string, (path: string) => Promise<unknown>]>([
    ["a directory", mkdir],
    ["a dangling symbolic link", async (path) => await symlink("nowhere", path)],
  ])("even when %s is in its place", async (_what, make) => {
    const path = "app/conversations/2026-10-01.ndjson";
    const refused = await refusalBeside([...DETAILS, "--out", "app"], path, make);
    expect(refused).toMatchObject({ exitCode: 2, code: "usage.destination", sent: 0 });
  });
});

test("an export keeps other programs' files beside its own", async () => {
  const { run, directory, truth } = await exportStage();
  const others = ["lake/conversations/2026-09-30.csv", "lake/notes/read.me", "lake/package.json"];
  for (const path of others) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), FOREIGN_TEXT);
  }
  expect((await run([...DETAILS, "--out", "lake"])).exitCode).toBe(0);
  expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-01", "2026-10-03"));
  for (const path of others) expect(await readFile(join(directory, path), "utf8")).toBe(FOREIGN_TEXT);
});
