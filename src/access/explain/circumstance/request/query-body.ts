import type { Operation } from "../../../../catalogue/facts/operation.ts";
import { limitRemedies, meaningOfLimit } from "../../../remedy/answer/request-limits.ts";
import type { Remedy } from "../../../verdict/verdict.ts";
import { SOURCES } from "../../claims/source.ts";
import type { Claim } from "../../finding.ts";
import type { Circumstance, CircumstanceFacts } from "../circumstance.ts";

const DAY = 86_400_000;
/** Maximum number of days in a detail query, without a filter and with one. */
const DAYS_UNFILTERED = 7;
const DAYS_FILTERED = 31;
/** Maximum page size of a detail query that clients are known to use. */
const LARGEST_PAGE = 100;

/** A mistake in a query's body, with its correction. */
interface BodyMistake {
  /** Whether the mistake alone explains the refusal. */
  readonly isCertain: boolean;
  /** What the body shows, in one clause. */
  readonly shown: string;
  readonly rule: string;
  readonly remedies: readonly Remedy[];
}

/** Matches the interval in a body, as JSON, as JSON inside a string, or as an object in source code. */
const INTERVAL =
  /(?<![\w.])\\{0,3}["']?interval\\{0,3}["']?\s{0,3}[:=]\s{0,3}\\{0,3}["'`]([^"'`\\\n]{1,120})/g;
const PAGE_SIZE = /(?<![\w.])\\{0,3}["']?page_?[sS]ize\\{0,3}["']?\s{0,3}[:=]\s{0,3}(\d{1,6})\b/g;
/** Matches the name of a filter that allows a detail query to span more days. */
const FILTER =
  /\b(?:conversation|segment|evaluation|survey|resolution|user|presence|routing_?status)_?filters?\b/i;
const JOB = /\/details\/jobs\b/;
/** Matches signs that the body is not shown completely. */
const CUT = /\.{3}|…|\$\{|\{\{|<[a-z]/i;
/** Matches one end of an interval: a date, or a date and time with an optional offset. */
const END = /^\d{4}-\d\d-\d\d(?:T\d\d(?::?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
/** Matches a message that only repeats the status and names no part of the request. */
const SAYS_NOTHING =
  /^[\s"']{0,3}(?:(?:http |error:? |status:? |code:? |the |your ){0,3}(?:400|bad request|invalid request|malformed (?:request|syntax)|request (?:is|was) (?:invalid|malformed)|request could not be understood by the server(?: due to malformed syntax)?|request failed with status code 400)[\s.:,!-]{0,3}){1,3}["']?$/i;

/**
 * Finds the mistake in the body of an analytics query that was refused with 400 and whose message names no part of the
 * body. Null if the body is not shown, shows no mistake, or shows several intervals.
 */
export function findQueryBody(facts: CircumstanceFacts): Circumstance | null {
  const { status, layer, operation, failure, code, words } = facts;
  if (status !== 400 || layer !== "request" || operation === null) return null;
  if (operation.method !== "POST" || !operation.path.startsWith("/api/v2/analytics/")) return null;
  const isNamed = failure.message !== null && !SAYS_NOTHING.test(failure.message);
  if (isNamed || meaningOfLimit({ status, code, message: failure.message, operation }) !== null) return null;
  const mistakes = [...intervalMistakes(operation, words), ...pageMistakes(operation, words)];
  const [first] = mistakes;
  if (first === undefined) return null;
  const isCertain = mistakes.some((mistake) => mistake.isCertain);
  return {
    layer: "request",
    meaning: first.isCertain
      ? `the body shows ${first.shown}, but ${first.rule}; permissions and scopes do not matter here`
      : null,
    claims: mistakes.map(toClaim),
    remedies: mistakes.flatMap(({ remedies }) => remedies),
    isWholeRemedy: isCertain,
  };
}

function toClaim({ isCertain, shown, rule }: BodyMistake): Claim {
  return {
    text: isCertain ? `the query accepts ${shown}` : `the cause is ${shown}`,
    verdict: isCertain ? "false" : "unknown",
    truth: rule,
    source: isCertain ? SOURCES.definition : SOURCES.reports,
  };
}

function intervalMistakes(operation: Operation, words: string): readonly BodyMistake[] {
  const [interval, ...others] = valuesOf(INTERVAL, words);
  if (interval === undefined || others.length > 0 || CUT.test(interval)) return [];
  const [start = "", end, ...rest] = interval.trim().split("/");
  if (end === undefined || rest.length > 0) {
    // A period such as `P1D` can stand for one of the ends, so only a single date is certainly no interval.
    return END.test(start.trim()) && rest.length === 0 ? [single(start.trim())] : [];
  }
  const [from, to] = [readEnd(start), readEnd(end)];
  if (from === null || to === null) return [];
  if (to.time <= from.time) return [reversed(from.time === to.time)];
  const days = (to.time - from.time) / DAY;
  const long = isDetailQuery(operation) ? tooLong(operation, days, words) : null;
  return long !== null ? [long] : from.hasOffset && to.hasOffset ? [] : [withoutOffset()];
}

function isDetailQuery({ path }: Operation): boolean {
  return /\/analytics\/(?:conversations|users)\/details\/query$/.test(path);
}

/** Parses one end of an interval; null if it is not a date. An end without an offset is read as UTC. */
function readEnd(text: string): { readonly time: number; readonly hasOffset: boolean } | null {
  const value = text.trim();
  const match = END.exec(value);
  if (match === null) return null;
  const hasOffset = match[1] !== undefined;
  const time = Date.parse(hasOffset || value.length <= 10 ? value : `${value}Z`);
  return Number.isNaN(time) ? null : { time, hasOffset };
}

function single(date: string): BodyMistake {
  return {
    isCertain: true,
    shown: `the interval \`${date}\``,
    rule: "an interval has two ends, `START/END`",
    remedies: [
      {
        kind: "use-operation",
        summary: "send both ends: `2026-01-01T00:00:00.000Z/2026-01-02T00:00:00.000Z`",
      },
    ],
  };
}

function reversed(isEmpty: boolean): BodyMistake {
  return {
    isCertain: true,
    shown: isEmpty ? "an interval that ends when it starts" : "an interval that ends before it starts",
    rule: "the end of an interval comes after its start",
    remedies: [
      {
        kind: "use-operation",
        summary: isEmpty
          ? "send an end that is later than the start"
          : "exchange the two ends of the interval",
      },
    ],
  };
}

/** Reports an interval that is longer than a detail query accepts; null if it is short enough. */
function tooLong(operation: Operation, days: number, words: string): BodyMistake | null {
  const isFiltered = FILTER.test(words);
  // A job accepts a longer interval, so with a job in the text it is unclear whose interval this is.
  if (JOB.test(words)) return null;
  if (days <= DAYS_UNFILTERED || (days <= DAYS_FILTERED && isFiltered)) return null;
  const facts = { status: 400, code: null, message: "the interval exceeds 31 days", operation };
  return {
    isCertain: true,
    shown: `an interval of ${Math.ceil(days)} days${isFiltered ? "" : " without a filter"}`,
    rule: `a detail query spans at most ${DAYS_UNFILTERED} days without a filter and ${DAYS_FILTERED} days with one`,
    remedies: limitRemedies(facts),
  };
}

function withoutOffset(): BodyMistake {
  return {
    isCertain: false,
    shown: "an interval whose ends have no `Z` or offset",
    rule: "the documented form is `2026-01-01T00:00:00.000Z/2026-01-02T00:00:00.000Z`",
    remedies: [
      {
        kind: "use-operation",
        summary: "write both ends of the interval as dates and times with `Z`, then retry",
      },
    ],
  };
}

function pageMistakes(operation: Operation, words: string): readonly BodyMistake[] {
  if (!isDetailQuery(operation)) return [];
  const [size, ...others] = valuesOf(PAGE_SIZE, words);
  if (size === undefined || others.length > 0 || Number(size) <= LARGEST_PAGE) return [];
  return [
    {
      isCertain: false,
      shown: `a page size of ${size}`,
      rule: `clients report that a detail query accepts at most ${LARGEST_PAGE}`,
      remedies: [{ kind: "use-operation", summary: `send a \`pageSize\` of at most ${LARGEST_PAGE}` }],
    },
  ];
}

/** Returns the different values of a field that the text shows. */
function valuesOf(field: RegExp, words: string): readonly string[] {
  return [...new Set([...words.matchAll(field)].map(([, value = ""]) => value))];
}
