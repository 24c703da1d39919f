import { AppError } from "../../core/errors.ts";
import type { ExitName } from "../../core/exit-codes.ts";

/** Names of all checks in display order: a check precedes those that depend on it. */
export const CHECK_NAMES = [
  "node",
  "settings",
  "config-directory",
  "catalogue",
  "keychain",
  "encrypted-file",
  "proxy",
  "certificates",
  "dns",
  "tls",
  "reachability",
  "clock",
] as const;

export type CheckName = (typeof CHECK_NAMES)[number];

/** Statuses of a check, least serious first. */
export const CHECK_STATUSES = ["skipped", "ok", "warning", "failed"] as const;

export type CheckStatus = (typeof CHECK_STATUSES)[number];

/** Observations in machine-readable form; never a secret. */
export interface Facts {
  readonly [name: string]: FactValue;
}

export type FactValue = string | number | boolean | null | readonly FactValue[] | Facts;

/** One check as shown to a person. */
export interface Check {
  readonly name: CheckName;
  readonly status: CheckStatus;
  readonly summary: string;
  /** The fix; null when there is nothing to do. */
  readonly hint: string | null;
  readonly facts: Facts;
}

/** The result of a check, without the check's name. */
export interface CheckResult extends Omit<Check, "name"> {
  /** The exit code of the commands that the failure affects; `ok` unless the check failed. */
  readonly exit: ExitName;
}

export function passed(summary: string, facts: Facts = {}): CheckResult {
  return { status: "ok", summary, hint: null, facts, exit: "ok" };
}

export function skipped(summary: string, hint: string | null = null, facts: Facts = {}): CheckResult {
  return { status: "skipped", summary, hint, facts, exit: "ok" };
}

export function warned(summary: string, hint: string | null, facts: Facts = {}): CheckResult {
  return { status: "warning", summary, hint, facts, exit: "ok" };
}

export function failed(exit: ExitName, summary: string, hint: string | null, facts: Facts = {}): CheckResult {
  return { status: "failed", summary, hint, facts, exit };
}

/**
 * Returns the result for an error that would make a command fail.
 * @throws the error itself when the environment did not cause it: an interruption or a bug
 */
export function failedBy(error: unknown, facts: Facts = {}): CheckResult {
  if (!(error instanceof AppError) || error.exit === "interrupted") throw error;
  return failed(error.exit, error.message, error.hint, { ...facts, code: error.code });
}
