import { chmod, chown, lstat, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Destination } from "../../../src/export/destination/destination.ts";
import { openWorkDirectory, removeProbes } from "../../../src/export/destination/work-directory.ts";
import { tempDir } from "../../support/temp-dir.ts";

const isRoot = process.getuid?.() === 0;
const OTHER = 65_534;

async function lakeIn(mode = 0o755): Promise<{ readonly destination: Destination; readonly path: string }> {
  const lake = join(await tempDir(), "lake");
  await mkdir(lake);
  await chmod(lake, mode);
  return {
    destination: { kind: "directory", path: lake, isPartitioned: false },
    path: join(lake, ".genscope"),
  };
}

describe("the directory of an export's state", () => {
  test.each([0o022, 0o002, 0o000])("is closed to other accounts under umask %o", async (umask) => {
    const before = process.umask(umask);
    onTestFinished(() => void process.umask(before));
    const { destination, path } = await lakeIn();
    await openWorkDirectory(destination, path);
    await openWorkDirectory(destination, path);
    expect((await lstat(path)).mode & 0o7777).toBe(0o700);
  });

  test("created by an earlier version under umask 002 is accepted as it is", async () => {
    const { destination, path } = await lakeIn();
    await mkdir(path);
    await chmod(path, 0o775);
    await openWorkDirectory(destination, path);
  });

  test.each<[string, (path: string) => Promise<void>, string]>([
    ["a link", async (path) => await symlink(dirname(dirname(path)), path), "is not a directory"],
    ["a file", async (path) => await writeFile(path, ""), "is not a directory"],
    [
      "writable by every account",
      async (path) => {
        await mkdir(path);
        await chmod(path, 0o777);
      },
      "can be changed by other accounts",
    ],
  ])("is refused when it is %s", async (_what, prepare, why) => {
    const { destination, path } = await lakeIn();
    await prepare(path);
    await expect(openWorkDirectory(destination, path)).rejects.toMatchObject({
      code: "usage.work_directory",
      exit: "usage",
      message: `\`${path}\` ${why}`,
    });
  });
});

describe.skipIf(!isRoot)("other accounts beside an export (needs root)", () => {
  test("must not own the export's work directory, whether it writes a directory or a single file", async () => {
    const { destination, path } = await lakeIn();
    await mkdir(path);
    await chown(path, OTHER, OTHER);
    const refusal = { message: `\`${path}\` belongs to another account` };
    await expect(openWorkDirectory(destination, path)).rejects.toMatchObject(refusal);
    const file: Destination = { kind: "file", path: join(dirname(path), "all.ndjson") };
    await expect(openWorkDirectory(file, path)).rejects.toMatchObject(refusal);
  });

  test("may write to a lake that belongs to their group", async () => {
    const { destination, path } = await lakeIn();
    await chown(dirname(path), 0, OTHER);
    await chmod(dirname(path), 0o2770);
    await openWorkDirectory(destination, path);
    expect(await lstat(path)).toMatchObject({ gid: OTHER });
    expect((await lstat(path)).mode & 0o7777).toBe(0o2770);
    await chown(path, OTHER, OTHER);
    await chmod(path, 0o2770);
    await openWorkDirectory(destination, path);
  });

  test("keep their probe files, while the probe files of a killed run are removed", async () => {
    const { path } = await lakeIn();
    const lake = dirname(path);
    await mkdir(path);
    for (const name of [".genscope-abc123", ".genscope-STRANG", ".genscope-filled", ".genscope-longer1"]) {
      await mkdir(join(lake, name));
    }
    await chown(join(lake, ".genscope-STRANG"), OTHER, OTHER);
    await writeFile(join(lake, ".genscope-filled", "file"), "");
    await removeProbes(lake, path);
    expect((await readdir(lake)).toSorted()).toEqual([
      ".genscope",
      ".genscope-STRANG",
      ".genscope-filled",
      ".genscope-longer1",
    ]);
  });
});
