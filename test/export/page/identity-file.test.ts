import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OutputError } from "../../../src/core/errors.ts";
import { IdentityFile } from "../../../src/export/page/identity-file.ts";
import { tempDir } from "../../support/temp-dir.ts";

test("the file of record ids returns the written bytes at any offset", async () => {
  const directory = await tempDir();
  const file = new IdentityFile(join(directory, "seen"));
  file.write(Uint32Array.of(1, 2, 3, 4), 0);
  file.write(Uint32Array.of(5, 6), 16);
  const words = new Uint32Array(3);
  file.read(words, 12);
  expect([...words]).toEqual([4, 5, 6]);
  expect(await readdir(directory)).toEqual([]);
  file.close();
});

test("the file of record ids refuses to read past its end", async () => {
  const file = new IdentityFile(join(await tempDir(), "seen"));
  file.write(Uint32Array.of(1, 2), 0);
  expect(() => file.read(new Uint32Array(4), 0)).toThrow(OutputError);
  file.close();
});

test("the file of record ids is emptied when a process opens it", async () => {
  const path = join(await tempDir(), "seen");
  await writeFile(path, "left over from before");
  const file = new IdentityFile(path);
  expect(() => file.read(new Uint32Array(1), 0)).toThrow(OutputError);
  file.close();
});
