import { chown, link, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { removeLeftovers } from "../../../src/core/files/leftover-files.ts";
import { processTag } from "../../../src/core/files/process-tag.ts";
import { replaceFile } from "../../../src/core/files/replace-file.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { processesOf } from "../../support/login-storage.ts";
import { tempDir } from "../../support/temp-dir.ts";

const ENDED = processTag(processesOf(4_242));
const LEFTOVER = `.token.${ENDED}.0123456789ab`;
const userId = process.getuid?.() ?? null;

/** Removes the leftovers of `token` as process 1000. Returns the names of the remaining files. */
async function remainingAfterCleanup(
  directory: string,
  running: readonly number[] = [],
): Promise<readonly string[]> {
  await removeLeftovers(join(directory, "token"), { processes: processesOf(1_000, running), userId });
  return (await readdir(directory)).toSorted();
}

test("removeLeftovers removes exactly the files that replaceFile leaves when it is killed before the rename", async () => {
  const directory = await tempDir();
  const path = join(directory, "token");
  const killed = processesOf(4_242);
  let kept: readonly string[] = [];
  await expect(
    replaceFile(path, "secret", {
      random: systemRandom,
      isPrivate: true,
      writer: killed,
      files: {
        rename: async (from) => {
          // This error triggers the cleanup that a killed process never performs. The link survives the cleanup.
          await link(from, join(directory, "copy"));
          kept = await readdir(directory);
          throw new Error("killed");
        },
      },
    }),
  ).rejects.toThrow("killed");
  const name = kept.find((each) => each !== "copy") ?? "";
  await writeFile(join(directory, name), "secret");

  expect(await remainingAfterCleanup(directory)).toEqual(["copy"]);
});

describe("removeLeftovers keeps unrelated files", () => {
  test.each<[string, string, readonly number[]]>([
    ["a leftover of a running process", LEFTOVER, [4_242]],
    ["a leftover of another host", `.token.${processTag(processesOf(4_242, [], "host-2"))}.0123456789ab`, []],
    ["a leftover of another file", `.token2.${ENDED}.0123456789ab`, []],
    ["a leftover of a file whose name starts the same", `.token.json.${ENDED}.0123456789ab`, []],
    ["a name without the writer's mark", ".token.0123456789ab", []],
    ["a longer suffix", `${LEFTOVER}cd`, []],
    ["a suffix that is not hexadecimal", `.token.${ENDED}.0123456789ax`, []],
    ["an editor's swap file", ".token.swp", []],
    ["the finished file", "token", []],
  ])("%s", async (_name, name, running) => {
    const directory = await tempDir();
    await writeFile(join(directory, name), "mine");

    expect(await remainingAfterCleanup(directory, running)).toEqual([name]);
  });

  test("a symbolic link and its target", async () => {
    const [directory, foreign] = [await tempDir(), await tempDir()];
    await writeFile(join(foreign, "secret"), "mine");
    await symlink(join(foreign, "secret"), join(directory, LEFTOVER));

    expect(await remainingAfterCleanup(directory)).toEqual([LEFTOVER]);
    expect(await readFile(join(foreign, "secret"), "utf8")).toBe("mine");
  });

  test("a directory", async () => {
    const directory = await tempDir();
    await mkdir(join(directory, LEFTOVER));

    expect(await remainingAfterCleanup(directory)).toEqual([LEFTOVER]);
  });

  test.runIf(userId === 0)("another account's file (needs root)", async () => {
    const directory = await tempDir();
    await writeFile(join(directory, LEFTOVER), "theirs");
    await chown(join(directory, LEFTOVER), 65_534, 65_534);

    expect(await remainingAfterCleanup(directory)).toEqual([LEFTOVER]);
  });
});

test("removeLeftovers accepts a directory that does not exist", async () => {
  await expect(
    removeLeftovers("/nonexistent/token", { processes: processesOf(), userId }),
  ).resolves.toBeUndefined();
});
