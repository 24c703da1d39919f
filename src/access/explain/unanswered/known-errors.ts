import type { KnownError } from "./known-error.ts";
import { OF_THE_PLATFORM } from "./platform-errors.ts";
import { OF_PROGRAMS } from "./program-errors.ts";

/** The first that fits counts. */
const KNOWN_ERRORS: readonly KnownError[] = [...OF_THE_PLATFORM, ...OF_PROGRAMS];

/** Returns the error that a text without an answer of the API shows; null when it shows none. */
export function findKnownError(words: string): KnownError | null {
  return KNOWN_ERRORS.find(({ pattern }) => pattern.test(words)) ?? null;
}

/** Returns the error that the message of an answer shows; null when it shows none. */
export function findErrorInAnswer(message: string): KnownError | null {
  return KNOWN_ERRORS.find(({ isAnswer, pattern }) => isAnswer && pattern.test(message)) ?? null;
}
