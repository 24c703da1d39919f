import type { Failure } from "../failure.ts";

const JOB_STATE = /\b(EXPIRED|FAILED|CANCELL?ED)\b/;
/** `export job 12 status=FAILED`: the state of a job whose poll the text does not show. */
const STATE_OF_JOB =
  /\bjob\b[^\n]{0,80}\b(?:status|state)\b["']?\s{0,3}(?:[:=]|is|was)?\s{0,3}["']?(EXPIRED|FAILED|CANCELL?ED)\b/i;
/** `reason="INTERNAL_ERROR"`: the reason as a code in capitals. */
const JOB_REASON =
  /\b(?:reason|error(?:[_ ]?code)?)["']?\s{0,3}[:=]\s{0,3}["']?([A-Z]{2,30}(?:_[A-Z]{2,30}){1,6})\b/;

/** `errorMessage=The query timed out`: the reason in words. */
const JOB_MESSAGE = /\berror[_ ]?message["']?\s{0,3}[:=]\s{0,3}["']?([^"'|\n]{3,300})/i;

/** Whether the text reports the state of a failed job. */
export function saysJobState(text: string): boolean {
  return STATE_OF_JOB.test(text);
}

/** Returns the job state that running text reports from a poll; null if absent. */
export function readJobState(words: string, around: Failure): Failure | null {
  if (around.status !== null && around.status >= 400) return null;
  const isPoll = /\/jobs(?:\/|$)/.test(around.request?.path ?? "");
  const [, state] = (isPoll ? JOB_STATE : STATE_OF_JOB).exec(words) ?? [];
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
