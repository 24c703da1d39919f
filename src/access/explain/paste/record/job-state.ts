import { findReported } from "../../assertion/asserted.ts";
import type { Failure } from "../failure.ts";

const JOB_STATE = /\b(EXPIRED|FAILED|CANCELL?ED)\b/;
/** Matches the state of a job in text that does not show the request for it: `export job 12 status=FAILED`. */
const STATE_OF_JOB =
  /\bjob\b[^\n]{0,80}\b(?:status|state)\b["']?\s{0,3}(?:[:=]|is|was)?\s{0,3}["']?(EXPIRED|FAILED|CANCELL?ED)\b/i;
/** Matches the reason as a code in capitals: `reason="INTERNAL_ERROR"`. */
const JOB_REASON =
  /\b(?:reason|error(?:[_ ]?code)?)["']?\s{0,3}[:=]\s{0,3}["']?([A-Z]{2,30}(?:_[A-Z]{2,30}){1,6})\b/;

/** Matches the reason in words: `errorMessage=The query timed out`. */
const JOB_MESSAGE = /\berror[_ ]?message["']?\s{0,3}[:=]\s{0,3}["']?([^"'|\n]{3,300})/i;

/** Whether the text reports the state of a failed job. */
export function saysJobState(text: string): boolean {
  return STATE_OF_JOB.test(text);
}

/** Returns the failed job whose state the text reports; null if none exists. */
export function readJobState(words: string, around: Failure): Failure | null {
  if (around.status !== null && around.status >= 400) return null;
  const isPoll = /\/jobs(?:\/|$)/.test(around.request?.path ?? "");
  const [, state] = findReported(isPoll ? JOB_STATE : STATE_OF_JOB, words) ?? [];
  if (state === undefined) return null;
  const [, code = null] = JOB_REASON.exec(words) ?? [];
  const [, told = null] = JOB_MESSAGE.exec(words) ?? [];
  return {
    ...around,
    form: "job",
    status: null,
    code: around.code ?? code,
    message: around.message ?? told,
    messageParams: { state },
  };
}
