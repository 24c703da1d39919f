import { UsageError } from "../core/errors.ts";
import { ownValue } from "../core/own-value.ts";

/** One `--filter`, before it is known whether its name is a dimension or a metric. */
export type FilterText = { readonly text: string; readonly name: string } & (
  | { readonly kind: "values"; readonly values: readonly string[] }
  | { readonly kind: "state"; readonly operator: "exists" | "notExists" }
  | { readonly kind: "range"; readonly bound: string; readonly value: number }
);

const START = /^\s{0,99}([A-Za-z][A-Za-z0-9]{0,99})(?:\s{0,99}(!=|>=|<=|=|>|<)|\s{1,99}(in)\b)/i;
/** Matches operator characters, including combinations that other languages use, such as `==` and `<>`. */
const SIGNS = /^[=<>!][=<>]*/;
const RANGE_WORDS: Readonly<Record<string, string>> = { ">": "gt", ">=": "gte", "<": "lt", "<=": "lte" };
/** Matches a name alone, which is what a shell leaves of an unquoted filter with `>`, `<` or spaces. */
const BARE_NAME = /^\s{0,99}[A-Za-z][A-Za-z0-9]{0,99}\s{0,99}$/;
/** Examples of filters as typed in a shell, for hints. */
export const FILTER_EXAMPLES =
  "a filter looks like --filter queueId=ID, 'mediaType in voice,chat', 'conversationEnd=*' (present), 'conversationEnd!=' (absent), 'tHandle>60000'";

/**
 * Parses the text of a filter.
 * @throws UsageError `usage.filter` for text that is not a filter or that the platform's grammar can't express
 */
export function parseFilter(text: string): FilterText {
  const [start = "", name = "", sign, keyword = ""] = START.exec(text) ?? [];
  const rest = text.slice(start.length);
  const operator = sign ?? keyword.toLowerCase();
  const value = rest.trim();
  if (name === "") {
    const hint = BARE_NAME.test(text) ? quotingHint(text.trim()) : FILTER_EXAMPLES;
    throw refuseFilter(`\`${text}\` is not a filter`, hint);
  }
  const [signs = operator] = SIGNS.exec(`${operator}${value}`) ?? [];
  if (signs !== operator) {
    throw refuseFilter(`\`${signs}\` is not an operator (\`${text}\`)`, FILTER_EXAMPLES);
  }
  if (operator === "=" && value === "*") return { text, name, kind: "state", operator: "exists" };
  if (operator === "!=" && (value === "" || value === "*")) {
    return { text, name, kind: "state", operator: "notExists" };
  }
  if (operator === "!=") {
    throw refuseFilter(
      `the platform cannot exclude \`${name}\` \`${value}\`: its filters match a value or test for presence, but have no "not"`,
      `list the values to include: --filter '${name} in a,b'; \`--filter '${name}!='\` matches records without ${name}`,
    );
  }
  if (value === "") throw refuseFilter(`the filter \`${text}\` has no value`, FILTER_EXAMPLES);
  const bound = ownValue(RANGE_WORDS, operator);
  if (bound !== undefined) {
    const number = Number(value);
    if (Number.isNaN(number)) {
      throw refuseFilter(
        `\`${value}\` is not a number (\`${text}\`)`,
        "metrics that begin with `t` are in milliseconds: --filter 'tHandle>60000'",
      );
    }
    return { text, name, kind: "range", bound, value: number };
  }
  const values = operator === "=" ? [value] : listOf(value);
  if (values.length === 0) throw refuseFilter(`the filter \`${text}\` has no value`, FILTER_EXAMPLES);
  return { text, name, kind: "values", values };
}

function quotingHint(name: string): string {
  return `put the whole filter in quotes, because the shell treats \`>\` as a redirection to a file: --filter '${name}>60000', '${name} in a,b'`;
}

export function refuseFilter(message: string, hint: string): UsageError {
  return new UsageError("usage.filter", message, { hint });
}

/** Matches one value of a list: in double quotes (`""` inside them means one quote), or up to the next comma. */
const LISTED = /\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))(?:,|$)/y;

/** Splits a list at its commas. A value in double quotes may contain commas. */
function listOf(text: string): readonly string[] {
  const list = text.replace(/^\((.*)\)$/s, "$1");
  const values: string[] = [];
  const pattern = new RegExp(LISTED);
  while (pattern.lastIndex < list.length) {
    const [, quoted, bare = ""] = pattern.exec(list) ?? [];
    const value = quoted?.replaceAll('""', '"') ?? bare.trim();
    if (value !== "") values.push(value);
  }
  return values;
}
