import { mkdir, readdir, readFile, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Destination, Layout, type Shard } from "../../../src/export/destination/destination.ts";
import { assertSameOwner, writeOwnerFile } from "../../../src/export/state/owner-file.ts";
import { OWNED } from "../../support/ownership.ts";
import { tempDir } from "../../support/temp-dir.ts";

const REQUEST = { dataset: "audits", interval: "2026-10", format: "ndjson" };

/** Returns a worker that takes part in an export to `path`. */
function workerIn(path: string, shard: Shard | null, request: Readonly<Record<string, unknown>> = REQUEST) {
  const destination: Destination = { kind: "directory", path, isPartitioned: false };
  const layout = new Layout(destination, ".ndjson", shard, OWNED);
  const options = {
    request: { ...request, shard: shard === null ? null : `${shard.number}/${shard.count}` },
    shard,
    destination,
  };
  return {
    check: async (hasBegun = false) => await assertSameOwner(options, layout, hasBegun),
    write: async (hasBegun = false) => await writeOwnerFile(options, layout, hasBegun),
  };
}

test("the owner file contains the shared request and the first worker, and no temporary file remains", async () => {
  const directory = await tempDir();
  const first = workerIn(directory, { number: 1, count: 2 });
  await first.check();
  await first.write();
  expect(await readdir(join(directory, ".genscope"))).toEqual(["export.json", "shard-1-of-2"]);
  expect(await readdir(join(directory, ".genscope", "shard-1-of-2", OWNED.directory))).toEqual([]);
  expect(JSON.parse(await readFile(join(directory, ".genscope", "export.json"), "utf8"))).toEqual({
    version: 1,
    request: { ...REQUEST, shards: 2 },
  });
});

test("the owner file is not rewritten when a worker resumes", async () => {
  const directory = await tempDir();
  const path = join(directory, ".genscope", "export.json");
  await workerIn(directory, null).write();
  await utimes(path, 1, 1);
  await workerIn(directory, null).write(true);
  expect((await stat(path)).mtimeMs).toBe(1_000);
});

test("the owner file refuses a worker that checked it before another worker wrote it", async () => {
  const directory = await tempDir();
  await mkdir(join(directory, ".genscope"));
  const late = workerIn(directory, { number: 1, count: 3 });
  await late.check();
  await workerIn(directory, { number: 2, count: 2 }).write();
  await expect(late.write()).rejects.toMatchObject({
    code: "usage.other_export",
    exit: "usage",
    message: `the export in \`${directory}\` has a different request: shards was \`2\` and is now \`3\``,
  });
});

test("the owner file refuses another interval from a new worker, and accepts it from a worker that has begun", async () => {
  const directory = await tempDir();
  await workerIn(directory, { number: 1, count: 2 }).write();
  const other = workerIn(directory, { number: 2, count: 2 }, { ...REQUEST, interval: "2026-11" });
  await expect(other.check()).rejects.toMatchObject({ code: "usage.other_export" });
  await expect(other.check(true)).resolves.toBeUndefined();
});

test("the owner file accepts only one of many concurrent workers with different shard counts", async () => {
  const directory = await tempDir();
  const counts = [1, 2, 3, 4, 5, 6];
  const results = await Promise.allSettled(
    counts.map(async (count) => {
      const worker = workerIn(directory, { number: 1, count });
      await worker.check();
      await worker.write();
    }),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});
