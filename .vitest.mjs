// How the tests run: `npm test` for all of them, `npm test -- test/cli/commands/query/command.test.ts` for one file.
import { availableParallelism } from "node:os";

export default {
  test: {
    // The files that a worker runs share one module graph. Loading it again for each file took more than half of
    // the processor time of the suite. It holds no state: no module of src or test/support has any.
    isolate: false,
    // More than processors: half of a worker's time is waiting, for disks and for the programs that it starts.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // Only ends a test that hangs. No test measures time by it: a busy machine is slow.
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
};
