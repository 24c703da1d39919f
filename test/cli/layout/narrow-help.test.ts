import { describe, expect, test } from "vitest";
import { HELP_TOPICS } from "../../../src/cli/help-topics.ts";
import { listCommands } from "../../support/command-tree.ts";
import { runCli } from "../../support/run-cli.ts";

const pages = [
  [],
  ...(await listCommands()).map(({ words }) => words),
  ...HELP_TOPICS.map(({ name }) => [name]),
];
const TAB = " ".repeat(8);

/** Returns the words of a page without the characters that only the layout adds: backslashes and comment signs. */
const wordsOf = (page: string) => page.split(/\s+/).filter((word) => !["\\", "#", ""].includes(word));

/** Returns the help of `words` as printed on a terminal of this width or, for null, in a pipe. */
async function helpOf(words: readonly string[], columns: number | null): Promise<string> {
  const { exitCode, stdout } = await runCli(["help", ...words], columns === null ? {} : { columns });
  expect(exitCode).toBe(0);
  return stdout.replaceAll("\t", TAB);
}

describe.each([80, 120, 200])("help at %i columns", (columns) => {
  test.each(pages.map((words) => [words.join(" ") || "genscope", words] as const))(
    "shows `help %s` without a broken word",
    async (_name, words) => {
      const page = await helpOf(words, columns);
      expect(page.split("\n").filter((line) => line.length > columns)).toEqual([]);
      expect(wordsOf(page).toSorted()).toEqual(wordsOf(await helpOf(words, null)).toSorted());
    },
  );
});

test("keeps the command in a line about an exit code whole", async () => {
  let alone = 0;
  for (let columns = 70; columns <= 100; columns += 1) {
    const { stdout } = await runCli(["help", "query"], { columns });
    expect(stdout).toMatch(/\n {2}.*\(`genscope help exit-codes`\)\n$/);
    if (/\n {2}\(`genscope help exit-codes`\)\n$/.test(stdout)) alone += 1;
  }
  expect(alone).toBeGreaterThan(0);
});
