import { redactLine } from "../../core/redaction/redact-secrets.ts";
import { oneLine } from "../../core/text.ts";
import type { ApiError } from "../../platform/api/api-error.ts";
import type { MediaFile } from "./media-journal.ts";

/** genscope's own reasons why a record has no file; all others are codes of the platform. */
export type MissingCode =
  /** The platform archived the file. It would have to be restored first, which genscope never requests. */
  | "archived"
  | "deleted"
  /** The platform has not finished the file yet. */
  | "not_ready"
  /** The platform did not transcribe the communication. The export then contains no record for it. */
  | "no_transcript"
  /** The batch reported an error for the record. */
  | "batch_failed"
  /** The batch ended without a result for the record. */
  | "no_result"
  /** The batch returned several files, but the list has a single column for the file. */
  | "several_files"
  /** The host of the file refused several addresses. */
  | "address_refused"
  /** The address is one that genscope does not open. */
  | "unsafe_address"
  /** The file never arrived complete. */
  | "broken_file";

/** The file of a recording, or why it is missing. */
export type MediaOutcome = { readonly file: MediaFile } | { readonly code: string; readonly reason: string };

const FINAL: ReadonlySet<string> = new Set<MissingCode>(["archived", "deleted"]);

/** Returns whether a recording with this code will never have a file. */
export function isFinalCode(code: string): boolean {
  return FINAL.has(code);
}

/** Returns the outcome of a recording without a file. */
export function without(code: MissingCode, reason: string): MediaOutcome {
  return { code, reason };
}

/** The outcome of a communication that the platform did not transcribe. */
export const NO_TRANSCRIPT = without("no_transcript", "the platform has no transcript of this communication");

/** Codes of a 403 that would also refuse every later request of the same kind. */
const GENERAL_REFUSALS: ReadonlySet<string> = new Set([
  "missing.any.permissions",
  "missing.permissions",
  "app.not.authorized.for.scope",
  "authz.policy.denied",
]);

/** Returns whether a refusal affects every request of its kind and not just one conversation. */
export function isGeneralRefusal({ apiCode }: Pick<ApiError, "apiCode">): boolean {
  return GENERAL_REFUSALS.has(apiCode ?? "");
}

/** Returns the platform's code of a refusal. */
export function codeOfRefusal({ apiCode }: Pick<ApiError, "apiCode">): string {
  return apiCode ?? "forbidden";
}

/** Matches any URL, because a signed one is a secret. */
const ADDRESS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>]+/gi;

/** Removes addresses and secrets from text that the service sent. */
export function withoutAddresses(text: string): string {
  return oneLine(redactLine(text.replace(ADDRESS, "[address]")), 200);
}

/** States of a recording for which no batch returns a file. Files of recordings in any other state are requested. */
const STATES: ReadonlyMap<string, MediaOutcome> = new Map([
  ["ARCHIVED", without("archived", "the platform archived the file")],
  ["DELETED", without("deleted", "the platform deleted the file")],
  ["UPLOADING", without("not_ready", "the platform is still storing the file")],
  ["RESTORING", without("not_ready", "the platform is restoring the file")],
]);

/** Returns why a recording in this state has no file; null when its file can be requested. */
export function outcomeOfState(fileState: string | null): MediaOutcome | null {
  return STATES.get(fileState?.toUpperCase() ?? "") ?? null;
}
