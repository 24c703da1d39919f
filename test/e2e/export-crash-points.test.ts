import { describe, expect, test } from "vitest";
import { canTrace, runUntil, type SystemCall } from "../support/export-crash-points.ts";
import { exportSandbox, jobsOf } from "../support/export-sandbox.ts";
import { expectWhole } from "../support/export-trial.ts";
import { tableFiles } from "../support/export-truth.ts";
import { runHere } from "../support/genscope-here.ts";
import { tempDir } from "../support/temp-dir.ts";

/**
 * Number of the system call at which each run is killed. Later runs are killed at a later `rename` or `unlink`,
 * because earlier runs have already done some of the work.
 */
const LAST_CALLS: Readonly<Record<SystemCall, (run: number) => number>> = {
  // The first writes of a run rewrite the files of two concurrent days. Every ninth run is killed only after them.
  pwrite64: (run) => (run % 9 === 0 ? 5 : 2 + (run % 2)),
  rename: (run) => run,
  unlink: (run) => run,
};

/** Maximum number of runs. An export that needs more makes no progress. */
const MOST_RUNS = 80;

describe.skipIf(!canTrace())(
  "an export completes after kills at successive disk writes (needs strace)",
  () => {
    const calls = Object.keys(LAST_CALLS) as readonly SystemCall[];
    test.each(
      calls.flatMap((call) => [
        {
          call,
          what: "unchanged records",
          flags: [],
          out: "lake",
          fewest: { pwrite64: 7, rename: 2, unlink: 1 },
        },
        {
          call,
          what: "CSV",
          flags: ["--format", "csv"],
          out: "lake",
          fewest: { pwrite64: 7, rename: 10, unlink: 1 },
        },
        {
          call,
          what: "a single file",
          flags: [],
          out: "all.ndjson",
          fewest: { pwrite64: 7, rename: 3, unlink: 2 },
        },
      ]),
    )("at each $call: $what", async ({ call, flags, out, fewest }) => {
      const sandbox = await exportSandbox({ conversations: 180, days: 3 });
      const { env } = sandbox;
      const interval = `${sandbox.dayBefore(2)}/${sandbox.dayBefore(out === "lake" ? 1 : 0)}`;
      const args = ["export", "conversations", "details", "--interval", interval, "--out", out, ...flags];
      const undisturbed = await tempDir();
      expect(await runHere(args, env, { directory: undisturbed })).toMatchObject({ exitCode: 0 });

      const directory = await tempDir();
      let run = 1;
      for (; run <= MOST_RUNS; run += 1) {
        const resumed = run === 1 ? args : [...args, "--resume"];
        const { exitCode, stderr } = await runUntil(call, LAST_CALLS[call](run), resumed, { env, directory });
        if (exitCode === null) continue;
        expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
        break;
      }
      expect(run - 1).toBeGreaterThanOrEqual(fewest[call]);
      await expectWhole(directory, { whole: tableFiles(undisturbed), out });
      const left = (await jobsOf(sandbox)).filter(({ isDeleted }) => !isDeleted);
      expect(left.filter(({ polls }) => polls > 0)).toEqual([]);
    });
  },
);
