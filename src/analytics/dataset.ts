import { closest } from "../core/closest.ts";
import { UsageError } from "../core/errors.ts";

/** How an asynchronous query is spoken to: submit, ask for its state, read its pages by cursor. */
export interface JobWords {
  readonly path: string;
  /** The field of the answer to the submission that holds the job's id. */
  readonly idField: string;
  readonly itemsKey: string;
  readonly largestPage: number;
  /** In capitals. */
  readonly finishedStates: readonly string[];
  readonly lostStates: readonly string[];
  readonly canBeDeleted: boolean;
  /** Before this date everything is there; null where nobody says. */
  readonly availabilityPath: string | null;
  /** What every submission says besides its interval and filters. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** How a dataset is asked for. */
export type DatasetAccess =
  | {
      readonly kind: "jobs";
      readonly words: JobWords;
      /** The live index that knows what the lake does not have yet. */
      readonly tail: {
        readonly path: string;
        readonly itemsKey: string;
        readonly largestPage: number;
      } | null;
    }
  /** One answer for each day. */
  | { readonly kind: "aggregates"; readonly path: string; readonly itemsKey: string }
  | {
      readonly kind: "listing";
      readonly path: string;
      readonly query: Readonly<Record<string, string>>;
      readonly itemsKey: string;
      readonly largestPage: number;
    };

/** What can be exported, and how. */
export interface Dataset {
  /** As it is typed, `conversations details`. */
  readonly name: string;
  readonly summary: string;
  /** The table of its records as they come, and the directory of their files. */
  readonly table: string;
  readonly access: DatasetAccess;
  /** The field that tells one record from another; `bytes` where only all of it does, null where repeats are no mistake. */
  readonly identity: { readonly field: string } | "bytes" | null;
  /** Where records belong to days: the fields that say when they began and whether they ended. */
  readonly life: { readonly start: string; readonly end: string } | null;
  /** Metrics of an aggregate that names none. */
  readonly metrics: readonly string[];
}

const ANALYTICS_JOB = {
  idField: "jobId",
  finishedStates: ["FULFILLED"],
  lostStates: ["FAILED", "CANCELLED", "EXPIRED"],
  largestPage: 1_000,
  canBeDeleted: true,
} as const;

const NOTHING = { identity: null, life: null, metrics: [] } as const;

function listing(
  name: string,
  table: string,
  path: string,
  query: Readonly<Record<string, string>> = {},
  largestPage = 100,
): Dataset {
  return {
    ...NOTHING,
    name,
    summary: `every one of the organization's ${name}`,
    table,
    access: { kind: "listing", path, query, itemsKey: "entities", largestPage },
    identity: { field: "id" },
  };
}

/** Everything `export` knows by name (domain facts: analytics, sections 2, 3 and 7). */
export const DATASETS: readonly Dataset[] = [
  {
    ...NOTHING,
    name: "conversations details",
    summary: "every conversation with participants, sessions, segments, metrics and attributes",
    table: "conversations",
    access: {
      kind: "jobs",
      words: {
        ...ANALYTICS_JOB,
        path: "/api/v2/analytics/conversations/details/jobs",
        itemsKey: "conversations",
        availabilityPath: "/api/v2/analytics/conversations/details/jobs/availability",
        // With days as slices this puts a conversation into the one in which it started.
        body: { order: "asc", orderBy: "conversationStart", startOfDayIntervalMatching: true },
      },
      tail: {
        path: "/api/v2/analytics/conversations/details/query",
        itemsKey: "conversations",
        largestPage: 100,
      },
    },
    identity: { field: "conversationId" },
    life: { start: "conversationStart", end: "conversationEnd" },
  },
  {
    ...NOTHING,
    name: "users details",
    summary: "presence and routing status of every user, period by period",
    table: "users_details",
    access: {
      kind: "jobs",
      words: {
        ...ANALYTICS_JOB,
        path: "/api/v2/analytics/users/details/jobs",
        itemsKey: "userDetails",
        availabilityPath: "/api/v2/analytics/users/details/jobs/availability",
        body: {},
      },
      tail: null,
    },
    identity: "bytes",
  },
  {
    ...NOTHING,
    name: "conversations aggregates",
    summary: "counted and summed metrics of conversations",
    table: "conversations_aggregates",
    access: {
      kind: "aggregates",
      path: "/api/v2/analytics/conversations/aggregates/query",
      itemsKey: "results",
    },
    metrics: ["nOffered", "nConnected", "tHandle", "tTalk", "tAcw", "tAnswered", "tAbandon"],
  },
  {
    ...NOTHING,
    name: "users aggregates",
    summary: "time that users spent in each presence and routing status",
    table: "users_aggregates",
    access: { kind: "aggregates", path: "/api/v2/analytics/users/aggregates/query", itemsKey: "results" },
    metrics: ["tSystemPresence", "tAgentRoutingStatus"],
  },
  {
    ...NOTHING,
    name: "audits",
    summary: "who changed what",
    table: "audits",
    access: {
      kind: "jobs",
      words: {
        path: "/api/v2/audits/query",
        idField: "id",
        itemsKey: "entities",
        largestPage: 500,
        finishedStates: ["SUCCEEDED"],
        lostStates: ["FAILED", "CANCELLED"],
        canBeDeleted: false,
        availabilityPath: null,
        body: {},
      },
      tail: null,
    },
    identity: { field: "id" },
  },
  listing("users", "users", "/api/v2/users", { state: "any", sortOrder: "ASC" }),
  listing("queues", "queues", "/api/v2/routing/queues", { sortOrder: "asc" }),
  listing("wrap-up codes", "wrapup_codes", "/api/v2/routing/wrapupcodes", { sortOrder: "asc" }),
  listing("skills", "skills", "/api/v2/routing/skills"),
  listing("divisions", "divisions", "/api/v2/authorization/divisions"),
  listing("flows", "flows", "/api/v2/flows"),
  listing("presence definitions", "presence_definitions", "/api/v2/presence/definitions", { deleted: "ALL" }),
];

/**
 * The dataset that the words mean; `wrapupcodes`, `wrap-up-codes` and `Wrap-up codes` are one.
 * @throws UsageError `usage.dataset` with the closest names
 */
export function findDataset(words: readonly string[]): Dataset {
  const name = words.join(" ");
  const found = DATASETS.find((dataset) => plain(dataset.name) === plain(name));
  if (found !== undefined) return found;
  const names = DATASETS.map((dataset) => dataset.name);
  const [near] = closest(name.toLowerCase(), names, 1, 4);
  throw new UsageError("usage.dataset", `\`${name}\` is not a dataset`, {
    hint:
      near === undefined
        ? `the datasets are: ${names.join(", ")}`
        : `did you mean \`genscope export ${near}\`? All of them: genscope export --help`,
  });
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, "");
}
