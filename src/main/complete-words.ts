import { readCommandTree } from "../cli/completion/command-tree.ts";
import { type Completion, complete } from "../cli/completion/complete.ts";
import { formatCompletion } from "../cli/completion/completion-text.ts";
import { readOperationLines, readTopicNames } from "../cli/completion/operation-names.ts";
import { findDirectory } from "./directories.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * Prints the completions of the last word. Only reads files. Prints nothing after a failure, because an error message
 * would appear in the line that the user is typing.
 */
export async function completeWords(words: readonly string[], surroundings: Surroundings): Promise<void> {
  const completion = await findCompletion(words, surroundings).catch(() => null);
  await surroundings.io.stdout.writeExact(formatCompletion(completion));
}

async function findCompletion(words: readonly string[], surroundings: Surroundings): Promise<Completion> {
  return await complete(readCommandTree(), words, {
    profiles: async () => {
      const { readProfileNames } = await import("../auth/profiles/profiles.ts");
      return await readProfileNames(await findDirectory(surroundings, "config"));
    },
    operations: readOperationLines,
    topics: readTopicNames,
  });
}
