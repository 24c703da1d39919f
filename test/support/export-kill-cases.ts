import { DATASET_CASES } from "./export-kill-dataset-cases.ts";
import type { ExportSandbox, ExportSandboxOptions } from "./export-sandbox.ts";
import { stillClock } from "./still-clock.ts";

export interface KillCase {
  readonly what: string;
  readonly dataset: readonly string[];
  readonly flags: readonly string[];
  /** Whether the dataset is exported by days, as conversations are. */
  readonly hasDays?: true;
  /** Value of `--out`, relative to the working directory. The manifest is in this directory, or beside this file. */
  readonly out: string;
  readonly sandbox?: ExportSandboxOptions;
  /** Whether the platform cannot delete the jobs of the dataset. */
  readonly leavesJobs?: true;
  /** Number of days before today that the export leaves out; none by default. */
  readonly daysOff?: number;
  /** Prepares the sandbox before the first export. */
  readonly prepare?: (setup: ExportSandbox) => Promise<void>;
  /** Expected stderr of an undisturbed run; empty by default. */
  readonly notes?: RegExp;
  /** Fields of the action `faults.random`, which makes the service fail at random. */
  readonly faults?: object;
}

/** The dataset of most cases. */
export const CONVERSATIONS = ["conversations", "details"];
const RECORDINGS = ["recordings"];

/** Faults that every service has occasionally, without long waits. */
const TROUBLE = {
  retryAfterSeconds: 0,
  rates: { 429: 0.05, 500: 0.01, 502: 0.01, 503: 0.01, 504: 0.02, reset: 0.01, truncated: 0.05, cut: 0.05 },
};
/**
 * The same faults with lower rates, for an export that sends a request per conversation and file. A retry takes three
 * seconds.
 */
const OCCASIONAL_TROUBLE = {
  retryAfterSeconds: 0,
  rates: { 429: 0.02, 500: 0.003, 503: 0.003, reset: 0.003, truncated: 0.012, cut: 0.012 },
};
/** A sandbox with few conversations, because each leads to several requests. */
const RECORDED: ExportSandboxOptions = { conversations: 60 };
const LOST_JOBS = { rates: { jobFailed: 0.1, jobExpires: 0.15, cursorExpires: 0.3, lost: 0.01 } };

/**
 * A service that compresses its responses, as the platform does. Compression costs both sides a tenth of their time.
 */
const COMPRESSED: ExportSandboxOptions = { settings: { gzip: true } };

/** Layouts and formats of files. */
const LAYOUTS: readonly KillCase[] = [
  {
    what: "unchanged records, one day at a time",
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
    what: "a single file",
    dataset: CONVERSATIONS,
    flags: ["--concurrency", "4"],
    out: "all.ndjson",
  },
  {
    what: "a single file, gzip, one day at a time",
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
    what: "CSV, one day at a time",
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
    what: "Parquet, one day at a time",
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
];

/** Exports that find their parts in other ways: listings, provisional days, divided days and media files. */
const SOURCES: readonly KillCase[] = [
  {
    what: "provisional data with --fresh-tail",
    dataset: CONVERSATIONS,
    flags: ["--fresh-tail", "--concurrency", "4"],
    out: "lake",
    // The clock stands still, because the watermark follows it: two exports would otherwise split a day at different
    // minutes.
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
    what: "a listing with cursors, as NDJSON",
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
    what: "days in pieces, because they have more results than a job returns",
    dataset: CONVERSATIONS,
    flags: ["--concurrency", "2"],
    out: "lake",
    sandbox: { settings: { mostJobResults: 60 } },
    notes:
      /^(fetching `\d{4}-\d\d-\d\d` again from its start: there are more than 60 results, so it is fetched in \d pieces\n){3,}$/,
  },
  {
    what: "recordings and their files, one day at a time",
    dataset: RECORDINGS,
    hasDays: true,
    // The export is quiet, because a busy machine would take long enough to print progress.
    flags: ["--concurrency", "1", "--quiet"],
    out: "lake",
    sandbox: RECORDED,
  },
];

/** Faults of the service that lead to retries and new jobs. */
const FAULTS: readonly KillCase[] = [
  {
    what: "members of every queue, one listing after another, as Parquet",
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
    what: "recordings and their files from a faulty service, with addresses that expire within a second, Parquet",
    dataset: RECORDINGS,
    hasDays: true,
    flags: ["--format", "parquet", "--partition", "day", "--concurrency", "2", "--quiet"],
    out: "lake",
    sandbox: { ...RECORDED, settings: { recordingUrlSeconds: 1 } },
    faults: OCCASIONAL_TROUBLE,
  },
  {
    what: "lost jobs and cursors, Parquet, one day at a time",
    dataset: CONVERSATIONS,
    flags: ["--format", "parquet", "--concurrency", "1"],
    out: "lake",
    faults: LOST_JOBS,
  },
];

/** Every case, by the test file that runs it. Each worker runs one file at a time. */
export const KILL_CASES = { layouts: LAYOUTS, sources: SOURCES, faults: FAULTS, datasets: DATASET_CASES };
