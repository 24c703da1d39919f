import { isDeclaration } from "../../assertion/declaration.ts";
import {
  isInterim,
  isRequestLine,
  isStatusLine,
  readStatusLine,
  startsExchange,
} from "../exchange/transcript-lines.ts";
import type { RequestSeen } from "../failure.ts";
import { isCurlCommand } from "../request/curl-command.ts";
import { canBeSame } from "../sighting.ts";
import { propertyOf } from "./line-kind.ts";
import { type LineMarks, LONGEST_LINE, markLine } from "./line-marks.ts";
import { splitLines } from "./lines/split-lines.ts";
import type { MaskedText } from "./masked-text.ts";

/** Lines about one request, in which JSON values and pages are masked, with the facts found in them. */
export interface TextRecord {
  readonly text: string;
  /** Whether the lines are raw HTTP: a request line, a status line, headers, a body. */
  readonly isExchange: boolean;
  readonly request: RequestSeen | null;
  readonly status: number | null;
  /** Whether the record is one clause of a sentence that reports several failures. */
  readonly isClause: boolean;
}

interface RecordDraft {
  readonly lines: string[];
  readonly isClause: boolean;
  /** Whether the last non-blank line is a label such as `Expected result:`. */
  isExpected: boolean;
  isExchange: boolean;
  /**
   * The first element of the record, if it determines what may follow: a command is followed by its response, a
   * traceback by its exception.
   */
  readonly opening: "command" | "traceback" | null;
  request: RequestSeen | null;
  status: number | null;
  hasAnswer: boolean;
  isAfterGap: boolean;
  /** The properties of an object that the record prints line by line; null once another line follows. */
  properties: ReadonlySet<string> | null;
}

/**
 * Splits masked text into records. A line begins a new record when it looks like a first line, or when its
 * request, status or body contradicts the record so far.
 */
export function cutRecords(masked: MaskedText): readonly TextRecord[] {
  const lines = splitLines(masked.text);
  const exchanges = startsExchange(lines.map(({ text }) => text));
  const drafts: RecordDraft[] = [];
  let draft: RecordDraft | null = null;
  for (const [index, { text, reading, isClause, isApart }] of lines.entries()) {
    const marks = markLine(text, masked, reading);
    const isExchange = exchanges(index);
    if (draft === null || isApart || begins(draft, text, marks, isExchange, masked)) {
      draft = open(isExchange, isClause, openingOf(text));
      drafts.push(draft);
    }
    append(draft, text, marks, isExchange);
  }
  return drafts.map(({ lines: own, isExchange, request, status, isClause }) => ({
    text: own.join("\n"),
    isExchange,
    request,
    status,
    isClause,
  }));
}

/** Matches a heading or label before the expected result in a bug report. */
const EXPECTED =
  /^[\s#*_-]{0,8}expected(?: (?:result|behaviou?r|response|answer|status|output))?[*_]{0,2}:?\s*$/i;

function openingOf(line: string): RecordDraft["opening"] {
  if (isCurlCommand(line)) return "command";
  return line.startsWith("Traceback ") ? "traceback" : null;
}

function open(isExchange: boolean, isClause: boolean, opening: RecordDraft["opening"]): RecordDraft {
  return {
    lines: [],
    isClause,
    isExpected: false,
    isExchange,
    opening,
    request: null,
    status: null,
    hasAnswer: false,
    isAfterGap: false,
    properties: new Set(),
  };
}

function append(draft: RecordDraft, line: string, marks: LineMarks, isExchange: boolean): void {
  draft.lines.push(line);
  draft.isExchange ||= isExchange;
  draft.isAfterGap = marks.kind === "blank";
  draft.request ??= marks.request;
  const status = draft.isExchange ? readStatusLine(line) : null;
  draft.status ??=
    status === null ? (draft.isExpected ? null : marks.status) : isInterim(status) ? null : status;
  draft.hasAnswer ||= marks.hasAnswer;
  if (line.trim() !== "") draft.isExpected = EXPECTED.test(line);
  const property = propertyOf(line);
  draft.properties =
    property === null || draft.properties === null ? null : new Set([...draft.properties, property]);
}

/** Matches a label that comes before the URL of the next request: `Request method: GET`, `request:`. */
const REQUEST_LABEL =
  /^\s{0,8}(?:-\s)?request(?:[ _-]?method:\s{0,30}["']?(?:GET|POST|PUT|PATCH|DELETE)["']?|:)\s*$/i;

/** Matches the one-line error of a tool. A second one belongs to another record. */
const TOOL_ERROR = /\bAPI Error: [45]\d\d - /;

function begins(
  draft: RecordDraft,
  line: string,
  marks: LineMarks,
  isExchange: boolean,
  masked: MaskedText,
): boolean {
  if (marks.kind === "blank") return false;
  const hasSucceeded = draft.request !== null && draft.status !== null && draft.status < 400;
  if ((draft.hasAnswer || hasSucceeded) && REQUEST_LABEL.test(line)) return true;
  if (hasSucceeded && !draft.isExchange && !draft.hasAnswer && isRefusal(masked.unmask(line))) return true;
  if (draft.isExchange) return endsExchange(draft, line, marks);
  if (draft.opening === "command" && !isAnswered(draft) && (isExchange || !hasMarks(marks))) return false;
  if (draft.opening === "traceback" && !isAnswered(draft) && !isExchange) return false;
  // A status line continues the record when it answers the logged request before it.
  if (isExchange) return !isStatusLine(line) || draft.request === null || isAnswered(draft);
  // Source code below a paragraph about a refusal shows calls, but not which of them was refused.
  if (draft.isAfterGap && isAnswered(draft) && isDeclaration(line)) return true;
  if (draft.isAfterGap && isReportBelowCode(draft, marks)) return true;
  if (isNextProperty(draft, line)) return false;
  if (marks.kind === "head" || contradicts(draft, marks)) return true;
  // An error body below a call that worked belongs to another call.
  if (marks.hasAnswer && saysItWorks(draft)) return true;
  if (marks.kind === "continuation") return false;
  if (TOOL_ERROR.test(line) && draft.lines.some((earlier) => TOOL_ERROR.test(earlier))) return true;
  if (draft.isAfterGap) {
    return isAnswered(draft) ? hasMarks(marks) : marks.request !== null && draft.request !== null;
  }
  if (isFooter(draft, line, marks)) return false;
  // A request after a response may belong to that response or to the next one. It begins a new record only if the
  // current one has a response but no request.
  return marks.request !== null && isAnswered(draft) && draft.request === null;
}

/** Whether a record says in words, without a status, that its call works. */
function saysItWorks({ status, request, hasAnswer, lines }: RecordDraft): boolean {
  return status === 200 && request !== null && !hasAnswer && !lines.some((line) => /\b2\d\d\b/.test(line));
}

/** Whether a line without a call reports a status below source code. */
function isReportBelowCode(draft: RecordDraft, { kind, request, status }: LineMarks): boolean {
  const isReport = kind === "plain" && request === null && status !== null && !isAnswered(draft);
  return isReport && isDeclaration(draft.lines[0] ?? "");
}

/** Whether a line repeats the status and address below the body that it follows: `403 https://... 0.143s`. */
function isFooter({ hasAnswer, status, request }: RecordDraft, line: string, marks: LineMarks): boolean {
  const isOpen = hasAnswer && status === null && request === null;
  return isOpen && marks.status !== null && marks.request !== null && /^\d{3}\s/.test(line);
}

/** Matches the status of a refusal in JSON. */
const REFUSED =
  /(?:status|http_?code)[\w ]{0,8}[\\"':= ]{1,6}[45]\d\d\b|\\?"error\\?":\s?\\?"(?:invalid|unauthorized|unsupported|access)_/i;

/** Matches a list without lists in it. */
const LIST = /\[[^[\]]{0,5000}\]/g;

/**
 * Whether a line is the body of a refusal, which does not belong to the call before it if that call succeeded. The
 * entries of a list can be refused although their request succeeded.
 */
function isRefusal(line: string): boolean {
  if (!/^\s{0,8}\{/.test(line)) return false;
  const body = line.slice(0, LONGEST_LINE).replace(LIST, "").replace(LIST, "");
  return REFUSED.test(body);
}

/**
 * Whether a line shows another property of the object that the record prints. A repeated name begins a second object.
 */
function isNextProperty({ properties }: RecordDraft, line: string): boolean {
  const property = properties === null || properties.size === 0 ? null : propertyOf(line);
  return property !== null && properties?.has(property) === false;
}

/**
 * Whether a line ends an HTTP exchange: it is the next request, a second response, or the first line of a new
 * record after the body.
 */
function endsExchange(draft: RecordDraft, line: string, marks: LineMarks): boolean {
  if (isRequestLine(line)) return draft.status !== null || draft.request !== null;
  // The response to the request that follows a redirect belongs to the same record.
  if (isStatusLine(line)) return draft.status !== null && (draft.status < 300 || draft.status >= 400);
  if (draft.status === null) return false;
  const isWhole = marks.request !== null && (marks.hasAnswer || marks.status !== null);
  if (isWhole && marks.kind === "plain") return true;
  return draft.hasAnswer && (marks.kind === "head" || contradicts(draft, marks));
}

function isAnswered(draft: RecordDraft): boolean {
  return draft.status !== null || draft.hasAnswer;
}

function hasMarks({ request, status, hasAnswer }: LineMarks): boolean {
  return request !== null || status !== null || hasAnswer;
}

/** Whether a line cannot belong to the request of the record so far. */
function contradicts(draft: RecordDraft, marks: LineMarks): boolean {
  const isOther =
    draft.request !== null && marks.request !== null && !canBeSame(draft.request, marks.request);
  if (isOther && (isAnswered(draft) || marks.status !== null || marks.hasAnswer)) return true;
  if (isOther && marks.kind === "plain") return true;
  if (marks.hasAnswer && draft.hasAnswer) return marks.kind !== "continuation";
  const isAgain = marks.status !== null && draft.status !== null;
  // An indented line with a request and a status is the next item of a list, as in the output of Newman.
  const isItem = marks.request !== null;
  return isAgain && (marks.kind !== "continuation" || isItem) && marks.status !== draft.status;
}
