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

/** Matches a sentence that withdraws a report: `please ignore my message about the 403`. */
const WITHDRAWN =
  /\b(?:ignore|disregard|forget)\b[^.!?\n]{0,60}\b(?:message|post|question|comment|mail|report|ticket|about)\b/i;

/** Blanks out the statuses that a question only asks about or that the author withdraws. */
export function withoutAsked(text: string): string {
  return blankStatuses(
    text,
    (sentence) => (ASKED.test(sentence) && !OCCURRED.test(sentence)) || WITHDRAWN.test(sentence),
  );
}
