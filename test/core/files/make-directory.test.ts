import { mkdir, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeDirectory } from "../../../src/core/files/make-directory.ts";
import { tempDir } from "../../support/temp-dir.ts";

const isDirectory = async (path: string) => (await stat(path)).isDirectory();

test("makeDirectory creates missing parents and leaves existing directories unchanged", async () => {
  const directory = await tempDir();
  await mkdir(join(directory, "a"), { mode: 0o750 });
  const { mode } = await stat(join(directory, "a"));
  const path = join(directory, "a", "b", "c");
  await makeDirectory(path, 0o700);
  await makeDirectory(path, 0o700);
  expect((await stat(join(directory, "a"))).mode).toBe(mode);
  expect((await stat(join(directory, "a", "b"))).mode & 0o777).toBe(0o700);
  expect(await isDirectory(path)).toBe(true);
});

test("makeDirectory succeeds when many callers create the same directory in parallel", async () => {
  const path = join(await tempDir(), "a", "b", "c");
  await Promise.all(Array.from({ length: 20 }, async () => await makeDirectory(path)));
  expect(await isDirectory(path)).toBe(true);
});

test("makeDirectory follows a symbolic link to a directory", async () => {
  const directory = await tempDir();
  await mkdir(join(directory, "real"));
  await symlink(join(directory, "real"), join(directory, "link"));
  await makeDirectory(join(directory, "link", "inner"));
  expect(await isDirectory(join(directory, "real", "inner"))).toBe(true);
});

test.each([
  ["a file", "file", "EEXIST"],
  ["a path below a file", "file/inner", "ENOTDIR"],
  ["a dangling symbolic link", "link", "EEXIST"],
])("makeDirectory rejects %s", async (_what, name, code) => {
  const directory = await tempDir();
  await writeFile(join(directory, "file"), "");
  await symlink(join(directory, "nowhere"), join(directory, "link"));
  await expect(makeDirectory(join(directory, name))).rejects.toMatchObject({ code });
});

test.runIf(process.platform === "linux")(
  "makeDirectory fails instead of looping where the file system accepts no directories",
  async () => {
    await expect(makeDirectory("/proc/genscope/inner")).rejects.toThrow(/ENOENT|EACCES/);
  },
);
