import type { Failure } from "../failure.ts";

const NAME = "[a-z]\\w{1,40}:[a-z*]\\w{0,60}:[a-z*]\\w{0,40}";
const LIST = `${NAME}(?:["'\`]?(?:\\s{0,2}(?:,|\\||or\\b|oder\\b|and\\b|/)\\s{0,2}){1,2}["'\`]?${NAME}){0,9}`;
const OPENING = "[\\s\"'`*)|:,;→=([-]{0,6}";

/**
 * Patterns for the ways in which people and programs list the permissions that a refusal named, when they do not
 * quote the platform's message.
 */
const PLACES: readonly RegExp[] = [
  // `missing.permissions, routing:queue:view`, `| missing.any.permissions | a:b:c |`
  new RegExp(
    `\\bmissing\\.(?:any\\.)?(?:division\\.)?permissions?\\b(?:["'\`]?\\s?\\(?403\\)?)?${OPENING}(?:(?:for|on|of|needs?|requires?|permissions?|namely|Rechte?|Berechtigung(?:en)?|permisos?|droits?)\\b${OPENING}){0,2}(${LIST})`,
    "i",
  ),
  // `403 (missing routing:queue:view)`, `403, lacks the permission routing:queue:view`
  new RegExp(
    `(?<![\\w.:-])403\\b[^.\\n]{0,60}?\\b(?:missing|lacks?|lacking|without|fehlt|fehlen|falta|manque)\\b(?: (?:the|a)(?= ))?(?: (?:permissions?|rights?|Berechtigung|permiso|permission))?${OPENING}(${LIST})`,
    "i",
  ),
  // `status=403 perms=routing:queue:view`, `status=403 code=missing.permissions perms="[routing:queue:view]"`
  new RegExp(
    `(?<![\\w.:-])403\\b(?:[^.\\n]|\\.(?=[a-z])){0,80}?\\b(?:missing[_ ]?)?perm(?:ission)?s?["']?[=:]\\s?[\\["'(]{0,2}(${LIST})`,
    "i",
  ),
  // `403 as well (routing:queue:view)`
  new RegExp(`(?<![\\w.:-])403\\b[^.\\n()]{0,30}\\([\\["'\`]{0,2}(${LIST})`, "i"),
];

/** Words that show that a person is explaining a status in general. */
const IN_GENERAL =
  /\b(?:usually|typically|generally|normally|often|(?:al)?most always|likely|probably|perhaps|maybe|might|could|would|can|may|mostly|tends?)\b/i;
const OF_SCOPES = /^["'`)\]]{0,3} (?:OAuth )?scopes?\b/i;

/** Matches the division after the name of a missing permission: `for division "Sales"`. */
const IN_DIVISION =
  /^["'`)\]]{0,3} (?:for|in|on) (?:the )?division(?:\(s\))?:? (?:["'“`]([^"'“”`\n]{1,100})["'”`]|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))/i;

/** Quickly rules out text that cannot match. */
const MAYBE = /403|\bmissing\./;

/**
 * Returns the permissions that the text names next to the code or status of a refusal, in the form of a
 * response's `messageParams`. Empty if it names none. Ignores general statements about such refusals.
 */
export function readListedPermissions(text: string): Failure["messageParams"] {
  if (!MAYBE.test(text)) return {};
  for (const place of PLACES) {
    const found = place.exec(text);
    if (found === null) continue;
    const [all, list = ""] = found;
    const behind = text.slice(found.index + all.length, found.index + all.length + 20);
    if (IN_GENERAL.test(all) || OF_SCOPES.test(behind)) continue;
    const [, name, id] = IN_DIVISION.exec(text.slice(found.index + all.length)) ?? [];
    const division = name ?? id;
    return { permissions: list, ...(division === undefined ? {} : { divisions: division }) };
  }
  return {};
}
