// How the tests run: `npm test` for all of them, `npm test -- test/cli/commands/query/command.test.ts` for one file.
import { availableParallelism } from "node:os";
import { BaseSequencer } from "vitest/node";

/** The files that take the longest. They start first, so that no worker ends alone with one of them. */
const LONGEST = [
  "growth/growth",
  "e2e/export-kills/layouts",
  "e2e/export-kills/faults",
  "e2e/export-kills/sources",
  "e2e/export-kills/datasets",
  "e2e/export-clocks",
  "e2e/export-crash-points",
  "matrix/matrix",
  "e2e/package",
  "e2e/examples",
  "auth/stores/keychain",
  "e2e/token-watch",
  "e2e/parallel-renewal",
  "e2e/export-stops",
  "e2e/export-refusals",
  "e2e/limits",
  "e2e/secrets",
  "e2e/export-large-day",
  "e2e/record-program",
  "cli/commands/export/read-back",
  "access/explain/robustness",
].map((name) => `/test/${name}.test.ts`);

class LongestFirst extends BaseSequencer {
  async sort(files) {
    const others = await super.sort(files);
    const longest = LONGEST.flatMap((name) => others.filter(({ moduleId }) => moduleId.endsWith(name)));
    return [...longest, ...others.filter((file) => !longest.includes(file))];
  }
}

export default {
  test: {
    // The files that a worker runs share one module graph. Loading it again for each file took more than half of
    // the processor time of the suite. It holds no state: no module of src or test/support has any but what it
    // has read, compiled or generated once.
    isolate: false,
    // Young objects get more space than the default of 16 MB per half: collecting them took a tenth of the time.
    execArgv: ["--max-semi-space-size=64"],
    // More than processors: half of a worker's time is waiting, for disks and for the programs that it starts.
    maxWorkers: availableParallelism() * 2,
    sequence: { sequencer: LongestFirst },
    setupFiles: process.env.GENSCOPE_CPU_LOG === undefined ? [] : ["test/support/processor-time.ts"],
    // Only ends a test that hangs. No test measures time by it: a busy machine is slow.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // Vitest gives up after a second by default.
    expect: { poll: { timeout: 240_000 } },
  },
};
