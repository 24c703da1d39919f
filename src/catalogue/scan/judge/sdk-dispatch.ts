import { assignedBy } from "../read/constants.ts";
import type { PlatformContext } from "../read/platform-context.ts";
import type { Receiver } from "../read/sdk-receiver.ts";
import { calleeBefore } from "../text/operand.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";

/** Matches code that calls a method by the name in the following string. */
const DISPATCHES =
  /(?:getattr\([^()\n]{0,80},\s*|[\w)]\s*(?:\?\.)?\[\s*|\.(?:public_)?send\(\s*|\.(?:getMethod|GetMethod|InvokeMember)\(\s*)$/;

/** Matches the instance of an API class before the name of its method: `readAll(usersApi, "getUsers")`. */
const BESIDE_API = /\(\s*(?:[\w$]{1,40}\.){0,3}[\w$]{0,40}[aA]pi,\s*(?:\w{1,40}\s*[=:]\s*)?$/;
/** Matches the name of an API class in the string before the method's name: `call("UsersApi", "get_users_me")`. */
const AFTER_CLASS = /["'][A-Z]\w{1,60}Api["']\s*,\s*$/;
/** Matches the beginning of a list of words in Ruby. */
const WORD_LIST = /%[iIwW][[({][\w\s]*$/;
const LONGEST_LIST = 600;
/** Matches the text before an element of a list or object. */
const LISTED = /(?:[[{,:]|=>)\s*:?$/;
/** Maximum number of characters between a string and the call of the variable that holds it. */
const CALL_REACH = 4000;

/**
 * Returns the receiver of a method that the code calls by its name in a string; null when the string is not exactly the
 * name, or nothing calls it.
 */
export function receiverByName(
  source: SourceText,
  { offset, name }: { readonly offset: number; readonly name: string },
  { usesSdk, isMentioned, isInProject, isDispatched }: PlatformContext,
): Receiver | null {
  const string = source.stringAt(offset) ?? wordAt(offset, name);
  const isOwn = string.contentStart === offset && string.contentEnd === offset + name.length;
  if (!isOwn && !isInList(source, offset)) return null;
  const before = Math.max(0, string.start - 120);
  const isNear = usesSdk || isMentioned || isInProject;
  if (isNear && AFTER_CLASS.test(source.text.slice(before, string.start))) return "api";
  const isCalled =
    usesSdk &&
    (DISPATCHES.test(source.code.slice(before, string.start)) ||
      BESIDE_API.test(source.code.slice(before, string.start)) ||
      isHeldAndCalled(source, string.start));
  if (isCalled) return "reference";
  // Other code in the tree calls SDK methods by names in variables, so a listed name may be called there.
  const isListed =
    isDispatched &&
    !isKey(source, string.end) &&
    (isInList(source, offset) || isHeld(source, string.start, usesSdk));
  return isListed ? "listed" : null;
}

/** Returns whether a Ruby symbol, or a word in a list of symbols, begins at `offset`: `:get_users`, `%i[get_users]`. */
export function isSymbol(source: SourceText, offset: number): boolean {
  if (source.language.hole !== "#{") return false;
  return /(?<![\w:]):$/.test(source.code.slice(Math.max(0, offset - 2), offset)) || isInList(source, offset);
}

/** Returns whether the offset is inside a Ruby list of words: `%i[get_users get_groups]`. */
function isInList({ text, language }: SourceText, offset: number): boolean {
  return language.hole === "#{" && WORD_LIST.test(text.slice(Math.max(0, offset - LONGEST_LIST), offset));
}

function wordAt(offset: number, name: string): Omit<Span, "kind"> {
  const end = offset + name.length;
  return { start: offset, end, contentStart: offset, contentEnd: end };
}

function isKey({ code }: SourceText, end: number): boolean {
  return /^\s*\]?\s*(?::|=>)/.test(code.slice(end, end + 20));
}

/**
 * Returns whether the string is in a list, an object or a constant. In a file that uses the SDK, it may also be an
 * argument of a call.
 */
function isHeld(source: SourceText, start: number, usesSdk: boolean): boolean {
  const enclosure = source.enclosureOf(start);
  const name = assignedBy(source, start)?.name ?? "";
  if (enclosure === null) return /^[A-Z][A-Z0-9_]+$/.test(name);
  if (enclosure.open !== "(") {
    return name !== "" || LISTED.test(source.code.slice(Math.max(0, start - 40), start));
  }
  if (calleeBefore(source, enclosure.start) !== "") return usesSdk;
  const outer = source.enclosureOf(enclosure.start);
  return outer !== null && outer.open !== "(";
}

/**
 * Returns whether the code calls a method through the variable that holds the string:
 * `$m = "getUsers"; $api->$m()`.
 */
function isHeldAndCalled(source: SourceText, start: number): boolean {
  const held = assignedBy(source, start)?.name;
  if (held === undefined) return false;
  const calls = new RegExp(
    `->\\{?\\$${held}\\}?\\s*\\(|[\\w)]\\[\\s*${held}\\s*\\]\\s*\\(|(?:getattr\\([^()\\n]{0,80},\\s*|\\.(?:public_)?send\\(\\s*)${held}\\b`,
  );
  return calls.test(source.code.slice(start, start + CALL_REACH));
}
