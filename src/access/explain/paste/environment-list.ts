/** Matches one line of a list that shows the status of a call in one environment: `- prod: 403`. */
const ENVIRONMENT =
  /^\s{0,8}(?:[-*•+] |\d{1,2}[.)] )?(?:\*\*)?(?:dev|development|test|testing|sandbox|staging|stage|QA|UAT|pre-?prod|prod|production|live)(?:\*\*)?(?: (?:org|environment|env|tenant|system))?(?:\*\*)?\s{0,4}(?:[:=–—-]|->|→|\||returns|gets)?\s{0,4}(?:HTTP )?[1-5]\d\d\b[^\n{]{0,40}$/i;

/** Maximum length of text to search for a list of environments, which people type by hand. */
const LONGEST_TEXT = 40_000;

/**
 * Joins the lines of a list of environments into one. They are about the same call, and each line alone would be read
 * as the response to a separate call.
 */
export function joinEnvironments(text: string): string {
  if (text.length > LONGEST_TEXT) return text;
  const lines = text.split("\n");
  return lines
    .map((line, index) => {
      const isJoined = ENVIRONMENT.test(line) && ENVIRONMENT.test(lines[index + 1] ?? "");
      return isJoined ? `${line}, ` : `${line}\n`;
    })
    .join("")
    .slice(0, -1);
}
