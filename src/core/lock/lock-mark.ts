import { asNumber, asRecord, asString, parseJson } from "../json.ts";
import type { ProcessMark } from "../processes.ts";

/** Content of a lock file: the process that holds the lock. */
export interface Mark extends ProcessMark {
  readonly nonce: string;
}

/** Digits of the heartbeat. Every beat has the same length and replaces the previous one in place. */
const BEAT_DIGITS = 12;

/** Text of a lock file after `beat` heartbeats. */
export function formatMark(mark: Mark, beat: number): string {
  return `${JSON.stringify({ version: 2, ...mark, beat: String(beat).padStart(BEAT_DIGITS, "0") })}\n`;
}

/** Returns null for text that names no holder, for example while the file is being written. */
export function parseMark(text: string): Mark | null {
  const fields = asRecord(parseJson(text));
  const pid = asNumber(fields["pid"]);
  const host = asString(fields["host"]);
  const nonce = asString(fields["nonce"]);
  if (pid === null || host === null || nonce === null) return null;
  return { pid, host, nonce, realm: asString(fields["realm"]), start: asString(fields["start"]) };
}
