import { splitArguments } from "../text/argument.ts";
import { startOfOperand } from "../text/operand.ts";
import type { SourceText } from "../text/source-text.ts";
import { certain, isMethod, likely, type MethodEvidence, methodOfArgument } from "./method-evidence.ts";

const MOST_LINKS = 12;
/** Number of characters to read before a parenthesis to find the called name. */
const LONGEST_NAME = 200;
/** Matches a chained call whose argument is the HTTP method: `.method("POST")`, `.withMethod("POST")`. */
const METHOD_LINK = /^(?:with|set|http)?_?method$/i;

/** Matches a call on a URL builder, which sends no request: `UriComponentsBuilder.fromPath(…)`. */
const BUILDS_ADDRESS = /\bUri\w*Builder\.\w+\([^()]*$/;

interface Link {
  readonly name: string;
  readonly given: readonly string[];
}

/**
 * Returns the HTTP method that the other calls of a chain specify: `webClient.post().uri(…)`,
 * `new Request.Builder().url(…).delete()`. `start` is the start of the call's name, `close` the offset of its closing
 * parenthesis.
 */
export function methodOfChain(source: SourceText, start: number, close: number): MethodEvidence | null {
  const before = linksBefore(source, start);
  const after = linksAfter(source, close + 1);
  for (const { name, given } of [...before, ...after]) {
    const [first = ""] = given;
    const named = METHOD_LINK.test(name) ? methodOfArgument(first) : null;
    if (named !== null) return certain([named], `\`.${name}\``);
  }
  const verb =
    before.find(({ name, given }) => isMethod(name) && given.length === 0) ??
    after.find(({ name, given }) => isMethod(name) && (name.toLowerCase() !== "get" || given.length === 0));
  if (verb !== undefined) return certain([verb.name], `\`.${verb.name}()\``);
  const isBuilt = after.some(({ name }) => name === "build");
  const builder = source.code.slice(Math.max(0, start - 200), close);
  return isBuilt && /[bB]uilder/.test(builder) && !BUILDS_ADDRESS.test(builder)
    ? likely("GET", "a request built without a method")
    : null;
}

function linksAfter(source: SourceText, from: number): readonly Link[] {
  const links: Link[] = [];
  let at = from;
  while (links.length < MOST_LINKS) {
    const link = /\s*(?:!|\?)?\.\s*(\w+)(?:<[\w<>, ]*>)?\s*\(/y;
    link.lastIndex = at;
    const match = link.exec(source.code);
    if (match === null) return links;
    const open = link.lastIndex - 1;
    const close = source.closerOf(open);
    links.push({ name: match[1] ?? "", given: splitArguments(source, open + 1, close) });
    at = close + 1;
  }
  return links;
}

function linksBefore(source: SourceText, from: number): readonly Link[] {
  const links: Link[] = [];
  let at = from;
  while (links.length < MOST_LINKS) {
    const code = source.code.slice(Math.max(0, at - 300), at).trimEnd();
    const end = Math.max(0, at - 300) + code.replace(/\s*\??\.?$/, "").trimEnd().length;
    if (source.code[end - 1] !== ")") return links;
    const start = startOfOperand(source, end);
    if (start >= end) return links;
    const open = openOfLast(source, start, end);
    if (open === null) return links;
    const name =
      /(\w+)(?:<[\w<>, ]*>)?\s*$/.exec(source.code.slice(Math.max(start, open - LONGEST_NAME), open))?.[1] ??
      "";
    links.push({ name, given: splitArguments(source, open + 1, end - 1) });
    at = open - name.length;
  }
  return links;
}

/** Returns the offset of the last opening parenthesis between two offsets. */
function openOfLast(source: SourceText, start: number, end: number): number | null {
  for (let at = start; at < end; at += 1) {
    if (source.code[at] !== "(") continue;
    const close = source.closerOf(at);
    if (close === end - 1) return at;
    at = close;
  }
  return null;
}
