// Writes what shell completion knows of the program: commands, flags, choices and fixed names. It is taken from the
// program itself, so that no list of flags is kept by hand.
import { cp, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

/** Builds the program in `directory`, declares every command without running one, and returns the tree as JSON. */
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
      },
    });
    await bundle.write({ dir: built, format: "esm" });
    await bundle.close();
    await cp("src/catalogue/facts/data", join(built, "data"), { recursive: true });
    const load = async (name) => await import(pathToFileURL(join(built, `${name}.js`)).href);
    const { createContext, surroundingsOf } = await load("main");
    const { createRoot } = await load("root");
    const { addCommands } = await load("program");
    const { describeProgram } = await load("describe");
    // An empty environment keeps the builder's settings out.
    const context = createContext({ ...surroundingsOf(process, new AbortController().signal), env: {} });
    const root = createRoot(context.io, "0.0.0");
    await addCommands(root, context, () => true);
    return `${JSON.stringify(describeProgram(root, await context.listScenarios()))}\n`;
  } finally {
    await rm(built, { recursive: true, force: true });
  }
}
