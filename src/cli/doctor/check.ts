import { AppError } from "../../core/errors.ts";
import type { ExitName } from "../../core/exit-codes.ts";

/** Every check, in the order in which they are shown: what others depend on comes first. */
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

/** From the least to the most serious. */
export const CHECK_STATUSES = ["skipped", "ok", "warning", "failed"] as const;

export type CheckStatus = (typeof CHECK_STATUSES)[number];

/** What was observed, in a form that a program can read; never a secret. */
export interface Facts {
  readonly [name: string]: Fact;
}

export type Fact = string | number | boolean | null | readonly Fact[] | Facts;

/** One check as it is shown. */
export interface Check {
  readonly name: CheckName;
  readonly status: CheckStatus;
  readonly summary: string;
  /** What to do about it; null when there is nothing to do. */
  readonly hint: string | null;
  readonly facts: Facts;
}

/** What a check found, before it has its name. */
export interface Finding extends Omit<Check, "name"> {
  /** How the commands end that need what failed; `ok` unless it failed. */
  readonly exit: ExitName;
}

export function passed(summary: string, facts: Facts = {}): Finding {
  return { status: "ok", summary, hint: null, facts, exit: "ok" };
}

export function skipped(summary: string, hint: string | null = null, facts: Facts = {}): Finding {
  return { status: "skipped", summary, hint, facts, exit: "ok" };
}

export function warned(summary: string, hint: string | null, facts: Facts = {}): Finding {
  return { status: "warning", summary, hint, facts, exit: "ok" };
}

export function failed(exit: ExitName, summary: string, hint: string | null, facts: Facts = {}): Finding {
  return { status: "failed", summary, hint, facts, exit };
}

/**
 * The finding for what a command would have failed with.
 * @throws the error itself when it is none of the environment's: an interruption, a fault of ours
 */
export function failedBy(error: unknown, facts: Facts = {}): Finding {
  if (!(error instanceof AppError) || error.exit === "interrupted") throw error;
  return failed(error.exit, error.message, error.hint, { ...facts, code: error.code });
}
