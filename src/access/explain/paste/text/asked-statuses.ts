import { blankStatuses } from "./sentences.ts";

const STATUS = "[45]\\d\\d\\b";
const OUTCOME =
  "(?:get|receive|see|return|answer|respond with|give|be|fail with|throw|end in|result in|come back with)";
/** Matches a question about a call that was not made: `would a client without the role get a 403?`. */
const ASKED = new RegExp(
  `\\b(?:would|will|might)\\b[^.!?\\n]{1,120}?\\b${OUTCOME}\\b[^.!?\\n]{0,40}?\\b${STATUS}[^.!?\\n]{0,200}\\?`,
  "i",
);
/** Matches a question about a failure that did occur: `would anyone know why we get a 403?`. */
const OCCURRED =
  /\b(?:why|how come|reason|explain|anyone|anybody|someone|you (?:know|happen|have|be able)|I|we)\b/i;

/** Blanks out the statuses that a question only asks about, because no call has failed with them. */
export function withoutAsked(text: string): string {
  return text.includes("?")
    ? blankStatuses(text, (sentence) => ASKED.test(sentence) && !OCCURRED.test(sentence))
    : text;
}
