import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readOwnFile } from "../../../src/export/files/read-own-file.ts";
import { tempDir } from "../../support/temp-dir.ts";

test("readOwnFile returns the text of a file, and null for a missing file", async () => {
  const directory = await tempDir();
  await writeFile(join(directory, "there"), "é\n");
  expect(await readOwnFile(join(directory, "there"))).toBe("é\n");
  expect(await readOwnFile(join(directory, "not-there"))).toBeNull();
});

test("readOwnFile names the path and the reason when a file cannot be read", async () => {
  const directory = await tempDir();
  await expect(readOwnFile(directory)).rejects.toMatchObject({
    code: "output.state",
    message: `\`${directory}\` cannot be read: illegal operation on a directory`,
  });
});
