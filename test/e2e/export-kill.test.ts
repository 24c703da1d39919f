import { join } from "node:path";
import { expect, test } from "vitest";
import { act } from "../sandbox/client.ts";
import { drawsOf, exportWithKills } from "../support/export-kills.ts";
import {
  type ExportSandbox,
  type ExportSandboxOptions,
  exportSandbox,
  jobsOf,
} from "../support/export-sandbox.ts";
import { expectVerified, manifestPathOf } from "../support/export-trial.ts";
import {
  compareManifest,
  leftovers,
  linesOf,
  readManifest,
  tableFiles,
  truthOf,
} from "../support/export-truth.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { stillClock } from "../support/still-clock.ts";
import { tempDir } from "../support/temp-dir.ts";

interface Case {
  readonly what: string;
  readonly dataset: readonly string[];
  readonly flags: readonly string[];
  /** Whether the dataset is exported by days, as conversations are. */
  readonly hasDays?: true;
  /** Path relative to the working directory. The manifest lies in it or beside it. */
  readonly out: string;
  readonly sandbox?: ExportSandboxOptions;
  /** Lines on stderr of an undisturbed run; none by default. */
  readonly notes?: RegExp;
  /** Fields of `faults.random`: random faults of the service. */
  readonly faults?: object;
}

const CONVERSATIONS = ["conversations", "details"];
const RECORDINGS = ["recordings"];

/** Faults that any service has now and then, without long waits. */
const TROUBLE = {
  retryAfterSeconds: 0,
  rates: { 429: 0.05, 500: 0.01, 502: 0.01, 503: 0.01, 504: 0.02, reset: 0.01, truncated: 0.05, cut: 0.05 },
};
/** The same for an export that sends a request for each conversation and file: a retry takes three seconds. */
const OCCASIONAL_TROUBLE = {
  retryAfterSeconds: 0,
  rates: { 429: 0.02, 500: 0.003, 503: 0.003, reset: 0.003, truncated: 0.012, cut: 0.012 },
};
/** Few conversations, because each leads to several requests. */
const RECORDED: ExportSandboxOptions = { conversations: 60 };
const LOST_JOBS = { rates: { jobFailed: 0.1, jobExpires: 0.15, cursorExpires: 0.3, lost: 0.01 } };

/** A service that compresses its answers, as the platform does. It costs both sides a tenth of their time. */
const COMPRESSED: ExportSandboxOptions = { settings: { gzip: true } };

const CASES: readonly Case[] = [
  {
    what: "unchanged records, one day after the other",
    dataset: CONVERSATIONS,
    flags: ["--concurrency", "1"],
    out: "lake",
    sandbox: COMPRESSED,
  },
  {
    what: "gzip in partitions, four days in parallel",
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
    what: "zstd, four days in parallel",
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
    what: "CSV, gzip, in partitions, four days in parallel",
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
    what: "Parquet, zstd, in partitions, four days in parallel",
    dataset: CONVERSATIONS,
    flags: ["--format", "parquet", "--compress", "zstd", "--partition", "day", "--concurrency", "4"],
    out: "lake",
    sandbox: COMPRESSED,
  },
  {
    what: "the fresh tail",
    dataset: CONVERSATIONS,
    flags: ["--fresh-tail", "--concurrency", "4"],
    out: "lake",
    // The watermark follows the clock: two exports would divide a day at different minutes.
    sandbox: { settings: { lakeLagSeconds: 40 * 3_600 }, clock: stillClock(Date.now()) },
  },
  {
    what: "a listing as CSV in one file",
    dataset: ["users"],
    flags: [],
    out: "users.csv",
    sandbox: { roster: { agents: 3_000 } },
  },
  {
    what: "a listing with cursors as lines",
    dataset: ["teams"],
    flags: [],
    out: "teams.ndjson",
    sandbox: { roster: { teams: 3_000 } },
  },
  {
    what: "OAuth clients, whose secrets the service sends",
    dataset: ["oauth", "clients"],
    flags: [],
    out: "clients.csv",
    sandbox: { settings: { listsClientSecrets: true } },
  },
  {
    what: "members of every queue, whose listings follow each other, as Parquet",
    dataset: ["queue", "members"],
    flags: [],
    out: "members.parquet",
    sandbox: { roster: { agents: 3_000, queues: 7 } },
    faults: TROUBLE,
  },
  {
    what: "evaluations, each read by the ids that its conversation names, as CSV",
    dataset: ["evaluations"],
    hasDays: true,
    flags: ["--format", "csv", "--concurrency", "2"],
    out: "quality",
    sandbox: { conversations: 800 },
    faults: TROUBLE,
  },
  {
    what: "days in pieces, because they have more results than a job returns",
    dataset: CONVERSATIONS,
    flags: ["--concurrency", "2"],
    out: "lake",
    sandbox: { settings: { mostJobResults: 60 } },
    notes:
      /^(fetching `\d{4}-\d\d-\d\d` again from its start: there are more than 60 results, so it is fetched in \d pieces\n){3,}$/,
  },
  {
    what: "a faulty service, unchanged records",
    dataset: CONVERSATIONS,
    flags: ["--concurrency", "4"],
    out: "lake",
    sandbox: COMPRESSED,
    faults: TROUBLE,
  },
  {
    what: "a faulty service that repeats records, one file",
    dataset: CONVERSATIONS,
    flags: ["--concurrency", "4"],
    out: "all.ndjson",
    sandbox: { settings: { pageDrift: { query: 0, jobs: 3, listings: 0 } } },
    faults: TROUBLE,
  },
  {
    what: "lost jobs and cursors, CSV",
    dataset: CONVERSATIONS,
    flags: ["--format", "csv", "--concurrency", "4"],
    out: "lake",
    sandbox: COMPRESSED,
    faults: LOST_JOBS,
  },
  {
    what: "recordings and their files, one day after the other",
    dataset: RECORDINGS,
    hasDays: true,
    // A machine that is busy takes longer than it takes for a line of progress.
    flags: ["--concurrency", "1", "--quiet"],
    out: "lake",
    sandbox: RECORDED,
  },
  {
    what: "recordings and their files from a faulty service, with addresses that expire within a second, Parquet",
    dataset: RECORDINGS,
    hasDays: true,
    flags: ["--format", "parquet", "--partition", "day", "--concurrency", "2", "--quiet"],
    out: "lake",
    sandbox: { ...RECORDED, settings: { recordingUrlSeconds: 1 } },
    faults: OCCASIONAL_TROUBLE,
  },
  {
    what: "lost jobs and cursors, Parquet, one day after the other",
    dataset: CONVERSATIONS,
    flags: ["--format", "parquet", "--concurrency", "1"],
    out: "lake",
    faults: LOST_JOBS,
  },
];

/** Kills per case. `GENSCOPE_KILLS` sets a higher total. */
const KILLS_PER_CASE = Math.ceil(Number(process.env["GENSCOPE_KILLS"] ?? 210) / CASES.length);
const EXPORTS_AT_ONCE = 2;

test("kills at least two hundred exports across all cases", () => {
  expect(CASES.length * KILLS_PER_CASE).toBeGreaterThanOrEqual(200);
});

test.each(CASES)("resumes after kills at random moments: $what", async (each) => {
  const setup = await exportSandbox(each.sandbox);
  const args = argumentsOf(each, setup);
  const start = performance.now();
  const whole = await exportOnce(each, setup, args);
  const usualMs = performance.now() - start;
  const reference = tableFiles(whole);
  if (each.dataset === CONVERSATIONS) await expectTruth(each, setup, whole);
  if (each.faults !== undefined) {
    await act(setup.sandbox, "faults.random", { seed: 5, ...each.faults });
    // Runs once without a kill, so that retries after a wait happen too.
    const directory = await tempDir();
    const unkilled = { shouldKill: () => false, onKill: () => undefined, instant: () => 0 };
    await exportWithKills(args, { env: setup.env, directory, ...unkilled });
    expect(tableFiles(directory)).toEqual(reference);
  }

  let kills = 0;
  async function runExports(number: number): Promise<void> {
    const draw = drawsOf(number);
    // The program only loads during the first fifth. It retries faults after three seconds.
    const instant = () =>
      usualMs * (0.2 + 0.9 * draw()) + (each.faults !== undefined && draw() < 0.25 ? 3_200 : 0);
    while (kills < KILLS_PER_CASE) {
      const directory = await tempDir();
      const endings = await exportWithKills(args, {
        env: setup.env,
        directory,
        shouldKill: () => kills < KILLS_PER_CASE,
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
      await expectVerified(join(directory, each.out));
    }
  }
  await Promise.all(Array.from({ length: EXPORTS_AT_ONCE }, (_, index) => runExports(index + 1)));
  expect(kills).toBeGreaterThanOrEqual(KILLS_PER_CASE);

  // The program can't delete a job whose id never arrived. Such a job was never polled.
  const left = (await jobsOf(setup)).filter(({ isDeleted }) => !isDeleted);
  expect(left.filter(({ polls }) => polls > 0)).toEqual([]);
});

function argumentsOf(
  { dataset, flags, out, hasDays }: Case,
  { interval, dayBefore }: ExportSandbox,
): readonly string[] {
  const isTail = flags.includes("--fresh-tail");
  // The tail ends at the minute of the run if the interval ends later.
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
  const stretch = isTail ? `${dayBefore(3)}/${hourAgo}` : interval;
  return [
    "export",
    ...dataset,
    ...(dataset === CONVERSATIONS || hasDays === true ? ["--interval", stretch] : []),
    "--out",
    out,
    ...flags,
  ];
}

/** Exports without disturbance. @returns the working directory */
async function exportOnce(each: Case, setup: ExportSandbox, args: readonly string[]): Promise<string> {
  const directory = await tempDir();
  const { exitCode, stderr } = await runGenscope(args, setup.env, { directory });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringMatching(each.notes ?? /^$/) });
  expect(readManifest(manifestPathOf(each.out, directory))).toMatchObject({ isComplete: true, gaps: [] });
  return directory;
}

/** Compares an undisturbed export with the sandbox's data. */
async function expectTruth(each: Case, setup: ExportSandbox, directory: string): Promise<void> {
  const path = manifestPathOf(each.out, directory);
  const { parts, files, records } = readManifest(path);
  const truth = await truthOf(setup, parts);
  expect(truth.length).toBeGreaterThan(150);
  expect(records).toBe(truth.length);
  const rows = files.filter(({ table }) => table === "conversations").map((file) => file.rows);
  expect(rows.reduce((sum, count) => sum + count, 0)).toBe(truth.length);
  if (each.flags.includes("csv") || each.flags.includes("parquet") || each.flags.includes("zstd")) return;
  const lines = files.flatMap((file) => linesOf(join(path, "..", file.path)));
  expect(lines).toEqual(truth);
}

/** Compares the manifest of a disturbed export with its files and with the manifest of an undisturbed one. */
function expectSameManifest(each: Case, directory: string, whole: string): void {
  const path = manifestPathOf(each.out, directory);
  const { listed, found } = compareManifest(path);
  expect(listed).toEqual(found);
  const [one, other] = [path, manifestPathOf(each.out, whole)].map((manifest) => {
    const { isComplete, records, gaps, files, media, parts } = readManifest(manifest);
    const counts = parts.map(({ part, interval, records, open }) => ({ part, interval, records, open }));
    return { isComplete, records, gaps, files, media, counts };
  });
  expect(one).toEqual(other);
}
