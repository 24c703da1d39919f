import { appendFile, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { asRecord } from "../../../../src/core/json.ts";
import { json } from "../../../sandbox/client.ts";
import { exportStage } from "../../../support/export-stage.ts";
import { findViolations, readSchemas, withoutTolerance } from "../../../support/json-schemas.ts";

const FOUR_DAYS = ["conversations", "details", "--interval", "2026-10-01/2026-10-05"];
const LAKE = [...FOUR_DAYS, "--out", "lake"];
const FIRST_DAY = "lake/conversations/2026-10-01.ndjson";

type Stage = Awaited<ReturnType<typeof exportStage>>;

/** Returns the exit code and the differences of a verification. */
async function verified({ run }: Stage, path = "lake") {
  const { exitCode, json: document } = await run(["--verify", path, "--json"]);
  const found = json(document).at("differences");
  const differences = (Array.isArray(found) ? found : []).map((problem: unknown) => {
    const { kind, subject } = asRecord(problem);
    return `${kind} ${subject}`;
  });
  return { exitCode, differences, document };
}

describe("--verify finds nothing wrong in a finished export", () => {
  test.each<[string, readonly string[], string]>([
    ["of lines", [...LAKE], "lake"],
    ["of compressed lines", [...LAKE, "--compress", "gzip"], "lake"],
    ["of zstd frames", [...LAKE, "--compress", "zstd"], "lake"],
    ["of CSV tables", [...LAKE, "--format", "csv"], "lake"],
    ["of compressed CSV tables", [...LAKE, "--format", "csv", "--compress", "gzip"], "lake"],
    ["of Parquet tables", [...LAKE, "--format", "parquet"], "lake"],
    ["of uncompressed Parquet tables", [...LAKE, "--format", "parquet", "--compress", "none"], "lake"],
    ["of Parquet tables with gzip", [...LAKE, "--format", "parquet", "--compress", "gzip"], "lake"],
    ["by day", [...LAKE, "--partition", "day"], "lake"],
    ["in one file", [...FOUR_DAYS, "--out", "all.ndjson"], "all.ndjson"],
    ["that is incremental", [...LAKE, "--incremental"], "lake"],
    ["of users", ["users", "details", "--interval", "2026-10-01/2026-10-05", "--out", "lake"], "lake"],
    ["of audits", ["audits", "--interval", "2026-10-01/2026-10-05", "--out", "lake"], "lake"],
    ["of a listing", ["queues", "--out", "queues.csv"], "queues.csv"],
  ])("%s", async (_what, words, path) => {
    const stage = await exportStage();
    expect((await stage.run(words)).exitCode).toBe(0);
    const { exitCode, differences, document } = await verified(stage, path);
    expect([exitCode, differences]).toEqual([0, []]);
    const schema = readSchemas().get("export-verify") ?? {};
    expect(findViolations(withoutTolerance(schema), document)).toEqual([]);
  });

  test("of two workers", async () => {
    const stage = await exportStage();
    for (const shard of ["1/2", "2/2"]) {
      expect((await stage.run([...LAKE, "--shard", shard])).exitCode).toBe(0);
    }
    expect(await verified(stage)).toMatchObject({ exitCode: 0, differences: [] });
  });

  test("after it was copied", async () => {
    const stage = await exportStage();
    expect((await stage.run(LAKE)).exitCode).toBe(0);
    await cp(join(stage.directory, "lake"), join(stage.directory, "copy"), { recursive: true });
    expect(await verified(stage, "copy")).toMatchObject({ exitCode: 0, differences: [] });
  });
});

describe("--verify finds", () => {
  test.each<[string, (directory: string) => Promise<unknown>, string]>([
    [
      "a missing file",
      (directory) => rm(join(directory, FIRST_DAY)),
      "missing-file conversations/2026-10-01.ndjson",
    ],
    [
      "a link in place of a file",
      async (directory) => {
        const path = join(directory, FIRST_DAY);
        await cp(path, join(directory, "elsewhere"));
        await rm(path);
        await symlink(join(directory, "elsewhere"), path);
      },
      "missing-file conversations/2026-10-01.ndjson",
    ],
    [
      "a longer file",
      (directory) => appendFile(join(directory, FIRST_DAY), "{}\n"),
      "changed-file conversations/2026-10-01.ndjson",
    ],
    [
      "one changed byte",
      async (directory) => {
        const bytes = await readFile(join(directory, FIRST_DAY));
        bytes[100] = (bytes[100] ?? 0) ^ 1;
        await writeFile(join(directory, FIRST_DAY), bytes);
      },
      "changed-file conversations/2026-10-01.ndjson",
    ],
    [
      "a copy of a file",
      (directory) => writeFile(join(directory, "lake/conversations/2026-10-01 (copy).ndjson"), ""),
      "foreign-file conversations/2026-10-01 (copy).ndjson",
    ],
    [
      "a day missing from the manifest",
      async (directory) => await editManifest(directory, (manifest) => manifest.parts.splice(1, 1)),
      "missing-interval 2026-10-02T00:00:00.000Z/2026-10-03T00:00:00.000Z",
    ],
    [
      "the last day missing from the manifest",
      async (directory) => await editManifest(directory, (manifest) => manifest.parts.splice(3, 1)),
      "missing-interval 2026-10-04T00:00:00.000Z/2026-10-05T00:00:00.000Z",
    ],
    [
      "a wrong number of rows",
      async (directory) =>
        await editManifest(directory, ({ files }) => Object.assign(files[0] ?? {}, { rows: 1 })),
      "wrong-rows conversations/2026-10-01.ndjson",
    ],
    [
      "a file missing from disk and manifest",
      async (directory) => {
        await rm(join(directory, FIRST_DAY));
        await editManifest(directory, ({ files }) => files.splice(0, 1));
      },
      "wrong-records 2026-10-01",
    ],
    [
      "a total that differs from the parts",
      async (directory) =>
        await editManifest(directory, (manifest) => Object.assign(manifest, { records: 1 })),
      "wrong-records manifest.json",
    ],
    [
      "a path that leads out of the directory",
      async (directory) =>
        await editManifest(directory, ({ files }) =>
          Object.assign(files[0] ?? {}, { path: "../elsewhere.ndjson" }),
        ),
      "missing-file ../elsewhere.ndjson",
    ],
  ])("%s", async (_what, change, problem) => {
    const stage = await exportStage();
    expect((await stage.run(LAKE)).exitCode).toBe(0);
    await change(stage.directory);
    const { exitCode, differences } = await verified(stage);
    expect(exitCode).toBe(8);
    expect(differences).toContain(problem);
  });

  test("another program's file, which a repeated export does not remove", async () => {
    const stage = await exportStage();
    expect((await stage.run(LAKE)).exitCode).toBe(0);
    const copy = join(stage.directory, "lake/conversations/copy.ndjson");
    await writeFile(copy, "");
    const alone = await stage.run(["--verify", "lake"]);
    expect(alone.stderr).toContain("hint: move the unlisted files out of the directory");
    await rm(join(stage.directory, FIRST_DAY));
    expect((await stage.run(["--verify", "lake"])).stderr).toContain(
      "hint: run the export again with --resume",
    );
    expect((await stage.run([...LAKE, "--resume"])).exitCode).toBe(0);
    expect((await stage.run(["--verify", "lake"])).exitCode).toBe(8);
    await rm(copy);
    expect((await stage.run(["--verify", "lake"])).exitCode).toBe(0);
  });

  test("a record that is in two days", async () => {
    const stage = await exportStage();
    expect((await stage.run(LAKE)).exitCode).toBe(0);
    const { directory } = stage;
    await cp(join(directory, FIRST_DAY), join(directory, "lake/conversations/2026-10-02.ndjson"));
    await editManifest(directory, ({ files }) => {
      const [first, second] = files;
      Object.assign(second ?? {}, { ...first, path: "conversations/2026-10-02.ndjson", part: "2026-10-02" });
    });
    const { exitCode, differences } = await verified(stage);
    expect([exitCode, differences]).toEqual([8, ["repeated-record conversations/2026-10-02.ndjson"]]);
  });

  test("a worker that has not finished", async () => {
    const stage = await exportStage();
    expect((await stage.run([...LAKE, "--shard", "1/2"])).exitCode).toBe(0);
    const { exitCode, differences } = await verified(stage);
    expect([exitCode, differences]).toEqual([8, ["missing-manifest manifest.shard-2-of-2.json"]]);
  });

  test("the missing period of an incomplete export", async () => {
    const stage = await exportStage();
    const { exitCode } = await stage.run([
      "conversations",
      "details",
      "--interval",
      "2026-10-01/2026-12-24",
      "--out",
      "lake",
    ]);
    expect(exitCode).toBe(8);
    const found = await verified(stage);
    expect(found.exitCode).toBe(8);
    expect(found.differences).toEqual([expect.stringMatching(/^missing-interval .*\/2026-12-24/)]);
  });
});

describe("--verify refuses", () => {
  test.each<[string, readonly string[], string]>([
    ["a directory without a manifest", ["--verify", "."], "usage.manifest"],
    ["a missing directory", ["--verify", "nowhere"], "usage.manifest"],
    ["a dataset", ["queues", "--verify", "lake"], "usage.arguments"],
    ["another flag", ["--verify", "lake", "--resume"], "usage.arguments"],
    ["a command with neither dataset nor directory", [], "usage.arguments"],
  ])("%s", async (_what, words, code) => {
    const { run } = await exportStage();
    const { exitCode, json: document } = await run([...words, "--json"]);
    expect([exitCode, json(document).at("error.code")]).toEqual([2, code]);
  });
});

test("--verify changes no file", async () => {
  const stage = await exportStage();
  expect((await stage.run(LAKE)).exitCode).toBe(0);
  await mkdir(join(stage.directory, "lake/_temporary"));
  const before = await readdir(stage.directory, { recursive: true });
  await verified(stage);
  expect(await readdir(stage.directory, { recursive: true })).toEqual(before);
});

interface StoredManifest {
  parts: object[];
  files: object[];
}

async function editManifest(directory: string, edit: (manifest: StoredManifest) => unknown): Promise<void> {
  const path = join(directory, "lake/manifest.json");
  const manifest = JSON.parse(await readFile(path, "utf8")) as StoredManifest;
  edit(manifest);
  await writeFile(path, JSON.stringify(manifest));
}
