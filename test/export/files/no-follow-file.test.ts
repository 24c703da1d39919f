import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readNoFollow } from "../../../src/export/files/no-follow-file.ts";
import { tempDir } from "../../support/temp-dir.ts";

test("a file is its text, and none is null", async () => {
  const directory = await tempDir();
  await writeFile(join(directory, "there"), "é\n");
  expect(await readNoFollow(join(directory, "there"))).toBe("é\n");
  expect(await readNoFollow(join(directory, "not-there"))).toBeNull();
});

test("what can't be read is said to be so, with the place and the reason", async () => {
  const directory = await tempDir();
  await expect(readNoFollow(directory)).rejects.toMatchObject({
    code: "output.state",
    message: `\`${directory}\` can't be read: EISDIR`,
  });
});
