import { splitArguments } from "../text/argument.ts";
import type { Enclosure } from "../text/brackets.ts";
import { givenText } from "../text/given-text.ts";
import { calleeBefore } from "../text/operand.ts";
import { firstNotBefore, type SourceText } from "../text/source-text.ts";
import { getsByDefault, isTransparent, methodOfCallee, supposedMethod } from "./callee-method.ts";
import { methodOfChain } from "./chain-method.ts";
import { methodOfArguments } from "./command-method.ts";
import {
  certain,
  likely,
  type MethodEvidence,
  methodOfKey,
  methodOfList,
  methodsIn,
  supposed,
} from "./method-evidence.ts";

/** Number of enclosing brackets in which to search for an HTTP method. */
const MOST_LEVELS = 6;
/** Maximum number of elements in a list that describes one call; a longer list contains several paths. */
const MOST_ELEMENTS = 8;
const LONGEST_LAMBDA = 60;
const OPTIONS_REACH = 3000;
/** Maximum number of uses of a name to search for an assignment of options. */
const MOST_USES = 24;
/** Matches the assignment of an object, in the text that follows the variable's name. */
const OBJECT = /\s*(?::[^=\n]{0,200})?=\s*(?:new\s+\w+\s*)?[{[(]/y;
/** Matches the text before a brace that opens a block of statements, not an object. */
const BEFORE_BLOCK = /(?:\)|=>|->|\b(?:else|try|do|finally|loop|unsafe))\s*$/;
const SENDS_DATA = /^(?:data|body)\s*=|^[{[]?\s*["']?(?:data|body)\b|[[,]\s*Content\s*=/;
/** Matches functions that send POST when they have data to send. */
const SENDS_BY_DATA = /(?:urlopen|Web\.Contents)$/;
/** Matches HTTP verbs that are also methods of maps: `cache.get(key)`. */
const MAP_VERBS = /(?:^|[.>:])(?:put|get|delete|Put|Get|Delete)$/;

/**
 * Returns the HTTP method that the calls and objects around the text from `start` to `end` specify; the innermost one
 * takes precedence.
 */
export function methodOfCall(source: SourceText, start: number, end: number): MethodEvidence | null {
  let from = start;
  let to = end;
  for (let level = 0; level < MOST_LEVELS; level += 1) {
    const enclosure = source.enclosureOf(from);
    if (enclosure === null || enclosure.end < to - 1) return null;
    if (enclosure.open === "(") {
      const callee = calleeBefore(source, enclosure.start);
      if (!isOfLambda(source, enclosure.start - callee.length, callee)) {
        const found = ofCall(source, enclosure, callee, from);
        if (found === "unknown") return null;
        if (found !== null) return found;
        if (!isTransparent(callee)) {
          const method = supposedMethod(callee);
          return method === null ? null : supposed(method, callee);
        }
      }
      from = enclosure.start - callee.length;
    } else {
      if (enclosure.open === "{" && isBlock(source, enclosure)) return null;
      const listed = ofList(source, enclosure);
      if (listed !== null) return listed;
      const key = keyOf(source, directText(source, enclosure.start + 1, enclosure.end), from);
      if (key === "unknown") return null;
      if (key !== null) return key;
      from = enclosure.start;
    }
    to = enclosure.end + 1;
  }
  return null;
}

/**
 * Returns whether a lambda only builds the address from its parameter, so that the call around the lambda sends the
 * request.
 */
function isOfLambda(source: SourceText, start: number, callee: string): boolean {
  const parameter = /^(\w+)\.(?:path|replacePath|pathSegment)$/.exec(callee)?.[1];
  const before = source.code.slice(Math.max(0, start - LONGEST_LAMBDA), start);
  return parameter !== undefined && new RegExp(`\\b${parameter}\\s*(?:->|=>)\\s*$`).test(before);
}

function ofCall(
  source: SourceText,
  enclosure: Enclosure,
  callee: string,
  from: number,
): MethodEvidence | "unknown" | null {
  const given = splitArguments(source, enclosure.start + 1, enclosure.end);
  const named = methodOfList(given);
  if (named !== null) return certain([named], `argument of \`${callee}\``);
  const before = source.text.slice(enclosure.start + 1, from).trim();
  const verb = methodOfCallee(callee);
  if (verb !== null && !(MAP_VERBS.test(callee) && /^["'][^"']*["']\s*,$/.test(before))) {
    return certain([verb], `\`${callee}\``);
  }
  const variable = ofVariable(source, given, from);
  if (variable !== null) return variable;
  // Plain parentheses contain ordinary values, not the options of a call.
  const options = callee === "" ? [] : given;
  for (const argument of [...options, directText(source, enclosure.start + 1, enclosure.end)]) {
    const key = keyOf(source, optionsText(source, argument, enclosure.start), enclosure.start);
    if (key !== null) return key;
  }
  // Matches `http.request(url) { method = HttpMethod.Post }` and `new RestRequest(url) { Method = Method.Post }`.
  const block =
    source.language.hole === "${" || source.language.hole === "{"
      ? /^\s*\{/.exec(source.code.slice(enclosure.end + 1, enclosure.end + 20))
      : null;
  if (block !== null) {
    const open = enclosure.end + block[0].length;
    const key = keyOf(source, directText(source, open + 1, source.closerOf(open)), open);
    if (key !== null) return key;
  }
  const chained = methodOfChain(source, enclosure.start - callee.length, enclosure.end);
  if (chained !== null) return chained;
  return getsByDefault(callee) ? byDefault(source, given, callee, enclosure.start) : null;
}

function ofList(source: SourceText, { start, end }: Enclosure): MethodEvidence | null {
  const elements = splitArguments(source, start + 1, end);
  if (elements.length > MOST_ELEMENTS) return null;
  const listed = methodOfList(elements);
  return listed === null ? methodOfArguments(elements) : certain([listed], "the other elements of the list");
}

/** Returns the HTTP method that was assigned to an argument whose name ends in `method` or `verb`. */
function ofVariable(source: SourceText, given: readonly string[], offset: number): MethodEvidence | null {
  const name = given.find((argument) => /^\$?\w*(?:method|verb)$/i.test(argument));
  const methods = name === undefined ? [] : methodsIn(givenText(source, name, offset) ?? "");
  return methods.length === 0 ? null : certain(methods, `\`${name}\``);
}

function keyOf(source: SourceText, text: string, offset: number): MethodEvidence | "unknown" | null {
  return methodOfKey(text, (name) => givenText(source, name, offset));
}

/**
 * Returns the HTTP method that a function sends by default: GET, or for some functions POST when they have data to
 * send. Returns `unknown` when an argument may specify another method.
 */
function byDefault(
  source: SourceText,
  given: readonly string[],
  callee: string,
  offset: number,
): MethodEvidence | "unknown" {
  const isHidden = given
    .slice(1)
    .some(
      (argument) =>
        argument.includes("...") ||
        (/^[\w$.]+$/.test(argument) && optionsText(source, argument, offset) === ""),
    );
  if (isHidden) return "unknown";
  const sendsData = given.slice(1).some((argument) => SENDS_DATA.test(argument));
  return sendsData && SENDS_BY_DATA.test(callee)
    ? likely("POST", `data passed to \`${callee}\``)
    : certain(["GET"], `\`${callee}\``);
}

/** Returns the text of an argument that may contain options: an object, or the object assigned to its name. */
function optionsText(source: SourceText, argument: string, offset: number): string {
  const plain = argument.trim();
  if (/^[{[]/.test(plain) || /\bmethod\b/i.test(plain)) return plain.replace(/^[{[]/, "");
  if (!/^[A-Za-z_$][\w$.]*$/.test(plain)) return "";
  const name = plain.split(".").at(-1) ?? plain;
  const open = lastObjectOf(source, name, offset);
  if (open === null) return "";
  const later = new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}\\.method\\s*=[^;\\n]*`).exec(
    source.text.slice(open, offset),
  );
  return `${directText(source, open + 1, source.closerOf(open))} ${later?.[0].slice(name.length + 1) ?? ""}`;
}

/** Returns the offset of the bracket that opens the last object assigned to a name before `offset`; null if absent. */
function lastObjectOf(source: SourceText, name: string, offset: number): number | null {
  const word = name.replace(/^\$+/, "");
  const sigils = name.length - word.length;
  const uses = [source.usesOf(word, false), source.usesOf(word, true)].map((known) => {
    const last = firstNotBefore(known, offset);
    return known.slice(Math.max(0, last - MOST_USES), last);
  });
  for (const use of uses.flat().toSorted((left, right) => right - left)) {
    const at = use - sigils;
    if (at < offset - OPTIONS_REACH) return null;
    if (!source.code.startsWith(name, at) || /[\w$]/.test(source.code[at - 1] ?? "")) continue;
    OBJECT.lastIndex = at + name.length;
    if (OBJECT.test(source.code) && OBJECT.lastIndex <= offset) return OBJECT.lastIndex - 1;
  }
  return null;
}

/** Returns the text between two offsets without bracketed parts and comments. */
export function directText(source: SourceText, start: number, end: number): string {
  let direct = "";
  for (let at = start; at < end; at += 1) {
    const character = source.code[at] ?? "";
    if ("([{".includes(character)) {
      direct += character;
      at = Math.min(end, source.closerOf(at)) - 1;
    } else {
      direct += source.code[at] === " " ? " " : (source.text[at] ?? "");
    }
  }
  return direct;
}

function isBlock(source: SourceText, { start }: Enclosure): boolean {
  return BEFORE_BLOCK.test(source.code.slice(Math.max(0, start - 12), start));
}
