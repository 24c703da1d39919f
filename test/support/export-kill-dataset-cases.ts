import { hasDays } from "../../src/analytics/datasets/dataset-access.ts";
import { allDatasets } from "../../src/analytics/datasets/datasets.ts";
import { act } from "../sandbox/client.ts";
import type { KillCase } from "./export-kill-cases.ts";
import type { ExportSandbox, ExportSandboxOptions } from "./export-sandbox.ts";

/** Permissions of queries, listings and files that the other cases do not need. */
const PERMISSIONS = [
  "analytics:*:view",
  "architect:*:view",
  "audits:audit:view",
  "authorization:*:view",
  "externalContacts:*:view",
  "groups:*:view",
  "outbound:*:view",
  "presence:*:view",
  "quality:*:view",
  "routing:*:view",
  "speechAndTextAnalytics:*:view",
  "telephony:plugin:all",
  "usage:*:view",
  "wfm:historicalAdherence:view",
];

/**
 * A sandbox with few conversations, because many datasets send a request for each. It has enough objects for a few
 * pages of each kind.
 */
const SMALL: ExportSandboxOptions = {
  permissions: PERMISSIONS,
  conversations: 60,
  roster: { agents: 60, queues: 5, contacts: 250, configured: 60, audits: 400, wrapUpCodes: 40, skills: 40 },
};

/** Faults that every service has occasionally. A retry takes three seconds. */
const TROUBLE = {
  retryAfterSeconds: 0,
  rates: { 429: 0.02, 500: 0.003, 503: 0.003, reset: 0.003, truncated: 0.012, cut: 0.012 },
};

/** Adds requests of the client on the days of the export. */
async function recordUsage({ sandbox }: ExportSandbox): Promise<void> {
  await act(sandbox, "usage.record", { client: "Export worker", operation: "GET /api/v2/users", days: 6 });
}

/** Datasets whose pages, files or jobs are unlike those of other datasets. Every run includes them. */
const DISTINCT: readonly KillCase[] = [
  {
    what: "transcripts and their files from a faulty service, with addresses that expire within a second, CSV",
    dataset: ["transcripts"],
    hasDays: true,
    flags: ["--format", "csv", "--concurrency", "2", "--quiet"],
    out: "lake",
    sandbox: { ...SMALL, settings: { recordingUrlSeconds: 1 } },
    faults: TROUBLE,
  },
  {
    what: "historical adherence from the files of jobs, from a faulty service, Parquet",
    dataset: ["adherence"],
    hasDays: true,
    flags: ["--format", "parquet", "--partition", "day", "--concurrency", "2", "--quiet"],
    out: "lake",
    sandbox: SMALL,
    faults: TROUBLE,
  },
  {
    what: "contacts of every list from a faulty service, one Parquet file",
    dataset: ["contacts"],
    flags: ["--quiet"],
    out: "contacts.parquet",
    sandbox: { ...SMALL, roster: { configured: 8 } },
    faults: TROUBLE,
  },
  {
    what: "API usage from jobs that share one address, CSV",
    dataset: ["usage"],
    hasDays: true,
    flags: ["--format", "csv"],
    out: "lake",
    sandbox: { ...SMALL, days: 5 },
    daysOff: 2,
    prepare: recordUsage,
  },
  {
    what: "surveys with their scores, Parquet",
    dataset: ["surveys"],
    hasDays: true,
    flags: ["--format", "parquet", "--concurrency", "2", "--quiet"],
    out: "lake",
    sandbox: { ...SMALL, conversations: 400 },
  },
  {
    what: "speech metrics, which most conversations lack, gzip",
    dataset: ["speech", "metrics"],
    hasDays: true,
    flags: ["--compress", "gzip", "--concurrency", "2", "--quiet"],
    out: "lake",
    sandbox: SMALL,
  },
];

/**
 * File ending for a single file, and flags for a directory, with more flags for a dataset with days. The datasets use
 * them in turn.
 */
const FORMATS = [
  { ending: ".csv", directory: ["--format", "csv"], days: [] },
  { ending: ".parquet", directory: ["--format", "parquet"], days: ["--partition", "day"] },
  { ending: ".ndjson.gz", directory: ["--compress", "gzip"], days: [] },
] as const;
/** Datasets that other cases cover. Their media files are in separate directories. */
const ELSEWHERE = ["recordings", "conversations details"];

/**
 * Returns a case for every other dataset, with alternating formats. Only a run with `GENSCOPE_KILLS` includes them.
 */
function otherDatasets(): readonly KillCase[] {
  const covered = new Set([...ELSEWHERE, ...DISTINCT.map(({ dataset }) => dataset.join(" "))]);
  return allDatasets()
    .filter(({ name }) => !covered.has(name))
    .map(({ name, access, tables }, index): KillCase => {
      const { ending, directory, days } = FORMATS[index % FORMATS.length] ?? FORMATS[0];
      // One file contains one table.
      const isDirectory = hasDays(access) || (tables.kind === "related" && tables.areSeveral);
      return {
        what: `${name} as ${ending.slice(1)}`,
        dataset: name.split(" "),
        flags: [...(isDirectory ? directory : []), ...(hasDays(access) ? days : []), "--quiet"],
        out: isDirectory ? "lake" : `all${ending}`,
        sandbox: SMALL,
        ...(hasDays(access) ? { hasDays: true } : {}),
        ...(access.kind === "jobs" && !access.definition.canBeDeleted ? { leavesJobs: true } : {}),
      };
    });
}

/** Cases of datasets besides conversations. */
export const DATASET_CASES: readonly KillCase[] = [
  ...DISTINCT,
  ...(process.env["GENSCOPE_KILLS"] === undefined ? [] : otherDatasets()),
];
