import type { KnownError } from "./known-error.ts";
import { OF_THE_PLATFORM } from "./platform-errors.ts";
import { OF_PROGRAMS } from "./program-errors.ts";

/** The first match wins. */
const KNOWN_ERRORS: readonly KnownError[] = [...OF_THE_PLATFORM, ...OF_PROGRAMS];

/** Returns the known error in text without a response from the API; null if absent. */
export function findKnownError(words: string): KnownError | null {
  return KNOWN_ERRORS.find(({ pattern }) => pattern.test(words)) ?? null;
}

/** Returns the known error in the message of a response; null if absent. */
export function findErrorInAnswer(message: string): KnownError | null {
  return KNOWN_ERRORS.find(({ isAnswer, pattern }) => isAnswer && pattern.test(message)) ?? null;
}
