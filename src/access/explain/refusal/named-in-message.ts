import type { NamedInMessage } from "../../verdict/refusal-facts.ts";
import type { Failure } from "../paste/failure.ts";
import { type TemplateMatch, withoutCutWord } from "./message-template.ts";

const PERMISSION =
  /(?<![\w:.-])([a-z][\w-]{0,60}:[a-z*][\w-]{0,80}:[a-z*][\w-]{0,60})(?::([\w*-]{1,64}))?(?![\w:]|\.\w)/gi;
/** Matches a permission in parts: `forbidden on domain, 'responses', entity 'response', with action set '[view]'`. */
const IN_PARTS =
  /\bforbidden on domain,? ['"`](\w{1,60})['"`], entity ['"`](\w{1,60})['"`], with action set ['"`]?\[(\w{1,60})\]/gi;
/** Matches a time pattern such as `yyyy-MM-ddTHH:mm:ss`. Like a permission, it has three parts. */
const TIME_PATTERN = /hh:mm:ss$/i;
/** Legacy permissions, which consist of one word without colons. */
const ONE_PART: ReadonlySet<string> = new Set(["admin", "content_management_user"]);
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** Matches a quoted name. The closing quotation mark may be missing: `division "Sales EMEA`. */
const QUOTED = /^["'“`]([^"'“”`\n]{1,100})(?:["'”`]|$)/;
/** Matches the name of a division without quotation marks: `in division Sales EMEA.` */
const IN_DIVISION = /\bin (?:the )?division (\p{Lu}[\w-]{0,60}(?: \p{Lu}[\w-]{0,60}){0,4})(?=[.,;:)]|$)/gu;
const ADDRESS = /\b(?:\d{1,3}\.){3}\d{1,3}\b|\b[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}\b/gi;

/**
 * Extracts the permissions, scopes, divisions and other names in a refusal: from the values filled into its
 * declared template, or otherwise from the text around a list. A division can appear as the fourth part of a
 * permission, and the list of permissions can be empty.
 */
export function readNames(failure: Failure, match: TemplateMatch | null): NamedInMessage {
  const message = withoutCutWord((failure.message ?? "").slice(0, 20_000));
  const params = Object.entries(failure.messageParams);
  const inSlots = (words: RegExp): readonly string[] =>
    match?.slots.filter(({ before }) => words.test(before)).map(({ value }) => value) ?? [];
  const inParams = (words: RegExp): readonly string[] =>
    params.filter(([name]) => words.test(name)).map(([, value]) => value);

  const permissionText = [...inSlots(/permission/i), ...inParams(/permission/i), message].join("\n");
  const named = [...permissionText.matchAll(PERMISSION)].filter(([, name = ""]) => !TIME_PATTERN.test(name));
  const divisionText = [
    ...inSlots(/division\(s\):/i),
    ...inParams(/division/i),
    ...listsAfter(message, /divisions?(?:\(s\))?:?\s{0,3}/gi),
    ...Array.from(message.matchAll(IN_DIVISION), ([, name = ""]) => name),
  ].join("\n");
  const [, seconds] = /\b(?:in|after) \[?(\d{1,6})\]? ?(?:seconds|s\b)/i.exec(message) ?? [];
  const fourth = named.flatMap(([, , division]) =>
    division === undefined || division === "*" ? [] : [division],
  );
  return {
    permissions: unique([
      ...inSlots(/permission/i)
        .flatMap(splitList)
        .filter((name) => ONE_PART.has(name)),
      ...named.map(([, permission = ""]) => permission),
      ...Array.from(message.matchAll(IN_PARTS), ([, ...parts]) => parts.join(":")),
    ]),
    scopes: scopesOf([...inSlots(/scope/i), ...inParams(/scope/i)], message),
    divisions: unique([...fourth, ...splitDivisions(divisionText)]),
    policies: unique(
      [
        ...inSlots(/policy/i),
        ...inParams(/polic/i),
        ...listsAfter(message, /policy id\(s\):?\s{0,3}/gi),
      ].flatMap(splitList),
    ),
    addresses: unique(
      [...inSlots(/IP address/i), ...listsAfter(message, /not authorized:\s{0,3}/gi)].flatMap(
        (text) => text.match(ADDRESS) ?? [],
      ),
    ),
    retryAfterSeconds: seconds === undefined ? null : Number(seconds),
  };
}

function scopesOf(slots: readonly string[], message: string): readonly string[] {
  const [, after] = /\bto use scope\s{0,3}(\[[^\]]{0,2000}\]|[a-z][\w:-]{0,100})/i.exec(message) ?? [];
  // Go prints an error's fields in a row: the message, then the status, then the parameters as `map[]`.
  const whole = slots.map((slot) => slot.replace(/ \d{3} map\[.*$/s, ""));
  return unique(
    [...whole, after ?? ""].flatMap(splitList).filter((name) => /^[a-z][\w-]*(?::[\w-]+)*$/i.test(name)),
  );
}

function listsAfter(message: string, words: RegExp): readonly string[] {
  return [...message.matchAll(words)].flatMap(({ index, 0: found }) => {
    const rest = message.slice(index + found.length, index + found.length + 4_000);
    const [, list] = /^\[([^\]]*)\]/.exec(rest) ?? QUOTED.exec(rest) ?? [];
    return list === undefined ? (rest.match(new RegExp(`^${UUID.source}`, "i")) ?? []) : [list];
  });
}

function splitList(text: string): readonly string[] {
  return text
    .replace(/[[\]"']/g, " ")
    .split(/[,\s]+/)
    .filter((item) => item !== "" && item.length <= 120);
}

/** Splits a list of divisions only at commas, because names contain spaces. Ids may be separated by spaces alone. */
function splitDivisions(text: string): readonly string[] {
  return text
    .replace(/[[\]"']/g, " ")
    .split(/[,\n]/)
    .map((item) => item.trim())
    .flatMap((item) => (item.replace(UUID, "").trim() === "" ? item.split(/\s+/) : [item]))
    .filter((item) => item !== "" && item.length <= 120);
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
