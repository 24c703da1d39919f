import { followsConnectionFailure, repeatsRefusal, splitClauses } from "../clauses.ts";
import { type LineReading, readLine } from "../line-marks.ts";
import { type CountedStatus, readStatusCounts } from "../status/status-counts.ts";

/** A line of masked text, or one clause of a line. */
export interface TextLine {
  readonly text: string;
  readonly reading: LineReading;
  readonly isClause: boolean;
  /** Whether the clause reports a different response than the previous clause, and therefore begins a new record. */
  readonly isApart: boolean;
}

const BLANK: TextLine = {
  text: "",
  reading: { mentions: [], statuses: [] },
  isClause: false,
  isApart: false,
};

/** Splits text into lines, and splits lines about several requests or failures into clauses. */
export function splitLines(text: string): readonly TextLine[] {
  return text.split("\n").flatMap((line) => {
    if (line === "") return BLANK;
    const counts = readStatusCounts(line);
    if (counts !== null) return counts.length === 0 ? BLANK : counts.map(toLine);
    const reading = readLine(line);
    const clauses = splitClauses(line, reading);
    if (clauses.length === 1) return [{ text: line, reading, isClause: false, isApart: false }];
    return reading.mentions.length === 0
      ? clausesOfFailures(line, clauses, reading)
      : clauses.map((clause, index) => {
          // With a leading space, the sentence would count as a continuation of the previous line.
          const own = index === 0 ? clause : clause.trimStart();
          return {
            text: own,
            reading: readLine(own),
            isClause: false,
            isApart: index > 0 && (repeatsRefusal(own) || followsConnectionFailure(clauses, index)),
          };
        });
  });
}

/** Turns the count of one status into a separate line, because each status is a different failure. */
function toLine({ text, status }: CountedStatus): TextLine {
  return {
    text,
    reading: { mentions: [], statuses: [{ start: 0, status }] },
    isClause: true,
    isApart: true,
  };
}

/**
 * Returns the clauses of a sentence without a URL, with the statuses found in the whole sentence. A clause such
 * as `and 502s` would not be recognized as a status on its own.
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
