import { ownValue } from "../../../core/own-value.ts";
import { type Failure, NO_FAILURE_DETAILS } from "./failure.ts";
import { isTokenError } from "./token-error.ts";

/**
 * Reads an error body that is not JSON, or no longer: truncated, printed as a JavaScript object, a Python
 * dictionary or a Java `toString`, or in `key=value` logs. Fields are recognized by name; a repeated field
 * starts the next failure.
 */
const FIELD =
  /(?<![\w.-])\\{0,4}["']?(message|errorMessage|code|errorCode|status|statusCode|status_code|contextId|correlationId|error|error_description|description)\\{0,4}["']?\s{0,4}[:=]\s{0,4}(?:\\{0,4}(["'`])|(?=[\w(]))/g;
const MOST_FIELDS = 2_000;

export function readLooseFields(text: string): readonly Failure[] {
  const failures: Failure[] = [];
  let fields = new Map<string, string>();
  let count = 0;
  const close = (): void => {
    const failure = toFailure(fields);
    if (failure !== null) failures.push(failure);
    fields = new Map();
  };
  let lastEnd = 0;
  for (const match of text.matchAll(FIELD)) {
    if (match.index < lastEnd) continue;
    if (++count > MOST_FIELDS) break;
    const name = ownValue(CANONICAL, match[1] ?? "") ?? match[1] ?? "";
    const start = match.index + match[0].length;
    const value = valueAt(text, start, match[2] ?? null, isLineStart(text, match.index));
    lastEnd = start + value.length;
    // A large distance means two records, a repetition means a second failure.
    if (fields.has(name)) {
      if (fields.get(name) === value) continue;
      close();
    }
    fields.set(name, value);
  }
  close();
  return failures;
}

const CANONICAL: Readonly<Record<string, string>> = {
  errorMessage: "message",
  errorCode: "code",
  statusCode: "status",
  status_code: "status",
  correlationId: "contextId",
  error_description: "description",
};

/**
 * Whether a field stands alone on its line, as in a Java `toString`: its value then extends to the end of the
 * line.
 */
function isLineStart(text: string, index: number): boolean {
  return /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, index - 80), index));
}

function valueAt(text: string, start: number, quote: string | null, isAlone: boolean): string {
  const rest = text.slice(start, start + 4_000);
  if (quote === null) {
    return (isAlone ? /^[^\n]{0,2000}/ : /^[^\n,;&})]{0,2000}/).exec(rest)?.[0].trim() ?? "";
  }
  const end = new RegExp(`(?<!\\\\)\\\\{0,4}${quote}(?=\\s*(?:[,}\\])\\n]|$))`).exec(rest);
  return rest.slice(0, end?.index ?? rest.search(/\n|$/));
}

function toFailure(fields: ReadonlyMap<string, string>): Failure | null {
  const error = fields.get("error");
  if (error !== undefined && isTokenError(error)) {
    return {
      ...NO_FAILURE_DETAILS,
      form: "token-endpoint",
      status: toStatus(fields.get("status")),
      code: error,
      message: fields.get("description") ?? null,
    };
  }
  const code = fields.get("code") ?? null;
  const isCode = code !== null && /^[a-z][\w-]*(?:[. ][\w-]+){1,8}$/i.test(code) && code.length < 100;
  const status = toStatus(fields.get("status")) ?? toStatus(code ?? undefined);
  if (!isCode && (status === null || status < 400)) return null;
  return {
    ...NO_FAILURE_DETAILS,
    form: isCode ? "api" : "words",
    status,
    code: isCode ? code : null,
    message: fields.get("message") ?? null,
    contextId: fields.get("contextId") ?? null,
  };
}

function toStatus(text: string | undefined): number | null {
  const [, digits] = /^([1-5]\d\d)\b/.exec(text ?? "") ?? [];
  return digits === undefined ? null : Number(digits);
}
