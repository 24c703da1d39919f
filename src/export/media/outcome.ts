import { redactLine } from "../../core/redaction/redact-secrets.ts";
import { oneLine } from "../../core/text.ts";
import type { ApiError } from "../../platform/api/api-error.ts";
import type { MediaFile } from "./media-journal.ts";

/** Reasons of genscope's own why a record has no file; others are codes of the platform. */
export type MissingCode =
  /** The platform archived the file; only restoring it, a change, makes it available. */
  | "archived"
  | "deleted"
  /** The platform has not finished the file yet. */
  | "not_ready"
  /** The platform did not transcribe the communication, so it has no record either. */
  | "no_transcript"
  /** The batch reported an error for it. */
  | "batch_failed"
  /** The batch ended without a result for it. */
  | "no_result"
  /** The batch returned more than one file, which the list has no place for. */
  | "several_files"
  /** The host of the file refused several addresses. */
  | "address_refused"
  /** The address is not one that genscope opens. */
  | "unsafe_address"
  /** The file never arrived complete. */
  | "broken_file";

/** The file of a recording, or why it is missing. */
export type MediaOutcome = { readonly file: MediaFile } | { readonly code: string; readonly reason: string };

const FINAL: ReadonlySet<string> = new Set<MissingCode>(["archived", "deleted"]);

/** Returns whether a recording with this code will not have a file later either. */
export function isFinalCode(code: string): boolean {
  return FINAL.has(code);
}

/** Returns the outcome of a recording without a file. */
export function without(code: MissingCode, reason: string): MediaOutcome {
  return { code, reason };
}

/** The outcome of a communication that the platform did not transcribe. */
export const NO_TRANSCRIPT = without("no_transcript", "the platform has no transcript of it");

/** Codes of a 403 that every further request would get, too. */
const GENERAL_REFUSALS: ReadonlySet<string> = new Set([
  "missing.any.permissions",
  "missing.permissions",
  "app.not.authorized.for.scope",
  "authz.policy.denied",
]);

/** Returns whether a refusal concerns every request of its kind, not one conversation. */
export function isGeneralRefusal({ apiCode }: Pick<ApiError, "apiCode">): boolean {
  return GENERAL_REFUSALS.has(apiCode ?? "");
}

/** Returns the platform's code of a refusal. */
export function codeOfRefusal({ apiCode }: Pick<ApiError, "apiCode">): string {
  return apiCode ?? "forbidden";
}

/** Matches any address, because a signed one is a secret. */
const ADDRESS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>]+/gi;

/** Returns the text of a service without addresses and secrets. */
export function withoutAddresses(text: string): string {
  return oneLine(redactLine(text.replace(ADDRESS, "[address]")), 200);
}

/** States in which no batch returns the file. Others are unknown and are requested. */
const STATES: ReadonlyMap<string, MediaOutcome> = new Map([
  ["ARCHIVED", without("archived", "the platform archived the file")],
  ["DELETED", without("deleted", "the platform deleted the file")],
  ["UPLOADING", without("not_ready", "the platform is still storing the file")],
  ["RESTORING", without("not_ready", "the platform is restoring the file")],
]);

/** Returns why a recording in this state has no file; null when it can be requested. */
export function outcomeOfState(fileState: string | null): MediaOutcome | null {
  return STATES.get(fileState?.toUpperCase() ?? "") ?? null;
}
