import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, readdir, readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allocatePages, DirectFile, SECTOR_BYTES } from "../../../src/export/files/direct-file.ts";
import { tempDir } from "../../support/temp-dir.ts";

const SIZE = 16 * SECTOR_BYTES;
const CONTENT = randomBytes(SIZE);

async function stage(content = ""): Promise<{ path: string; file: FileHandle }> {
  const path = join(await tempDir(), "file");
  await writeFile(path, content);
  return { path, file: await open(path, "r+") };
}

const countOpen = async (path: string) => {
  const names = await readdir("/proc/self/fd");
  const links = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => "")));
  return links.filter((link) => link === path).length;
};

test.skipIf(process.platform !== "linux")("opens the file a second time until it is closed", async () => {
  const { path, file } = await stage();
  // Not every file system supports direct access.
  const probe = await open(path, constants.O_RDONLY | constants.O_DIRECT).catch(() => null);
  await probe?.close();
  const direct = await DirectFile.of(file, "write");
  const pages = allocatePages(SIZE);
  CONTENT.copy(pages);
  await direct.write(pages, 0);
  expect(await countOpen(path)).toBe(probe === null ? 1 : 2);
  await direct.close();
  expect(await countOpen(path)).toBe(1);
  expect((await readFile(path)).equals(CONTENT)).toBe(true);
  await file.close();
});

test("writes and reads at any place, in memory at any place", async () => {
  const { path, file } = await stage();
  const direct = await DirectFile.of(file, "write");
  const shifted = Buffer.alloc(SIZE + 1).subarray(1);
  CONTENT.copy(shifted);
  await direct.write(shifted, 0);
  await direct.write(Buffer.from("end"), SIZE);
  await direct.write(Buffer.from("!"), 5);
  await direct.close();
  const expected = Buffer.concat([CONTENT, Buffer.from("end")]);
  expected.write("!", 5);
  expect((await readFile(path)).equals(expected)).toBe(true);

  const reading = await DirectFile.of(file, "read");
  const pages = allocatePages(2 * SIZE);
  expect(await reading.read(pages, 2 * SIZE, 0)).toBe(SIZE + 3);
  expect(pages.subarray(0, SIZE + 3).equals(expected)).toBe(true);
  const piece = Buffer.alloc(SIZE + 1).subarray(1);
  expect(await reading.read(piece, SECTOR_BYTES, SECTOR_BYTES)).toBe(SECTOR_BYTES);
  expect(piece.subarray(0, SECTOR_BYTES).equals(expected.subarray(SECTOR_BYTES, 2 * SECTOR_BYTES))).toBe(
    true,
  );
  expect(await reading.read(piece, 10, SIZE)).toBe(3);
  expect(await reading.read(piece, 10, SIZE + 3)).toBe(0);
  await reading.close();
  await file.close();
});

test("leaves the errors of the system to the caller", async () => {
  const { path, file } = await stage("content");
  await file.close();
  const unwritable = await open(path, "r");
  const pages = allocatePages(SECTOR_BYTES);
  await expect(DirectFile.cached(unwritable).write(pages, 0)).rejects.toMatchObject({ code: "EBADF" });
  await unwritable.close();
});
