/** Matches the first line of a commit or patch, or a subject in the Conventional Commits format. */
const COMMIT =
  /^(?:commit [0-9a-f]{7,40}\b|diff --git |From [0-9a-f]{40} |(?:\* |- )?(?:[0-9a-f]{7,12} )?(?:(?:feat|fix|chore|docs|refactor|perf|revert|style)(?:\([^)\n]{1,60}\))?|(?:test|build|ci)\([^)\n]{1,60}\))!?: \S)/;
/**
 * Matches a changelog heading for a version or a kind of change: `## [2.3.1] - 2026-04-01`, `### Fixed`,
 * `v2.3.1`.
 */
const HEADING =
  /^(?:#{1,4} ?)?\[?v?\d{1,4}\.\d{1,4}(?:\.\d{1,6})?[\w.-]{0,20}\]?(?:\s{0,3}[-–—(:].{0,40})?$|^(?:#{1,4} ?|\*\*)?(?:Added|Changed|Fixed|Removed|Deprecated|Security|Bug ?fixes|Features|Improvements|Enhancements|Breaking changes|Release notes?|Changelog|What['’]s (?:new|changed))(?:\*\*)?:?(?:\s.{0,40})?$/i;
/** Matches a sentence that announces a release: `Release 4.2: the connector now ...`. */
const ANNOUNCEMENT =
  /^release notes?\b[^:\n]{0,20}:\s\S|^(?:(?:new in )?(?:release|version)|v)\s?\d{1,4}\.\d{1,4}(?:\.\d{1,6})?\b\s{0,2}[:–—-]\s\S/i;
const ITEM = /^\s{0,8}(?:[-*•+]|\d{1,2}[.)])\s/;
/** Matches evidence of an actual call: a body, an id, a time of day, a stack trace, a line of HTTP or a prompt. */
const OF_CALL =
  /\{\s{0,3}["']\w|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}|\b\d\d:\d\d:\d\d\b(?! [+-]\d{4}\b| \d{4} [+-]\d{4}\b)|^\s{0,12}at \S|^Traceback|^[<>] |^HTTP\/\d|^(?:curl|\$|PS ) |\b(?:API|Auth) Error: \d{3}/im;
const LONGEST_TEXT = 20_000;

/**
 * Whether the text describes changes to a program, as commit messages, changelogs and release notes do. The
 * statuses and codes in it are cases that the program handles, not failed calls of the user.
 */
export function isChronicle(text: string): boolean {
  if (text.length > LONGEST_TEXT || OF_CALL.test(text)) return false;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const [first = ""] = lines;
  if (COMMIT.test(first.trim()) || ANNOUNCEMENT.test(first.trim())) return true;
  const isHead = (line: string): boolean => HEADING.test(line.trim());
  const headings = lines.filter(isHead).length;
  const items = lines.filter((line) => ITEM.test(line) || COMMIT.test(line.trim())).length;
  return isHead(first) && items > 0 && (headings + items) * 2 >= lines.length;
}
