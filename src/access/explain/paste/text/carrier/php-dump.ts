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
const MOST_LINES = 5_000;

type Value = string | number | boolean | null | DumpedFields;
interface DumpedFields {
  [name: string]: Value;
}

/** Rewrites values that PHP printed with `print_r` or `var_dump` as JSON. Leaves incomplete ones unchanged. */
export function withPlainDumps(text: string): string {
  if (!/\]\s?=>/.test(text)) return text;
  const lines = text.split("\n");
  const whole: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const dump = OPENING.test(lines[index]?.trim() ?? "") ? readDump(lines, index) : null;
    whole.push(dump === null ? (lines[index] ?? "").replace(NUMBER, "$1") : JSON.stringify(dump.value));
    if (dump !== null) index = dump.end;
  }
  return whole.join("\n");
}

/** Reads the value that begins at a line; null if the text ends before the value does. */
function readDump(
  lines: readonly string[],
  start: number,
): { readonly value: DumpedFields; readonly end: number } | null {
  const root: DumpedFields = Object.create(null) as DumpedFields;
  const open: DumpedFields[] = [root];
  let name: string | null = null;
  for (let index = start + 1; index < Math.min(lines.length, start + MOST_LINES); index += 1) {
    const line = (lines[index] ?? "").trim();
    const current = open.at(-1);
    if (current === undefined) return null;
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
      if (open.length === 0) return { value: root, end: index };
      name = null;
    } else if (name !== null && value !== "" && value !== "(") {
      current[name] = readScalar(value);
      name = null;
    }
  }
  return null;
}

function readScalar(text: string): Value {
  const [, string, plain, nothing] = TYPED.exec(text) ?? [];
  if (string !== undefined) return string;
  if (nothing !== undefined) return null;
  const value = plain ?? text;
  return /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}
