import { join } from "node:path";
import { expect, test } from "vitest";
import { act } from "../sandbox/client.ts";
import { drawsOf, exportUnderFire } from "../support/export-kills.ts";
import { type ExportSandbox, exportSandbox, jobsOf, type StageOptions } from "../support/export-sandbox.ts";
import { manifestPathOf } from "../support/export-trial.ts";
import { claimsOf, leftovers, linesOf, readManifest, tableFiles, truthOf } from "../support/export-truth.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";

interface Case {
  readonly what: string;
  readonly dataset: readonly string[];
  readonly flags: readonly string[];
  /** Relative to the working directory; the manifest is in it or beside it. */
  readonly out: string;
  readonly stage?: StageOptions;
  /** Fields of `faults.random`: what goes wrong on the way, by chance. */
  readonly faults?: object;
}

const CONVERSATIONS = ["conversations", "details"];

/** What any service does now and then; nothing of it is waited for long. */
const TROUBLE = {
  retryAfterSeconds: 0,
  rates: { 429: 0.05, 500: 0.01, 502: 0.01, 503: 0.01, 504: 0.02, reset: 0.01, truncated: 0.05, cut: 0.05 },
};
const LOST_JOBS = { rates: { jobFailed: 0.1, jobExpires: 0.15, cursorExpires: 0.3, lost: 0.01 } };

const CASES: readonly Case[] = [
  {
    what: "records as they are, day by day",
    dataset: CONVERSATIONS,
    flags: ["--concurrency", "1"],
    out: "lake",
  },
  {
    what: "gzip in partitions, four days at once",
    dataset: CONVERSATIONS,
    flags: ["--compress", "gzip", "--partition", "day", "--concurrency", "4"],
    out: "lake",
  },
  {
    what: "one file",
    dataset: CONVERSATIONS,
    flags: ["--concurrency", "4"],
    out: "all.ndjson",
  },
  {
    what: "one file, gzip, one day after the other",
    dataset: CONVERSATIONS,
    flags: ["--concurrency", "1"],
    out: "all.ndjson.gz",
  },
  {
    what: "zstd, four days at once",
    dataset: CONVERSATIONS,
    flags: ["--compress", "zstd", "--concurrency", "4"],
    out: "lake",
  },
  {
    what: "CSV, one day after the other",
    dataset: CONVERSATIONS,
    flags: ["--format", "csv", "--concurrency", "1"],
    out: "lake",
  },
  {
    what: "CSV, gzip, in partitions, four days at once",
    dataset: CONVERSATIONS,
    flags: ["--format", "csv", "--compress", "gzip", "--partition", "day", "--concurrency", "4"],
    out: "lake",
  },
  {
    what: "Parquet, one day after the other",
    dataset: CONVERSATIONS,
    flags: ["--format", "parquet", "--concurrency", "1"],
    out: "lake",
  },
  {
    what: "Parquet, zstd, in partitions, four days at once",
    dataset: CONVERSATIONS,
    flags: ["--format", "parquet", "--compress", "zstd", "--partition", "day", "--concurrency", "4"],
    out: "lake",
  },
  {
    what: "the fresh tail",
    dataset: CONVERSATIONS,
    flags: ["--fresh-tail", "--concurrency", "4"],
    out: "lake",
    stage: { settings: { lakeLagSeconds: 40 * 3_600 } },
  },
  {
    what: "a listing as CSV in one file",
    dataset: ["users"],
    flags: [],
    out: "users.csv",
    stage: { roster: { agents: 3_000 } },
  },
  {
    what: "a service in trouble, records as they are",
    dataset: CONVERSATIONS,
    flags: ["--concurrency", "4"],
    out: "lake",
    faults: TROUBLE,
  },
  {
    what: "a service in trouble that repeats records, one file",
    dataset: CONVERSATIONS,
    flags: ["--concurrency", "4"],
    out: "all.ndjson",
    stage: { settings: { pageDrift: { query: 0, jobs: 3, listings: 0 } } },
    faults: TROUBLE,
  },
  {
    what: "jobs and cursors that are lost, CSV",
    dataset: CONVERSATIONS,
    flags: ["--format", "csv", "--concurrency", "4"],
    out: "lake",
    faults: LOST_JOBS,
  },
  {
    what: "jobs and cursors that are lost, Parquet, one day after the other",
    dataset: CONVERSATIONS,
    flags: ["--format", "parquet", "--concurrency", "1"],
    out: "lake",
    faults: LOST_JOBS,
  },
];

/** `GENSCOPE_KILLS` asks for more. */
const KILLS_PER_CASE = Math.ceil(Number(process.env["GENSCOPE_KILLS"] ?? 210) / CASES.length);
const EXPORTS_AT_ONCE = 2;

test("all cases together are killed two hundred times at least", () => {
  expect(CASES.length * KILLS_PER_CASE).toBeGreaterThanOrEqual(200);
});

test.each(CASES)(
  "killed at any moment and resumed: $what",
  async (each) => {
    const stage = await exportSandbox(each.stage);
    const args = argumentsOf(each, stage);
    const start = performance.now();
    const whole = await exportOnce(each, stage, args);
    const usualMs = performance.now() - start;
    const reference = tableFiles(whole);
    if (each.dataset === CONVERSATIONS) await expectTruth(each, stage, whole);
    if (each.faults !== undefined) {
      await act(stage.sandbox, "faults.random", { seed: 5, ...each.faults });
      // Left alone, so that what is tried again after a while is.
      const directory = await tempDir();
      const unkilled = { isToBeKilled: () => false, onKill: () => undefined, instant: () => 0 };
      await exportUnderFire(args, { env: stage.env, directory, ...unkilled });
      expect(tableFiles(directory)).toEqual(reference);
    }

    let kills = 0;
    async function lane(number: number): Promise<void> {
      const draw = drawsOf(number);
      // Before a fifth of it the program is only loaded. What goes wrong is tried again after three seconds.
      const instant = () =>
        usualMs * (0.2 + 0.9 * draw()) + (each.faults !== undefined && draw() < 0.25 ? 3_200 : 0);
      while (kills < KILLS_PER_CASE) {
        const directory = await tempDir();
        const endings = await exportUnderFire(args, {
          env: stage.env,
          directory,
          isToBeKilled: () => kills < KILLS_PER_CASE,
          onKill: () => {
            kills += 1;
          },
          instant,
        });
        expect(endings.at(-1)).toEqual({
          exitCode: 0,
          stdout: expect.anything(),
          stderr: expect.any(String),
        });
        expect(tableFiles(directory)).toEqual(reference);
        expect(leftovers(directory)).toEqual([]);
        expectSameManifest(each, directory, whole);
      }
    }
    await Promise.all(Array.from({ length: EXPORTS_AT_ONCE }, (_, index) => lane(index + 1)));
    expect(kills).toBeGreaterThanOrEqual(KILLS_PER_CASE);

    // A job whose id never reached the program can't be deleted by it: nobody asked for its state either.
    const left = (await jobsOf(stage)).filter(({ isDeleted }) => !isDeleted);
    expect(left.filter(({ polls }) => polls > 0)).toEqual([]);
  },
  120_000,
);

function argumentsOf(
  { dataset, flags, out }: Case,
  { interval, dayBefore }: ExportSandbox,
): readonly string[] {
  const isTail = flags.includes("--fresh-tail");
  const stretch = isTail ? `${dayBefore(3)}/${new Date().toISOString()}` : interval;
  return [
    "export",
    ...dataset,
    ...(dataset === CONVERSATIONS ? ["--interval", stretch] : []),
    "--out",
    out,
    ...flags,
  ];
}

/** An export that nobody disturbs. @returns its working directory */
async function exportOnce(each: Case, stage: ExportSandbox, args: readonly string[]): Promise<string> {
  const directory = await tempDir();
  const { exitCode, stderr } = await runGenscope(args, stage.env, { directory });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(readManifest(manifestPathOf(each.out, directory))).toMatchObject({ isComplete: true, gaps: [] });
  return directory;
}

/** Holds an undisturbed export to the sandbox's truth. */
async function expectTruth(each: Case, stage: ExportSandbox, directory: string): Promise<void> {
  const path = manifestPathOf(each.out, directory);
  const { parts, files, records } = readManifest(path);
  const truth = await truthOf(stage, parts);
  expect(truth.length).toBeGreaterThan(150);
  expect(records).toBe(truth.length);
  const rows = files.filter(({ table }) => table === "conversations").map((file) => file.rows);
  expect(rows.reduce((sum, count) => sum + count, 0)).toBe(truth.length);
  if (each.flags.includes("csv") || each.flags.includes("parquet") || each.flags.includes("zstd")) return;
  const lines = files.flatMap((file) => linesOf(join(path, "..", file.path)));
  expect(lines).toEqual(truth);
}

/** Holds the manifest of a disturbed export to its files, and to the manifest of one that was not disturbed. */
function expectSameManifest(each: Case, directory: string, whole: string): void {
  const path = manifestPathOf(each.out, directory);
  const { claimed, found } = claimsOf(path);
  expect(claimed).toEqual(found);
  const [one, other] = [path, manifestPathOf(each.out, whole)].map((manifest) => {
    const { isComplete, records, gaps, files, parts } = readManifest(manifest);
    const counts = parts.map(({ part, interval, records, open }) => ({ part, interval, records, open }));
    return { isComplete, records, gaps, files, counts };
  });
  expect(one).toEqual(other);
}
