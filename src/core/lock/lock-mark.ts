import { asNumber, asRecord, asString, parseJson } from "../json.ts";
import type { ProcessMark } from "../processes.ts";

/** Content of a lock file, which identifies the process that holds the lock. */
export interface Mark extends ProcessMark {
  readonly nonce: string;
}

/**
 * Number of digits of a heartbeat. All heartbeats have the same length, so that each one overwrites the previous
 * one.
 */
const BEAT_DIGITS = 12;

/** Returns the text of a lock file after `beat` heartbeats. */
export function formatMark(mark: Mark, beat: number): string {
  return `${JSON.stringify({ version: 2, ...mark, beat: String(beat).padStart(BEAT_DIGITS, "0") })}\n`;
}

/** Parses a lock file. Null for text that names no holder, for example because the file is still being written. */
export function parseMark(text: string): Mark | null {
  const fields = asRecord(parseJson(text));
  const pid = asNumber(fields["pid"]);
  const host = asString(fields["host"]);
  const nonce = asString(fields["nonce"]);
  if (pid === null || host === null || nonce === null) return null;
  return { pid, host, nonce, realm: asString(fields["realm"]), start: asString(fields["start"]) };
}
