import type { Operation } from "../../../catalogue/facts/operation.ts";
import type { RefusalFacts } from "../../verdict/refusal-facts.ts";
import type { Remedy } from "../../verdict/verdict.ts";

type LimitFacts = Pick<RefusalFacts, "status" | "code" | "message" | "operation">;

/** A limit on intervals, pages, sizes or body types, with advice on how to stay within it. */
interface RequestLimit {
  /** Matches the status, code and message of the refusal, joined by spaces. */
  readonly pattern: RegExp;
  /** The limit in one sentence, without a final period. */
  readonly meaning: string | ((message: string) => string);
  /** The value of this limit for a detail query. For other operations, the message contains the value. */
  readonly ofDetails?: string;
  readonly summary: string;
  /** Whether genscope stays within the limit when it reads the same data. */
  readonly isSplit: boolean;
}

const LIMITS: readonly RequestLimit[] = [
  {
    pattern:
      /\binterval\b[^\n]{0,120}\b(?:exceed|longer|larger|greater|more than|at most|within|maximum)\b|\b(?:7|31) days\b/i,
    meaning: "the interval is too long",
    ofDetails: "a detail query spans at most 7 days without a filter and 31 days with one",
    summary: "split the interval",
    isSplit: true,
  },
  {
    pattern: /pagination may not exceed|\b(?:100,?000|400,?000)\b[^\n]{0,40}\bresults?\b/i,
    meaning: "the query has more results than its pages can return",
    ofDetails: "a detail query returns at most 100,000 results",
    summary: "split the interval until each part has fewer results",
    isSplit: true,
  },
  {
    pattern: /invalid cursor|\bcursor\b[^\n]{0,60}\b(?:invalid|expired|not valid|malformed)/i,
    meaning:
      "the cursor is not valid: detail queries page by `paging.pageNumber` in the body, and only job results and some listings have a cursor",
    summary: "page by number, or start again without the cursor: it belongs to one response and expires",
    isSplit: true,
  },
  {
    pattern:
      /\bpage ?size\b[^\n]{0,80}\b(?:exceed|greater|larger|less|maximum|at most|between|invalid)|(?:exceed|maximum|invalid)[^\n]{0,40}\bpage ?size\b/i,
    meaning: meaningOfPageSize,
    summary: "send a smaller `pageSize`",
    isSplit: true,
  },
  {
    pattern:
      /response\.entity\.too\.large|response\.too\.large|response\.size\.exceeded|max\.response\.size|payload\.too\.large/,
    meaning: "the response would be larger than the service allows",
    summary: "request smaller pages, fewer expansions or a shorter interval",
    isSplit: true,
  },
  {
    pattern: /request\.entity\.too\.large|request\.body\.size/,
    meaning: meaningOfSize,
    summary: "send the body in several requests",
    isSplit: false,
  },
  {
    pattern: /^413 /,
    meaning: meaningOfSize,
    summary: "send the body in several smaller requests",
    isSplit: false,
  },
  {
    pattern: /^415 /,
    meaning: "the service does not read a body of this type",
    summary: "send JSON with the header `Content-Type: application/json`, unless the operation takes a file",
    isSplit: false,
  },
];

/** Describes the limit that the request exceeded; null when the refusal is not about a limit. */
export function meaningOfLimit(facts: LimitFacts): string | null {
  const limit = find(facts);
  if (limit === undefined) return null;
  const meaning = typeof limit.meaning === "function" ? limit.meaning(facts.message ?? "") : limit.meaning;
  return limit.ofDetails !== undefined && isDetailQuery(facts.operation)
    ? `${meaning}: ${limit.ofDetails}`
    : meaning;
}

function isDetailQuery(operation: Operation | null): boolean {
  return operation !== null && /\/analytics\/(?:conversations|users)\/details\//.test(operation.path);
}

/** Returns remedies for staying within the limit that the request exceeded. */
export function limitRemedies(facts: LimitFacts): readonly Remedy[] {
  const limit = find(facts);
  if (limit === undefined) return [];
  const command = limit.isSplit ? readingCommand(facts.operation) : null;
  return [
    { kind: "use-operation", summary: limit.summary },
    ...(command === null
      ? []
      : [{ kind: "use-operation" as const, summary: "or let genscope split and page the request", command }]),
  ];
}

/** Describes the size limit. Quotes its value from the message, because it differs between services. */
function meaningOfSize(message: string): string {
  const [, count, unit] =
    /\b(?:maximum|max|limit|at most|up to|exceeds?|larger than|greater than)\b[^\d\n]{0,40}(\d[\d,.]{0,14}\d|\d)\s{0,2}([kmg]i?b|bytes)?/i.exec(
      message.slice(0, 4_000),
    ) ?? [];
  if (count === undefined) return "the request body is larger than the service allows";
  const amount = /^\d{4,15}$/.test(count) ? Number(count).toLocaleString("en-US") : count;
  return `the request body is larger than the service allows: ${amount} ${unit ?? "bytes"}`;
}

/** Describes the page size limit. Quotes its value from the message, because it differs between listings. */
function meaningOfPageSize(message: string): string {
  const [, limit] =
    /\b(?:between \d{1,3} and|at most|maximum(?: of| is)?|up to|exceed|(?:less|smaller|lower|greater|larger|more) than(?: or equal to)?)\s{1,3}\[?(\d{2,5})\b/i.exec(
      message.slice(0, 4_000),
    ) ?? [];
  return `the page size is above the limit of this operation: ${limit ?? "100 for detail queries and most listings"}`;
}

function find({ status, code, message }: LimitFacts): RequestLimit | undefined {
  const text = `${status ?? ""} ${code ?? ""} ${message ?? ""}`.slice(0, 4_000);
  return LIMITS.find(({ pattern }) => pattern.test(text));
}

/**
 * Returns the genscope command that reads the same data in parts. Assumes a query for conversation details when the
 * operation is unknown. Null for an operation that is neither a detail query nor a GET.
 */
function readingCommand(operation: Operation | null): string | null {
  if (operation === null) return "genscope query conversations details --interval START/END --all";
  const [, subject, kind] = /\/analytics\/(conversations|users)\/(details)\//.exec(operation.path) ?? [];
  if (subject !== undefined) return `genscope query ${subject} ${kind} --interval START/END --all`;
  return operation.method === "GET" ? `genscope query "${operation.method} ${operation.path}" --all` : null;
}
