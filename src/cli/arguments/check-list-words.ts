import { lstat } from "node:fs/promises";
import { resolve } from "node:path";
import { UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import type { HyphenatedWord } from "./bind-values.ts";

/**
 * Refuses a list of paths in which a word could be either a flag or a file. A glob may have inserted a file with the
 * name of a flag, and that file may belong to another user.
 * @throws UsageError `usage.list_word`
 */
export async function checkListWords(words: readonly HyphenatedWord[], directory: string): Promise<void> {
  for (const { list, word, isFlag } of words) {
    const isFile = await exists(resolve(directory, word));
    if (isFlag === !isFile) continue;
    if (isFlag) {
      throw new UsageError(
        "usage.list_word",
        `\`${word}\` after \`${list}\` is a flag and also a file in this directory`,
        {
          hint: `write the file as \`${list}=./${word}\`, or pass a directory: \`${list} .\``,
        },
      );
    }
    throw new UsageError(
      "usage.list_word",
      `\`${oneLine(word)}\` after \`${list}\` is read as a path, but no such file exists`,
      {
        hint: `put flags before \`${list}\`, or separate the value from its flag with a space: \`--region eu-west-1\``,
      },
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}
