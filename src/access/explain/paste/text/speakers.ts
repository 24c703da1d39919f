/**
 * Matches the first line of a message in a chat, a ticket or an archived forum: `alice  10:42 AM`,
 * `[10:42] alice: text`, `alice (10:42): text`, `alice | 2019-03-11 14:59:49 UTC | #1`.
 */
const MESSAGE_HEAD =
  /^(?:\[\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?\] {1,2}<?([A-Za-z][\w .-]{1,30}?)>?:(?= |$)|([A-Za-z][\w.-]{1,30}(?: [A-Z][\w.-]{0,30})?)(?: APP)? {1,3}\(?(?:today at |yesterday at )?\d{1,2}:\d\d(?: ?[AP]M)?\)?(?::? |:?$)|\*\*([\w.-]{2,30})\*\* [·•|—–-] [^\n]{1,40}$|([A-Z]\w{1,20}(?: [A-Z]\w{0,20})?) \((?:[A-Z][a-z]{2,8},? )?\d{1,2}:\d\d(?: ?[AP]M)?\): |([\w.-]{2,40}(?: [\w.-]{1,30}){0,2}) \| \d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?(?: UTC|Z)?(?: \| #\d{1,4})?$)/;
/** Matches a line of a chat that was copied without the times: `alice: text`. */
const PREFIXED = /^([A-Za-z][\w.-]{1,20}): (?=\S)([^\n]{1,2000})/;
/** Matches words before a colon that are labels of a report or log rather than names. */
const LABEL =
  /^(?:errors?|err|warn(?:ing)?|info|debug|trace|fatal|critical|note|nb|hint|tip|update|edit(?:ed)?|question|answer|[qa]\d?|problem|issue|bug|cause|reason|solution|fix|workaround|expected|actual|results?|response|request|body|payload|headers?|status|code|message|msg|details?|description|summary|title|subject|ur[il]|path|host|method|endpoint|region|environment|env|platform|version|sdk|language|tool|org(?:anization)?|scopes?|permissions?|roles?|client|token|user|grant|date|time|steps?|from|to|cc|bcc|re|aw|fwd|sent|example|input|output|command|logs?|server|service|get|post|put|patch|delete|http|https|step\d?|context|background|setup|config|failed|success)$/i;
/** Matches words that occur in conversations and not in log lines. */
const TALK =
  /\b(?:I|you|your|my|mine|me|we|our|yes|yeah|yep|nope?|ok|okay|thanks|thank|thx|hi|hey|hello|please|pls|try|check|same here|any idea)\b/i;
const FEWEST_SPEAKERS = 2;

/** Returns the names at the beginning of chat lines; empty for text that is not a chat. */
export function speakersOf(lines: readonly string[]): ReadonlySet<string> {
  const talking = new Set(
    lines.flatMap((line) => {
      const [, name = "", words = ""] = PREFIXED.exec(line) ?? [];
      return name !== "" && !LABEL.test(name) && TALK.test(words) ? [name] : [];
    }),
  );
  return talking.size < FEWEST_SPEAKERS ? new Set() : talking;
}

/** Returns the author of the message that begins with a line; null for any other line. */
export function speakerOf(line: string, speakers: ReadonlySet<string>): string | null {
  const name = MESSAGE_HEAD.exec(line)
    ?.slice(1)
    .find((group) => group !== undefined);
  if (name !== undefined) return name;
  const [, prefix = ""] = speakers.size === 0 ? [] : (PREFIXED.exec(line) ?? []);
  return speakers.has(prefix) ? prefix : null;
}
