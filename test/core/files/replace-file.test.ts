import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { replaceFile, replaceFileVia } from "../../../src/core/files/replace-file.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { tempDir } from "../../support/temp-dir.ts";

const random = systemRandom;

test("replaceFile creates the file and the directories of its path", async () => {
  const directory = await tempDir();
  const path = join(directory, "a", "b", "file");
  await replaceFile(path, "text", { random });
  expect(await readFile(path, "utf8")).toBe("text");
  expect(await readdir(join(directory, "a", "b"))).toEqual(["file"]);
});

test("replaceFile writes a private file that only the user can read, in a directory that only the user can enter", async () => {
  const path = join(await tempDir(), "new", "file");
  await replaceFile(path, "text", { random, isPrivate: true });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(path, ".."))).mode & 0o777).toBe(0o700);
});

test("replaceFile leaves only the old file when writing fails", async () => {
  const directory = await tempDir();
  await mkdir(join(directory, "taken"));
  await expect(replaceFile(join(directory, "taken"), "text", { random })).rejects.toMatchObject({
    code: "EISDIR",
  });
  expect(await readdir(directory)).toEqual(["taken"]);
});

test.skipIf(process.platform !== "linux")(
  "replaceFile fails in a file system that accepts no new directories instead of waiting forever",
  async () => {
    await expect(replaceFile("/proc/nowhere/file", "text", { random })).rejects.toMatchObject({
      code: "ENOENT",
    });
  },
);

describe("replaceFile with a temporary file that the caller names", () => {
  test("replaces the leftovers of an earlier attempt, without following a link", async () => {
    const directory = await tempDir();
    await writeFile(join(directory, "victim"), "unchanged");
    await symlink(join(directory, "victim"), join(directory, "temporary"));
    await replaceFileVia(join(directory, "file"), "text", { temporary: join(directory, "temporary") });
    expect(await readFile(join(directory, "victim"), "utf8")).toBe("unchanged");
    expect(await readFile(join(directory, "file"), "utf8")).toBe("text");
    expect((await readdir(directory)).toSorted()).toEqual(["file", "victim"]);
  });

  test.each([1, 2])("stops when the guard throws at its call %i", async (refused) => {
    const directory = await tempDir();
    await writeFile(join(directory, "file"), "old");
    let calls = 0;
    const guard = async () => {
      calls += 1;
      if (calls === refused) throw new Error("no longer the owner");
    };
    const temporary = join(directory, "temporary");
    await expect(replaceFileVia(join(directory, "file"), "new", { temporary, guard })).rejects.toThrow(
      "no longer the owner",
    );
    expect(await readFile(join(directory, "file"), "utf8")).toBe("old");
    expect(await readdir(directory)).toEqual(["file"]);
  });
});
