/** One entry of a list that counts responses per status, with the text that shows it. */
export interface CountedStatus {
  readonly start: number;
  readonly text: string;
  readonly status: number;
}

/** Matches one entry: `403: 4`, `"429": 18`, `200=1022`, `503 x 7`. */
const ENTRY = /["']?([1-5]\d\d)["']?\s?(?:[:=]|[x×])\s?(\d{1,9})(?![\w.:/-])/g;
/** Matches a list of entries after the words that announce it: `errors by status: 403: 4, 429: 18`. */
const LIST =
  /\b(?:status(?:es| ?codes?)?|codes?|errors?|responses?|failures)\b[\w ]{0,24}[:=]?\s{0,2}[{[(]?\s?((?:["']?[1-5]\d\d["']?\s?(?:[:=]|[x×])\s?\d{1,9}(?:\s?[,;|]\s?|\s(?=["']?[1-5]\d\d)|(?![\w.:/-]))){1,20})/i;
const LONGEST_LINE = 2_000;

/**
 * Returns the error statuses (400 and above) in a line that counts responses per status, without those that occurred
 * zero times. Returns null for any other line.
 */
export function readStatusCounts(line: string): readonly CountedStatus[] | null {
  if (line.length > LONGEST_LINE) return null;
  const match = LIST.exec(line);
  const [all, list = ""] = match ?? [];
  if (match === null || all === undefined) return null;
  const start = match.index + all.length - list.length;
  const entries = [...list.matchAll(ENTRY)];
  // A single pair such as `status 403: 1 request` is a sentence, unless the words say that it counts.
  if (entries.length < 2 && !/\b(?:by|per|counts?)\b/i.test(all)) return null;
  return entries
    .filter(([, status, count]) => Number(status) >= 400 && Number(count) > 0)
    .map(({ index, 0: text, 1: status }) => ({ start: start + index, text, status: Number(status) }));
}
