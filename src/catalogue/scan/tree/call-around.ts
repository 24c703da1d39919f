import { argumentsBetween } from "../text/argument.ts";
import type { Resolve } from "../text/literal.ts";
import { calleeBefore, joinsPaths } from "../text/operand.ts";
import type { SourceText } from "../text/source-text.ts";
import { evaluate } from "./evaluate.ts";

/** The call to which code passes a value. */
export interface CallAround {
  /** Last name of the called function. */
  readonly callee: string;
  /** Position of the argument that contains the value. */
  readonly position: number;
  /** Name of the argument, or the key of an object that contains the value; null if absent. */
  readonly key: string | null;
}

/** Matches a call that resolves a path relative to the address before it: `self.base.join(path)`. */
const RESOLVES = /[\w)](?:\.|->|::)(?:join|resolve|appending|joinpath)$/;
const LONGEST_COMMAND = 300;
const KEY = /["']?([A-Za-z_]\w*)["']?\s*(?::|=>|=)\s*$/;

/** Returns the call whose argument, or whose object of options, contains the value at `start`; null if absent. */
export function callAround(source: SourceText, start: number): CallAround | null {
  let enclosure = source.enclosureOf(start);
  let key: string | null = null;
  let from = start;
  if (enclosure?.open === "{" || enclosure?.open === "[") {
    key = keyBefore(source, start);
    if (key === null) return commandAround(source, start);
    from = enclosure.start;
    enclosure = source.enclosureOf(from);
  }
  if (enclosure?.open !== "(") return enclosure === null ? commandAround(source, start) : null;
  const callee = nameOf(calleeBefore(source, enclosure.start));
  if (callee === null) return null;
  // `request(method, base.join(path))` passes the path on to `request`.
  const outer = RESOLVES.test(calleeBefore(source, enclosure.start))
    ? outerCall(source, enclosure.start)
    : null;
  if (outer !== null) return outer;
  const given = argumentsBetween(source, enclosure.start + 1, enclosure.end);
  const position = given.findIndex(({ start: begin, end }) => begin <= from && from <= end);
  const named = given[position]?.name ?? null;
  return { callee, position: Math.max(0, position), key: key ?? named };
}

/** Returns the call that receives the result of the call whose parenthesis opens at `open`; null if absent. */
function outerCall(source: SourceText, open: number): CallAround | null {
  const start = open - calleeBefore(source, open).length;
  return source.enclosureOf(start)?.open === "(" ? callAround(source, start) : null;
}

/** Returns the call without parentheses on the line: `request :get, path`, `Invoke-Api -Path $path`. */
function commandAround(source: SourceText, start: number): CallAround | null {
  const line = source.code.slice(source.lineStartOf(start), start);
  const statement = /(?:^|[=|;({&]|\breturn\s)([^=|;({&]*)$/.exec(line.slice(-LONGEST_COMMAND))?.[1] ?? "";
  if (source.language.hole === "#{") {
    const match = /^\s*(?:[\w@]+\.)*([a-z_]\w*)\s+((?:[^,]+,\s*)*)$/.exec(statement);
    const callee = match?.[1];
    if (callee === undefined || /^(?:return|if|unless|raise|def|end|puts)$/.test(callee)) return null;
    return { callee, position: (match?.[2] ?? "").split(",").length - 1, key: null };
  }
  if (!source.language.hasCommands) return null;
  const [callee = "", ...given] = statement.trim().split(/\s+/);
  if (!/^[A-Za-z]\w*-\w+$/.test(callee)) return null;
  const option = /^-([A-Za-z]\w*):?$/.exec(given.at(-1) ?? "")?.[1] ?? null;
  const plain = given.filter((word, at) => !word.startsWith("-") && !(given[at - 1] ?? "").startsWith("-"));
  return { callee, position: plain.length, key: option };
}

/**
 * Returns the elements before `start` in a call or list that joins paths, each followed by a slash. Otherwise returns
 * an empty string.
 */
export function joinedBefore(source: SourceText, start: number, resolve: Resolve): string {
  const enclosure = source.enclosureOf(start);
  if (enclosure === null || !joinsPaths(source, enclosure)) return "";
  return argumentsBetween(source, enclosure.start + 1, enclosure.end)
    .filter(({ end }) => end <= start)
    .map((argument) => {
      const known = evaluate(source, argument, resolve)?.value;
      const text = known ?? `\${${source.text.slice(argument.start, argument.end).replace(/[{}]/g, "")}}`;
      return `${text.replace(/\/$/, "")}/`;
    })
    .join("");
}

function keyBefore(source: SourceText, start: number): string | null {
  const before = source.text.slice(Math.max(0, start - 60), start);
  // In `{ url }`, the key is the name of the value itself.
  if (/[{,]\s*$/.test(before)) {
    return /^[A-Za-z_]\w*(?=\s*[,}])/.exec(source.text.slice(start, start + 60))?.[0] ?? null;
  }
  return KEY.exec(before)?.[1] ?? null;
}

/** Returns the last name of an expression: `path` in `this.path.trim()`. */
function nameOf(expression: string): string | null {
  return (
    /^[\s$@&*]*(?:[\w$]+(?:\.|\?\.|->|::))*?([A-Za-z_][\w-]*)(?:[!?]|(?:\.|\?\.|->)\w+\(.*|)$/s.exec(
      expression,
    )?.[1] ?? null
  );
}
