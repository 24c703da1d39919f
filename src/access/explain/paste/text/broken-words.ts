/** Matches the parts of a UUID that a terminal, an email or a chat split with a line break. */
const BROKEN_ID =
  /(?<![\w-])([0-9a-f][0-9a-f-]{3,34})[ \t]{0,3}\n[ \t]{0,40}([0-9a-f-]{1,34}[0-9a-f])(?![\w-])/gi;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Platform messages, complete or up to the list that ends them. A line break inside them comes from the tool
 * that printed them.
 */
export const PLATFORM_SENTENCES = [
  "Unable to perform the requested action.",
  "You are missing the following permission(s):",
  "You are missing the following permission",
  "You must have at least one of the following permissions assigned:",
  "in at least one of the following division(s):",
  "in the provided division(s).",
  "App not authorized to use scope",
  "You are not authorized to perform the requested action.",
  "Requests originating from this IP address are not authorized:",
  "Your organization's security policies have denied access. Policy ID(s):",
  "This request requires a user context. Client credentials cannot be used for requests to this resource.",
  "This request requires a non-user context. User token cannot be used for requests to this resource.",
  "No authentication bearer token specified in authorization header.",
  "Invalid login credentials.",
  "Rate limit exceeded the maximum. Retry the request in",
] as const;
const BROKEN_SENTENCE = new RegExp(
  `(?:${PLATFORM_SENTENCES.map(toPattern).join("|")})(?:\\s{1,40}(?=\\[))?`,
  "g",
);
/** Matches a bracketed list after a platform message. The list may span several lines. */
const BROKEN_LIST = /(?<=(?:assigned|permission\(s\)|division\(s\)|scope):? )\[[\w:,\s*-]{1,2000}\]/g;
/** Matches the message of the Go SDK and the correlation id behind it, which Terraform puts on the next lines. */
const BROKEN_ERROR =
  /\bAPI Error: \d{3} - [^\n]{1,400}(?:\n[^\n(│]{0,200}){1,3}\([0-9a-f]{8}-[0-9a-f-]{27}\)/g;

/** Rejoins ids, platform messages and their lists that were split by a line break. */
export function joinBrokenWords(text: string): string {
  return text
    .replace(BROKEN_ID, (all, start: string, end: string) =>
      ID.test(`${start}${end}`) ? `${start}${end}` : all,
    )
    .replace(BROKEN_SENTENCE, onOneLine)
    .replace(BROKEN_ERROR, (error) => (/\n\s*\n|\n.*API Error/.test(error) ? error : onOneLine(error)))
    .replace(BROKEN_LIST, onOneLine);
}

function onOneLine(words: string): string {
  return words.includes("\n") ? words.replace(/\s+/g, " ") : words;
}

function toPattern(sentence: string): string {
  return sentence
    .replace(/[()[\].?]/g, "\\$&")
    .split(" ")
    .join("\\s{1,40}");
}
