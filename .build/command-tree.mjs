// Describes the program for shell completion and for the manual: commands, flags, and the values that they accept.
// Reads them from the program itself, so that no list of flags has to be maintained by hand.
import { cp, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { manualPages } from "./manual-pages.mjs";

/**
 * Bundles the program into a temporary folder of `directory`, loads it, and declares every command without running one.
 * @returns the command tree as JSON, the pages of the manual, and the reference pages of the datasets
 */
export async function commandTree(options, directory) {
  const built = await mkdtemp(resolve(directory, "tree-"));
  try {
    const bundle = await rolldown({
      ...options,
      input: {
        main: "src/main.ts",
        root: "src/cli/root.ts",
        program: "src/cli/program.ts",
        describe: "src/cli/completion/describe-program.ts",
        datasets: "src/cli/commands/export/describe/reference-pages.ts",
        topics: "src/cli/help-topics.ts",
        pages: "src/cli/topics/pages.ts",
        codes: "src/core/exit-codes.ts",
        meanings: "src/core/exit-code-meanings.ts",
      },
    });
    await bundle.write({ dir: built, format: "esm" });
    await bundle.close();
    await cp("src/catalogue/facts/data", join(built, "data"), { recursive: true });
    const load = async (name) => await import(pathToFileURL(join(built, `${name}.js`)).href);
    const { createContext, surroundingsOf } = await load("main");
    const { createRoot, footerOf } = await load("root");
    const { addCommands } = await load("program");
    const { describeProgram } = await load("describe");
    // The environment is empty, so that variables of the person who builds do not affect the result.
    const context = createContext({ ...surroundingsOf(process, new AbortController().signal), env: {} });
    const root = createRoot(context.io, "0.0.0");
    await addCommands(root, context, () => true);
    const completion = `${JSON.stringify(describeProgram(root, await context.listScenarios()))}\n`;
    const { HELP_TOPICS } = await load("topics");
    const { TOPIC_PAGES } = await load("pages");
    const { EXIT_CODES } = await load("codes");
    const { EXIT_CODE_MEANINGS } = await load("meanings");
    const exitCodes = Object.entries(EXIT_CODES).map(([name, code]) => [
      `${code} ${name}`,
      EXIT_CODE_MEANINGS[name],
    ]);
    const pages = manualPages({ root, footerOf, topics: HELP_TOPICS, topicPages: TOPIC_PAGES, exitCodes });
    const { referenceFiles } = await load("datasets");
    return { completion, pages, datasets: await referenceFiles() };
  } finally {
    await rm(built, { recursive: true, force: true });
  }
}
