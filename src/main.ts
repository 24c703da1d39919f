import type { Context } from "./cli/context.ts";
import { systemClock } from "./core/clock.ts";
import { EXIT_CODES, type ExitCode } from "./core/exit-codes.ts";
import { systemRandom } from "./core/random.ts";
import { browserOpener } from "./main/browser.ts";
import { enableCompileCache } from "./main/compile-cache.ts";
import { keepMemoryOutOfCoreFiles } from "./main/core-files.ts";
import { findDirectory } from "./main/directories.ts";
import { workInterruptibly } from "./main/interruptible-work.ts";
import { onInterruption } from "./main/interruption.ts";
import { openLoginStorage, prompterFor } from "./main/login-storage.ts";
import { systemProcesses } from "./main/processes.ts";
import { readTextFile } from "./main/read-text-file.ts";
import { connect, connectAnonymously, openApi } from "./main/service.ts";
import { findApiUrl } from "./main/settings.ts";
import type { Surroundings } from "./main/surroundings.ts";
import { bareTransport } from "./main/wire.ts";
import { nodeIo } from "./output/node-streams.ts";
import { terminalPrompter } from "./output/terminal-prompter.ts";
import { concludeUnwritten } from "./output/unwritten.ts";

/** Inserted by the build from package.json; absent when run from source. */
declare const __GENSCOPE_VERSION__: string | undefined;

/**
 * Runs the program. This is the composition root: the only place that reads `process` and selects implementations.
 * @returns the exit code
 */
export async function main(argv: readonly string[]): Promise<number> {
  keepMemoryOutOfCoreFiles(process.platform);
  const interruption = new AbortController();
  const stopListening = onInterruption(process, () => interruption.abort());
  const surroundings = surroundingsOf(process, interruption.signal);
  try {
    return await runAndCleanUp(argv, surroundings);
  } catch (error) {
    return await concludeUnwritten(surroundings.io, error);
  } finally {
    stopListening();
  }
}

async function runAndCleanUp(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  try {
    if (isVersionQuestion(argv)) {
      await surroundings.io.stdout.write(`${surroundings.version}\n`);
      return EXIT_CODES.ok;
    }
    if (argv[0] === COMPLETE) {
      await (await import("./main/complete-words.ts")).completeWords(argv.slice(1), surroundings);
      return EXIT_CODES.ok;
    }
    enableCompileCache(surroundings);
    return await createContext(surroundings).run(argv);
  } finally {
    for (const cleanUp of surroundings.cleanUps) await cleanUp();
  }
}

/** Reads the facts about this process that a run needs, each of them once. */
export function surroundingsOf(process: NodeJS.Process, signal: AbortSignal): Surroundings {
  const io = nodeIo(process, process.env, signal);
  return {
    env: process.env,
    io,
    signal,
    clock: systemClock,
    random: systemRandom,
    cleanUps: [],
    // Both ends must be a terminal: one to type into, one to read from.
    prompter: () =>
      io.stdin.isTerminal && io.stderr.isTerminal
        ? terminalPrompter({
            input: process.stdin,
            output: process.stderr,
            signal,
            movingLine: () => io.activity.current,
          })
        : null,
    openPipes: () => ({ input: process.stdin, output: process.stdout }),
    processes: systemProcesses(process),
    platform: process.platform,
    architecture: process.arch,
    node: process.versions.node,
    nodePath: process.execPath,
    workingDirectory: process.cwd(),
    userId: process.getuid?.() ?? null,
    version: typeof __GENSCOPE_VERSION__ === "string" ? __GENSCOPE_VERSION__ : "0.0.0-source",
    // The directory is one level up, both from source and in the bundle.
    packageFile: new URL("../package.json", import.meta.url),
  };
}

/** Creates the context of one run. Nothing is imported or connected before a command asks for it. */
export function createContext(surroundings: Surroundings): Context {
  const { env, io, signal, clock, random, version, workingDirectory } = surroundings;
  const context: Context = {
    io,
    env,
    version,
    workingDirectory,
    signal,
    clock,
    random,
    processes: surroundings.processes,
    userId: surroundings.userId,
    temporaryDirectory: async () =>
      await (await import("./main/temporary-directory.ts")).makeTemporaryDirectory(surroundings),
    cacheDirectory: async () => await findDirectory(surroundings, "cache"),
    connect: async (options) => await connect(surroundings, options),
    findApiUrl: async (options) => await findApiUrl(surroundings, options),
    connectAnonymously: async (options) => await connectAnonymously(surroundings, options),
    openLoginStorage: async (options) => await openLoginStorage(surroundings, options),
    loginTransport: async (options) => await bareTransport(surroundings, options),
    downloadTransport: async (options) =>
      (await (await import("./main/open-wire.ts")).openWire(surroundings, options)).transport,
    openApi: async (region, session, wire) => await openApi(surroundings, region, session, wire),
    openBrowser: surroundings.openBrowser ?? browserOpener(surroundings),
    prompter: (options) => prompterFor(surroundings, options),
    openDoctor: async (options) => await (await import("./main/doctor.ts")).openDoctor(surroundings, options),
    startSandbox: async (options) => {
      const { startSandbox } = await import("./sandbox/server.ts");
      const { onRequest, ...world } = options;
      const sandbox = await startSandbox(world, { clock, onRequest });
      surroundings.cleanUps.push(async () => await sandbox.close());
      return sandbox;
    },
    listScenarios: async () => (await import("./sandbox/scenarios/scenarios.ts")).listScenarios(),
    readTextFile: async (path, maxBytes) => await readTextFile(path, "input", { signal, maxBytes }),
    interruptibly: async (work) => await workInterruptibly(process, signal, work),
    withEnvironment: (other, otherIo) => createContext({ ...surroundings, env: other, io: otherIo ?? io }),
    runApart: async (argv, apart) => await runAndClose(argv, { ...surroundings, ...apart, cleanUps: [] }),
    openPipes: surroundings.openPipes,
    run: async (argv) => await (await import("./cli/run.ts")).run(argv, context, version),
  };
  return context;
}

/** Runs a command line in its own context and closes everything that it opened. */
async function runAndClose(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  try {
    return await createContext(surroundings).run(argv);
  } finally {
    for (const cleanUp of surroundings.cleanUps) await cleanUp();
  }
}

/** The word with which the shell scripts of `completion` request candidates; the typed words follow it. */
const COMPLETE = "__complete";

/**
 * Returns whether the command line only asks for the version. Scripts run `--version` most often, so the answer comes
 * before the program loads.
 */
function isVersionQuestion([flag = "", ...rest]: readonly string[]): boolean {
  return rest.length === 0 && (flag === "--version" || flag === "-V");
}
