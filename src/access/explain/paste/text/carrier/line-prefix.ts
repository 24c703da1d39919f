/**
 * Matches the program name before a line: `[pod/sync-7f9/app] ` from kubectl, `sync-1  | ` from Docker Compose.
 */
const NAME = /^(?:\[pod\/([^\]\s]{1,200})\]|([\w.-]{1,60})[ \t]{1,30}\|)[ \t]?/;

/**
 * Groups the lines of a combined log by program, and removes the prefix that a log writes before every line of a
 * JSON body. Each body is then contiguous.
 */
export function withWholeBodies(text: string): string {
  const lines = text.split("\n");
  const names = lines.map(nameOf);
  return withoutPrefixes(new Set(names).size > 2 ? groupedBy(names, lines) : lines).join("\n");
}

function nameOf(line: string): string | null {
  const [, pod, program] = NAME.exec(line) ?? [];
  return pod ?? program ?? null;
}

/** Groups lines by program name. A line without a name belongs to the previous name. */
function groupedBy(names: readonly (string | null)[], lines: readonly string[]): readonly string[] {
  const groups = new Map<string, string[]>();
  let last = "";
  for (const [index, line] of lines.entries()) {
    last = names[index] ?? last;
    const group = groups.get(last);
    if (group === undefined) groups.set(last, [line]);
    else group.push(line);
  }
  return [...groups.values()].flat();
}

const OPENING = /[{[]\s{0,8}$/;
/**
 * Matches a log prefix before the first field of a JSON body, and captures the prefix and the indentation of the
 * field.
 */
const FIRST_FIELD = /^(\s{0,20}\S[^"\n]{0,200}?)([ \t]{1,40})"[\w.@-]{1,80}"\s?:/;
const LONGEST_BODY = 200;
/** Maximum number of lines compared in one text, so that many opening brackets do not cause quadratic time. */
const MOST_LINES = 400_000;

function withoutPrefixes(lines: readonly string[]): readonly string[] {
  const whole = [...lines];
  let budget = MOST_LINES;
  for (let index = 0; index < lines.length && budget > 0; index += 1) {
    const opening = lines[index] ?? "";
    if (!OPENING.test(opening.slice(-16))) continue;
    const [, prefix, indentation = ""] = FIRST_FIELD.exec((lines[index + 1] ?? "").slice(0, 400)) ?? [];
    const shape = prefix === undefined ? null : shapeOf(prefix);
    if (shape === null || !shape.test(opening)) continue;
    const body = bodyAt(lines, index + 1, shape, indentation.length);
    budget -= body.length;
    if (!body.isWhole) continue;
    for (const [offset, line] of body.lines.entries()) whole[index + 1 + offset] = line;
    index += body.length;
  }
  return whole;
}

/** Returns a pattern for lines with the same prefix. The digits in it, such as those of a time, may differ. */
function shapeOf(prefix: string): RegExp {
  const pattern = prefix.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\d{1,20}/g, "\\d{1,20}");
  return new RegExp(`^${pattern}(?=[\\s{}[\\]]|$)`);
}

/** Returns the lines from `start` to the end of the body, without their prefix; none when the body does not end. */
function bodyAt(
  all: readonly string[],
  start: number,
  shape: RegExp,
  indentation: number,
): { readonly lines: readonly string[]; readonly length: number; readonly isWhole: boolean } {
  const lines: string[] = [];
  for (const line of all.slice(start, start + LONGEST_BODY)) {
    const prefix = shape.exec(line)?.[0];
    if (prefix === undefined) break;
    const rest = line.slice(prefix.length);
    lines.push(rest);
    const [, before] = /^(\s*)[}\]]/.exec(rest) ?? [];
    if (before !== undefined && before.length < indentation) {
      return { lines, length: lines.length, isWhole: true };
    }
  }
  return { lines: [], length: lines.length + 1, isWhole: false };
}
