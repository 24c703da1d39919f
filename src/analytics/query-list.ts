import type { NamedQuery } from "./named-query.ts";

/** Subjects with aggregates. */
const AGGREGATE_SUBJECTS: readonly { readonly subject: string; readonly isPreview: boolean }[] = [
  ...[
    "conversations",
    "users",
    "flows",
    "flowexecutions",
    "bots",
    "actions",
    "evaluations",
    "surveys",
    "resolutions",
    "transcripts",
    "summaries",
    "journeys",
    "knowledge",
    "taskmanagement",
    "casemanagement",
    "agentcopilots",
    "ratelimits",
  ].map((subject) => ({ subject, isPreview: false })),
  { subject: "agentutilizations", isPreview: true },
  { subject: "copilots", isPreview: true },
];

/** Subjects with observations of the current state. */
const OBSERVATION_SUBJECTS: readonly string[] = ["queues", "users", "flows"];

/** Subjects with activity queries. */
const ACTIVITY_SUBJECTS: readonly string[] = ["conversations", "users", "routing", "teams", "flows"];

/** The platform's documented interval limits of detail queries. */
const DETAIL_SPAN = { plainDays: 7, filteredDays: 31 };

const ANALYTICS = "/api/v2/analytics";

const PLAIN = { recordKey: null, span: null, isPreview: false } as const;

/** Queries that follow no common pattern. */
const OTHER_QUERIES: readonly NamedQuery[] = [
  {
    name: "conversations details",
    method: "POST",
    path: `${ANALYTICS}/conversations/details/query`,
    kind: "details",
    subject: "conversations",
    resultKey: "conversations",
    paging: "body",
    recordKey: "conversationId",
    span: DETAIL_SPAN,
    isPreview: false,
  },
  {
    name: "users details",
    method: "POST",
    path: `${ANALYTICS}/users/details/query`,
    kind: "details",
    subject: "users",
    resultKey: "userDetails",
    paging: "body",
    // A user has a record in each part of the interval, so repeated ids are legitimate.
    recordKey: null,
    span: DETAIL_SPAN,
    isPreview: false,
  },
  read("conversations get", "/conversations/{conversationId}/details", "single", null, "unpaged"),
  read("conversations availability", "/conversations/details/jobs/availability", "single", null, "unpaged"),
  read("users availability", "/users/details/jobs/availability", "single", null, "unpaged"),
  read("botflows sessions", "/botflows/{botFlowId}/sessions", "listing", "entities", "next-uri"),
  read("botflows turns", "/botflows/{botFlowId}/divisions/reportingturns", "listing", "entities", "next-uri"),
  send("taskmanagement metrics", "/taskmanagement/metrics/query", "listing", "results", "next-uri"),
  send("agents status", "/agents/status/query", "listing", "entities", "unpaged"),
  send("agents counts", "/agents/status/counts", "single", null, "unpaged"),
  read("agents get", "/agents/{userId}/status", "single", null, "unpaged"),
  read("reporting exports", "/reporting/exports", "listing", "entities", "page-number"),
  read("reporting metadata", "/reporting/exports/metadata", "listing", "entities", "page-number"),
  {
    ...read("warehouse files", "/dataextraction/downloads/metadata", "listing", "entities", "next-uri"),
    isPreview: true,
  },
];

/** Returns every named query, in the order of the help. */
export function namedQueries(): readonly NamedQuery[] {
  const aggregates = AGGREGATE_SUBJECTS.map(({ subject, isPreview }) =>
    post(`${subject} aggregates`, { kind: "aggregates", subject, isPreview }),
  );
  const observations = OBSERVATION_SUBJECTS.map((subject) =>
    post(`${subject} observations`, { kind: "observations", subject }),
  );
  const activity = ACTIVITY_SUBJECTS.map((subject) =>
    post(`${subject} activity`, { kind: "activity", subject }),
  );
  return [...OTHER_QUERIES, ...aggregates, ...observations, ...activity];
}

function post(
  name: string,
  about: Pick<NamedQuery, "kind" | "subject"> & { readonly isPreview?: boolean },
): NamedQuery {
  return {
    name,
    method: "POST",
    path: `/api/v2/analytics/${name.replace(" ", "/")}/query`,
    resultKey: "results",
    paging: about.kind === "activity" ? "page-number" : "unpaged",
    recordKey: null,
    span: null,
    isPreview: false,
    ...about,
  };
}

type Rest = readonly [
  name: string,
  path: string,
  kind: NamedQuery["kind"],
  resultKey: string | null,
  paging: NamedQuery["paging"],
];

function read(...rest: Rest): NamedQuery {
  return single("GET", rest);
}

function send(...rest: Rest): NamedQuery {
  return single("POST", rest);
}

function single(method: NamedQuery["method"], [name, path, kind, resultKey, paging]: Rest): NamedQuery {
  const [subject = ""] = name.split(" ");
  return { ...PLAIN, name, method, path: `${ANALYTICS}${path}`, kind, subject, resultKey, paging };
}
