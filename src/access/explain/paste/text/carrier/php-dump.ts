/**
 * Matches the first line of a value with fields: `stdClass Object`, `Array`, `array(7) {`, `object(stdClass)#3 (7) {`.
 */
const OPENING =
  /^(?:(?:[\w\\]{1,100} Object|Array)$|(?:array\(\d{1,9}\)|object\([\w\\]{1,100}\)#\d{1,9} \(\d{1,9}\)) \{$)/;
/** Matches a field: `[status] => 403` of `print_r`, `["status"]=>` of `var_dump`, whose value is on the next line. */
const FIELD = /^\["?([^\]"]{1,200})"?(?::\w{1,100})?\]\s?=>\s?(.*)$/;
/** Matches a value with its type, as `var_dump` prints it. */
const TYPED = /^(?:string\(\d{1,9}\) "(.*)"|(?:int|float|bool)\((.*)\)|(NULL))$/;
/** Matches a number that `var_dump` prints before or after a body, such as its status. */
const NUMBER = /^int\((\d{1,9})\)$/;
/** Maximum number of lines read in one text, so that many values without an end do not cause quadratic time. */
const MOST_LINES = 20_000;
const DEEPEST = 50;

type Value = string | number | boolean | null | DumpedFields;
interface DumpedFields {
  [name: string]: Value;
}

/** Rewrites values that PHP printed with `print_r` or `var_dump` as JSON. Leaves incomplete ones unchanged. */
export function withPlainDumps(text: string): string {
  if (!/\]\s?=>/.test(text)) return text;
  const lines = text.split("\n");
  const whole: string[] = [];
  let budget = MOST_LINES;
  for (let index = 0; index < lines.length; index += 1) {
    const dump =
      budget > 0 && OPENING.test(lines[index]?.trim() ?? "") ? readDump(lines, index, budget) : null;
    budget -= dump?.length ?? 0;
    if (dump === null || dump.value === null) {
      whole.push((lines[index] ?? "").replace(NUMBER, "$1"));
      continue;
    }
    whole.push(JSON.stringify(dump.value));
    index += dump.length - 1;
  }
  return whole.join("\n");
}

/** A value that PHP printed, and the number of lines read; the value is null if it does not end within them. */
interface Dump {
  readonly value: DumpedFields | null;
  readonly length: number;
}

/** Reads the value that begins at a line. */
function readDump(lines: readonly string[], start: number, budget: number): Dump {
  const root: DumpedFields = Object.create(null) as DumpedFields;
  const open: DumpedFields[] = [root];
  let name: string | null = null;
  const end = Math.min(lines.length, start + budget);
  for (let index = start + 1; index < end; index += 1) {
    const line = (lines[index] ?? "").trim();
    const current = open.at(-1);
    if (current === undefined || open.length > DEEPEST) return { value: null, length: index - start };
    const [, field, rest = ""] = FIELD.exec(line) ?? [];
    const value = field === undefined ? line : rest;
    if (field !== undefined) name = field;
    if (OPENING.test(value) && name !== null) {
      const inner: DumpedFields = Object.create(null) as DumpedFields;
      current[name] = inner;
      open.push(inner);
      name = null;
    } else if (field === undefined && /^[)}]$/.test(line)) {
      open.pop();
      if (open.length === 0) return { value: root, length: index - start + 1 };
      name = null;
    } else if (name !== null && value !== "" && value !== "(") {
      current[name] = readScalar(value);
      name = null;
    }
  }
  return { value: null, length: end - start };
}

function readScalar(text: string): Value {
  const [, string, plain, nothing] = TYPED.exec(text) ?? [];
  if (string !== undefined) return string;
  if (nothing !== undefined) return null;
  const value = plain ?? text;
  return /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}
