/** Matches the time with which a collector of logs begins every line, optionally after a priority. */
const TIMED =
  /^(?:<\d{1,3}>\d? ?)?[[(]?(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d\d:\d\d:\d\d)/;
/** Maximum number of characters compared at the start of each line. */
const LONGEST_PREFIX = 160;
const FEWEST_LINES = 3;
/** Matches lines that no logger writes as records of their own: an indented line, a closing bracket, a stack frame. */
const CONTINUES = /^(?:\s+\S|[}\])]|at\s|[<>] (?:[A-Z]{3,7} |HTTP\/|[\w-]{1,60}: ))/;
/** Matches the status line of a response, whose headers follow in lines of their own. */
const STATUS_LINE = /^HTTP\/[\d.]{1,4} \d{3}\b/;
/** Matches a level that a logger padded to a fixed width, so that the line only looks indented. */
const PADDED_LEVEL = /^\s{1,4}(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL)\b/;

/**
 * Removes the prefix that a collector of logs writes before every line of a program's output: a time, a host, a
 * container. A logger writes its prefix once per record, so a prefix that also precedes indented lines and closing
 * brackets comes from a collector. Leaves any other text unchanged.
 */
export function withoutCollector(text: string): string {
  const lines = text.split("\n");
  const whole = [...lines];
  for (const { start, end } of runsIn(lines)) {
    const run = lines.slice(start, end);
    const length = prefixOf(run);
    if (length === 0) continue;
    const rest = run.map((line) => line.slice(length));
    if (!isOutput(rest)) continue;
    for (const [offset, line] of rest.entries()) whole[start + offset] = line;
  }
  return whole.join("\n");
}

interface Run {
  readonly start: number;
  readonly end: number;
}

/** Returns the whole text if every line may have the same prefix, or otherwise the groups of lines with a time. */
function runsIn(lines: readonly string[]): readonly Run[] {
  if (prefixOf(lines) > 0) return [{ start: 0, end: lines.length }];
  const runs: Run[] = [];
  let start = -1;
  for (let index = 0; index <= lines.length; index += 1) {
    const isTimed = TIMED.test(lines[index] ?? "");
    if (isTimed && start === -1) start = index;
    if (isTimed || start === -1) continue;
    if (index - start >= FEWEST_LINES) runs.push({ start, end: index });
    start = -1;
  }
  return runs;
}

/** Returns the length of the prefix that all lines share, apart from its digits; 0 if they share none. */
function prefixOf(lines: readonly string[]): number {
  let shared: string | null = null;
  let count = 0;
  for (const line of lines) {
    if (line.trim() === "") continue;
    count += 1;
    const shape = shapeOf(line);
    shared = shared === null ? shape : sharedStart(shared, shape);
    if (shared === "") return 0;
  }
  if (shared === null || count < FEWEST_LINES) return 0;
  const length = shared.search(/[\s\]][^\s\]]*$/) + 1;
  const prefix = shared.slice(0, length);
  return /["'{}=]/.test(prefix) || (!/\w/.test(prefix) && prefix.trim() !== "") ? 0 : length;
}

/** Replaces digits, which differ in every time. The end of the line counts as a space, because pages trim lines. */
function shapeOf(line: string): string {
  return `${line.slice(0, LONGEST_PREFIX)} `.replace(/\d/g, "0");
}

function sharedStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}

/** Whether lines without their prefix are the output of a program rather than records of a log. */
function isOutput(lines: readonly string[]): boolean {
  if (lines.some((line) => PADDED_LEVEL.test(line))) return false;
  return (
    lines.filter((line) => CONTINUES.test(line)).length >= 2 || lines.some((line) => STATUS_LINE.test(line))
  );
}
