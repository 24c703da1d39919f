import { reports } from "../assertion/asserted.ts";
import { OF_DATA_ACTIONS } from "./data-action-errors.ts";
import { OF_FLOWS } from "./flow-errors.ts";
import { OF_HIDDEN_OBJECTS } from "./hidden-objects.ts";
import type { KnownError } from "./known-error.ts";
import { OF_LOGINS } from "./login-errors.ts";
import { OF_THE_PLATFORM } from "./platform-errors.ts";
import { OF_PROGRAMS } from "./program-errors.ts";
import { OF_LISTINGS } from "./short-listings.ts";
import { OF_TERRAFORM } from "./terraform-errors.ts";

/** Errors recognized by their wording. The first match wins. */
const KNOWN_ERRORS: readonly KnownError[] = [
  ...OF_TERRAFORM,
  ...OF_DATA_ACTIONS,
  ...OF_THE_PLATFORM,
  ...OF_LISTINGS,
  ...OF_LOGINS,
  ...OF_FLOWS,
  ...OF_PROGRAMS,
  ...OF_HIDDEN_OBJECTS,
];

/** Returns the known error in text that contains no API response; null if none exists. */
export function findKnownError(words: string): KnownError | null {
  return (
    KNOWN_ERRORS.find(({ pattern, needs }) => needs?.test(words) !== false && reports(pattern, words)) ?? null
  );
}

/** Returns the known error that people report beside an API response; null if none exists. */
export function findErrorInWords(words: string): KnownError | null {
  return KNOWN_ERRORS.find(({ isAnswer, pattern }) => isAnswer && reports(pattern, words)) ?? null;
}

/** Returns the known error in the message of an API response; null if none exists. */
export function findErrorInAnswer(message: string): KnownError | null {
  return KNOWN_ERRORS.find(({ isAnswer, pattern }) => isAnswer && pattern.test(message)) ?? null;
}
