import { mkdir, readdir, readFile, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Destination, Layout, type Shard } from "../../../src/export/destination/destination.ts";
import { assertSameOwner, writeOwnerFile } from "../../../src/export/state/owner-file.ts";
import { OWNED } from "../../support/ownership.ts";
import { tempDir } from "../../support/temp-dir.ts";

const REQUEST = { dataset: "audits", interval: "2026-10", format: "ndjson" };

/** A worker of an export in `path`. */
function workerIn(path: string, shard: Shard | null, request: Readonly<Record<string, unknown>> = REQUEST) {
  const destination: Destination = { kind: "directory", path, isPartitioned: false };
  const layout = new Layout(destination, ".ndjson", shard, OWNED);
  const options = {
    request: { ...request, shard: shard === null ? null : `${shard.number}/${shard.count}` },
    shard,
    destination,
  };
  return {
    look: async (hasBegun = false) => await assertSameOwner(options, layout, hasBegun),
    write: async (hasBegun = false) => await writeOwnerFile(options, layout, hasBegun),
  };
}

test("the first worker leaves what is asked of all, and nothing half-made", async () => {
  const directory = await tempDir();
  const first = workerIn(directory, { number: 1, count: 2 });
  await first.look();
  await first.write();
  expect(await readdir(join(directory, ".genscope"))).toEqual(["export.json", "shard-1-of-2"]);
  expect(await readdir(join(directory, ".genscope", "shard-1-of-2", OWNED.directory))).toEqual([]);
  expect(JSON.parse(await readFile(join(directory, ".genscope", "export.json"), "utf8"))).toEqual({
    version: 1,
    request: { ...REQUEST, shards: 2 },
  });
});

test("a worker that goes on writes nothing anew", async () => {
  const directory = await tempDir();
  const path = join(directory, ".genscope", "export.json");
  await workerIn(directory, null).write();
  await utimes(path, 1, 1);
  await workerIn(directory, null).write(true);
  expect((await stat(path)).mtimeMs).toBe(1_000);
});

test("who looked before another one claimed is refused all the same", async () => {
  const directory = await tempDir();
  await mkdir(join(directory, ".genscope"));
  const late = workerIn(directory, { number: 1, count: 3 });
  await late.look();
  await workerIn(directory, { number: 2, count: 2 }).write();
  await expect(late.write()).rejects.toMatchObject({
    code: "usage.other_export",
    exit: "usage",
    message: `the export in \`${directory}\` has a different request: shards was \`2\` and is \`3\``,
  });
});

test("another interval is refused to who begins, not to who has moved on with it", async () => {
  const directory = await tempDir();
  await workerIn(directory, { number: 1, count: 2 }).write();
  const other = workerIn(directory, { number: 2, count: 2 }, { ...REQUEST, interval: "2026-11" });
  await expect(other.look()).rejects.toMatchObject({ code: "usage.other_export" });
  await expect(other.look(true)).resolves.toBeUndefined();
});

test("of many who begin at once, in shares that differ, one share stays", async () => {
  const directory = await tempDir();
  const counts = [1, 2, 3, 4, 5, 6];
  const results = await Promise.allSettled(
    counts.map(async (count) => {
      const worker = workerIn(directory, { number: 1, count });
      await worker.look();
      await worker.write();
    }),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});
