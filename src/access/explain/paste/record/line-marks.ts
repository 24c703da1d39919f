import { looksLikeAnswer } from "../body/error-envelope.ts";
import { isApiPath, NO_REQUEST_DETAILS, type RequestSeen } from "../failure.ts";
import { isCurlCommand, readCurlCommand } from "../request/curl-command.ts";
import { findMentions, type Mention } from "../request/mentions.ts";
import { findOperationNames } from "../request/operation-names.ts";
import { isNamed } from "../sighting.ts";
import { kindOf, type LineKind } from "./line-kind.ts";
import { hasMark, type MaskedText } from "./masked-text.ts";
import { findStatuses, type StatusMention, statusOfWords } from "./status/status-words.ts";
import { saysSuccess } from "./success-words.ts";

/** The parts of a record that one line contains. */
export interface LineMarks {
  readonly kind: LineKind;
  readonly request: RequestSeen | null;
  readonly status: number | null;
  /** Whether the line contains an error body or an HTML page. */
  readonly hasAnswer: boolean;
}

/** The requests and statuses that a line mentions, with their positions. */
export interface LineReading {
  readonly mentions: readonly Mention[];
  readonly statuses: readonly StatusMention[];
}

/** Maximum number of characters read in one line. Masked JSON does not count. */
export const LONGEST_LINE = 20_000;
const BLANK: LineMarks = { kind: "blank", request: null, status: null, hasAnswer: false };

/** Finds the requests and statuses that a line of masked text mentions. */
export function readLine(line: string): LineReading {
  const text = line.slice(0, LONGEST_LINE);
  const mentions = text.includes("/") ? findMentions(text) : [];
  return {
    mentions,
    statuses: findStatuses(
      text,
      mentions.map(({ end }) => end),
    ),
  };
}

/** Returns what a line of masked text contributes to its record. */
export function markLine(line: string, masked: MaskedText, reading: LineReading = readLine(line)): LineMarks {
  const text = line.slice(0, LONGEST_LINE);
  if (text.trim() === "") return BLANK;
  return {
    kind: kindOf(text),
    request: requestOf(text, masked, reading),
    status: statusOf(text, reading),
    hasAnswer:
      hasMark(text) &&
      masked.partsOf(text).some(({ value }) => value === undefined || looksLikeAnswer(value)),
  };
}

function requestOf(
  line: string,
  masked: MaskedText,
  { mentions, statuses }: LineReading,
): RequestSeen | null {
  if (isCurlCommand(line)) return readCurlCommand(masked.unmask(line));
  const mention = mentions.find(({ request }) => isApiPath(request.path));
  if (mention !== undefined) return mention.request;
  const named = { ...NO_REQUEST_DETAILS, names: findOperationNames(line) };
  if (isNamed(named)) return named;
  // A line with a method, a URL on another host and a status is about that host.
  const elsewhere = mentions.find(({ request }) => request.method !== null && request.host !== null);
  return statuses.length === 0 ? null : (elsewhere?.request ?? null);
}

/** Returns the status of a line. A refusal takes precedence over a success. */
function statusOf(line: string, { mentions, statuses }: LineReading): number | null {
  const numbers = statuses.map(({ status }) => status);
  return (
    numbers.find((status) => status >= 400) ??
    numbers[0] ??
    statusOfWords(line) ??
    (saysSuccess(line, mentions) ? 200 : null)
  );
}
