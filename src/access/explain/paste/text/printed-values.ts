import { asString, parseJson } from "../../../../core/json.ts";

/** Matches an attribute as the OpenTelemetry collector prints it: `-> http.response.status_code: Int(403)`. */
const PRINTED =
  /^([ \t]{1,12}-> [\w.-]{1,100}: )(?:Str|Int|Double|Slice)\((?:\["?)?([^\n]{0,2000}?)(?:"?\])?\)$/gm;

/**
 * Removes the types from printed attributes, so that `Int(403)` becomes `403`, and unescapes JSON that log lines
 * quote.
 */
export function withBareAttributes(given: string): string {
  const text = withPlainJson(given);
  return text.includes("-> ") ? text.replace(PRINTED, "$1$2") : text;
}

/** Matches JSON as a quoted value of a log line: `diagnostic_detail="{\"statusCode\":403}"`. */
const QUOTED_JSON = /(?<![\w.-])([\w.-]{1,60})="(\{(?:[^"\\\n]|\\.){2,20000}\})"/g;

/** Unescapes JSON that a log line quotes, so that it is parsed like any other JSON. */
function withPlainJson(text: string): string {
  if (!text.includes('="{')) return text;
  return text.replace(QUOTED_JSON, (all: string, name: string, value: string) => {
    const plain = asString(parseJson(`"${value}"`));
    return plain !== null && parseJson(plain) !== undefined ? `${name}=${plain}` : all;
  });
}

/** Matches the expected status of a failed assertion and the actual status below it, as Hurl prints them. */
const ASSERTED = /\bHTTP(\/[\d.]{1,4})? \d{3}([^\n]{0,40}\n[ \t|]{0,40}\^{2,4} actual value is <)(\d{3})>/g;

/** Replaces the expected status of a failed assertion with the actual one. */
export function withActualStatus(text: string): string {
  return text.includes(" actual value is <") ? text.replace(ASSERTED, "HTTP$1 $3$2$3>") : text;
}

/** Matches a JSON field name in a CSV cell, where every quotation mark is doubled. */
const DOUBLED = /(?:[{,]\s{0,8}|^\s{1,40})""[\w.$@-]{1,80}""\s{0,4}:/;

/** Restores the quotation marks of JSON in CSV cells. */
export function withSingleQuotes(text: string): string {
  if (!text.includes('""')) return text;
  return text
    .split("\n")
    .map((line) => (DOUBLED.test(line) ? line.replaceAll('""', '"') : line))
    .join("\n");
}

/** Maximum number of characters of a line that show whether its quotation marks are those of a program. */
const LONGEST_LINE = 20_000;
/** Matches a field of JSON, a command or a URL whose quotation marks a word processor or forum curled. */
const CURLED =
  /(?:^|[{,[=:])\s{0,40}[“”][\w.$ -]{1,60}[“”]\s{0,3}:|\bcurl\s[^\n]{0,4000}[“”‘’]|[“”]https?:\/\//;
/** Matches a field of a printed object with curled apostrophes: `‘status’: 403`, `statusText: ‘Forbidden’`. */
const CURLED_SINGLE = /(?:^|[{,[(])\s{0,40}(?:[‘’][\w.$-]{1,60}[‘’]|[\w.$]{1,60}):\s{0,3}[‘’\d{[]|\bcurl\s/;

/**
 * Straightens the quotation marks of JSON, printed objects and commands, so that they are read like any other. Leaves
 * the quotation marks of prose as they are.
 */
export function withStraightQuotes(text: string): string {
  if (!/[“”‘’]/.test(text)) return text;
  return text
    .split("\n")
    .map((line) => {
      const plain = CURLED.test(line.slice(0, LONGEST_LINE)) ? line.replace(/[“”]/g, '"') : line;
      return CURLED_SINGLE.test(plain.slice(0, LONGEST_LINE)) ? plain.replace(/[‘’]/g, "'") : plain;
    })
    .join("\n");
}
