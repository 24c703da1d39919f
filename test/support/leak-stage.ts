import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Ending, runGenscope } from "./genscope-process.ts";
import { readFilesBelow, type Written } from "./leak-search.ts";
import { tempDir } from "./temp-dir.ts";

type Environment = Readonly<Record<string, string>>;

/** Runs of the program whose every output and file is kept, to be searched. */
export interface LeakStage {
  /** The home of whoever runs it; everything is below it, but the configuration. */
  readonly home: string;
  /** The working directory, where a core file would be. */
  readonly directory: string;
  readonly env: Environment;
  readonly written: readonly Written[];
  /** Keeps what another way of running wrote. */
  keep(args: readonly string[], ending: Ending): void;
  run(args: readonly string[], env?: Environment): Promise<Ending>;
  /** Every file that is there now. */
  readFiles(): Promise<readonly Written[]>;
}

/** Sets one for one test. */
export async function startLeakStage(
  environment: Environment & { readonly GENSCOPE_CONFIG_DIR: string },
): Promise<LeakStage> {
  const home = await tempDir();
  const directory = join(home, "work");
  const temporary = join(home, "tmp");
  await Promise.all([mkdir(directory), mkdir(temporary)]);
  const env: Environment = { HOME: home, TMPDIR: temporary, ...environment };
  const written: Written[] = [];

  function keep(args: readonly string[], { stdout, stderr }: Ending): void {
    const name = `genscope ${args.join(" ")}`;
    // The one command whose output is a secret: that is what it is for.
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

/** Few at a time: they are many, and none of them is in a hurry. */
export async function runAll(works: readonly (() => Promise<unknown>)[]): Promise<void> {
  const left = [...works];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await next();
  };
  await Promise.all([work(), work(), work()]);
}
