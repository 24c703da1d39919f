import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readOwnFile } from "../../src/export/own-file.ts";
import { tempDir } from "../support/temp-dir.ts";

test("a file is its text, and none is null", async () => {
  const directory = await tempDir();
  await writeFile(join(directory, "there"), "é\n");
  expect(await readOwnFile(join(directory, "there"))).toBe("é\n");
  expect(await readOwnFile(join(directory, "not-there"))).toBeNull();
});

test("what can't be read is said to be so, with the place and the reason", async () => {
  const directory = await tempDir();
  await expect(readOwnFile(directory)).rejects.toMatchObject({
    code: "output.state",
    message: `\`${directory}\` can't be read: EISDIR`,
  });
});
