import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Ending, runGenscope } from "./genscope-process.ts";
import { readFilesBelow, type Written } from "./leak-search.ts";
import { tempDir } from "./temp-dir.ts";

type Environment = Readonly<Record<string, string>>;

/** Runs the program, and keeps all of its output and files to search them for secrets. */
export interface LeakRecorder {
  /** Home directory of the user. Everything except the configuration is below it. */
  readonly home: string;
  /** Working directory, where a core file would appear. */
  readonly directory: string;
  readonly env: Environment;
  readonly written: readonly Written[];
  /** Keeps the output of a run that another function started. */
  keep(args: readonly string[], ending: Ending): void;
  run(args: readonly string[], env?: Environment): Promise<Ending>;
  /** Returns every file that exists now. */
  readFiles(): Promise<readonly Written[]>;
}

/** Prepares the directories for one test. */
export async function startLeakRecorder(
  environment: Environment & { readonly GENSCOPE_CONFIG_DIR: string },
): Promise<LeakRecorder> {
  const home = await tempDir();
  const directory = join(home, "work");
  const temporary = join(home, "tmp");
  await Promise.all([mkdir(directory), mkdir(temporary)]);
  const env: Environment = { HOME: home, TMPDIR: temporary, ...environment };
  const written: Written[] = [];

  function keep(args: readonly string[], { stdout, stderr }: Ending): void {
    const name = `genscope ${args.join(" ")}`;
    // This command is the only one that may print a secret.
    if (args[0] !== "token") written.push({ name: `stdout of ${name}`, text: stdout });
    written.push({ name: `stderr of ${name}`, text: stderr });
  }

  return {
    home,
    directory,
    env,
    written,
    keep,
    run: async (args, more = {}) => {
      const ending = await runGenscope(args, { ...env, ...more }, { directory });
      keep(args, ending);
      return ending;
    },
    readFiles: async () => [
      ...(await readFilesBelow(home)),
      ...(await readFilesBelow(environment.GENSCOPE_CONFIG_DIR)),
    ],
  };
}

/** Runs the tasks, at most three in parallel, which limits the load of many processes. */
export async function runAll(tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const left = [...tasks];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await next();
  };
  await Promise.all([work(), work(), work()]);
}
