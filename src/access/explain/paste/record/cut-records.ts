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
import { repeatsRefusal, splitClauses } from "./clauses.ts";
import { type LineMarks, type LineReading, markLine, readLine } from "./line-marks.ts";
import type { MaskedText } from "./masked-text.ts";

/** Lines of a masked text about one request, with what is already known about them. */
export interface TextRecord {
  readonly text: string;
  /** Whether the lines are HTTP itself: a request line, a status line, headers, a body. */
  readonly isExchange: boolean;
  readonly request: RequestSeen | null;
  readonly status: number | null;
  /** Whether the record is one clause of a sentence that reports several failures. */
  readonly isClause: boolean;
}

interface RecordDraft {
  readonly lines: string[];
  readonly isClause: boolean;
  /** Whether the last non-blank line announces the expected result. */
  isExpected: boolean;
  isExchange: boolean;
  /**
   * Kind of the record's beginning, if it determines what may follow: the response to a command, the
   * exception of a traceback.
   */
  readonly opening: "command" | "traceback" | null;
  request: RequestSeen | null;
  status: number | null;
  hasAnswer: boolean;
  isAfterGap: boolean;
}

/**
 * Splits a masked text into records. A line begins a record when it looks like the first line of one, or when
 * its request, status or body contradicts the previous record.
 */
export function cutRecords(masked: MaskedText): readonly TextRecord[] {
  const lines = splitLines(masked.text);
  const exchanges = startsExchange(lines.map(({ text }) => text));
  const drafts: RecordDraft[] = [];
  let draft: RecordDraft | null = null;
  for (const [index, { text, reading, isClause, isApart }] of lines.entries()) {
    const marks = markLine(text, masked, reading);
    const isExchange = exchanges(index);
    if (draft === null || isApart || begins(draft, text, marks, isExchange)) {
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

/** A line of a masked text, or one clause of it. */
interface TextLine {
  readonly text: string;
  readonly reading: LineReading;
  readonly isClause: boolean;
  /** Whether it reports a different response from the clause before, so that it begins a record. */
  readonly isApart: boolean;
}

const BLANK: TextLine = {
  text: "",
  reading: { mentions: [], statuses: [] },
  isClause: false,
  isApart: false,
};

/** Splits text into lines, and a line about several requests or failures into its clauses. */
function splitLines(text: string): readonly TextLine[] {
  return text.split("\n").flatMap((line) => {
    if (line === "") return BLANK;
    const reading = readLine(line);
    const clauses = splitClauses(line, reading);
    if (clauses.length === 1) return [{ text: line, reading, isClause: false, isApart: false }];
    return reading.mentions.length === 0
      ? clausesOfFailures(line, clauses, reading)
      : clauses.map((clause, index) => ({
          text: clause,
          reading: readLine(clause),
          isClause: false,
          isApart: index > 0 && repeatsRefusal(clause),
        }));
  });
}

/**
 * The clauses of a sentence without a URL keep the statuses found in the whole sentence: alone, `and 502s`
 * shows none.
 */
function clausesOfFailures(
  line: string,
  clauses: readonly string[],
  { statuses }: LineReading,
): readonly TextLine[] {
  let done = 0;
  return clauses.map((text, index) => {
    const start = line.indexOf(text, done);
    done = start + text.length;
    const own = statuses.filter((status) => status.start >= start && status.start < done);
    return {
      text,
      reading: { mentions: [], statuses: own },
      isClause: true,
      isApart: index > 0 && repeatsRefusal(text),
    };
  });
}

/** A heading or label in a report that introduces the expected result. */
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
}

/** The error of a tool, which is complete in its line. */
const TOOL_ERROR = /\bAPI Error: [45]\d\d - /;

function begins(draft: RecordDraft, line: string, marks: LineMarks, isExchange: boolean): boolean {
  if (marks.kind === "blank") return false;
  if (draft.isExchange) return endsExchange(draft, line, marks);
  if (draft.opening === "command" && !isAnswered(draft) && (isExchange || !hasMarks(marks))) return false;
  if (draft.opening === "traceback" && !isAnswered(draft) && !isExchange) return false;
  // A status line is the response to a logged request before it.
  if (isExchange) return !isStatusLine(line) || draft.request === null || isAnswered(draft);
  if (marks.kind === "head" || contradicts(draft, marks)) return true;
  if (marks.kind === "continuation") return false;
  if (TOOL_ERROR.test(line) && draft.lines.some((earlier) => TOOL_ERROR.test(earlier))) return true;
  if (draft.isAfterGap) {
    return isAnswered(draft) ? hasMarks(marks) : marks.request !== null && draft.request !== null;
  }
  // A request after a response belongs to the next response or follows its own; the lines around it show
  // which.
  return marks.request !== null && isAnswered(draft) && draft.request === null;
}

/**
 * An HTTP exchange ends with the next request, with a second response, or with the first line of a record
 * after its body.
 */
function endsExchange(draft: RecordDraft, line: string, marks: LineMarks): boolean {
  if (isRequestLine(line)) return draft.status !== null || draft.request !== null;
  if (isStatusLine(line)) return draft.status !== null;
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

/** Whether a line can't be about the request of the record so far. */
function contradicts(draft: RecordDraft, marks: LineMarks): boolean {
  const isOther =
    draft.request !== null && marks.request !== null && !canBeSame(draft.request, marks.request);
  if (isOther && (isAnswered(draft) || marks.status !== null || marks.hasAnswer)) return true;
  if (isOther && marks.kind === "plain") return true;
  if (marks.hasAnswer && draft.hasAnswer) return marks.kind !== "continuation";
  const isAgain = marks.status !== null && draft.status !== null;
  // An indented line with its own request and status is the next item of a list, such as Newman's.
  const isItem = marks.request !== null && draft.request === null;
  return isAgain && (marks.kind !== "continuation" || isItem) && marks.status !== draft.status;
}
