import type { Layer, Remedy } from "../../verdict/verdict.ts";

/** An error that is recognized by its wording, whether or not it is part of a platform response. */
export interface KnownError {
  readonly pattern: RegExp;
  /** A pattern that the text around the error must match, for wording that other programs use as well. */
  readonly needs?: RegExp;
  /** Whether an API response can contain this error, as in a failed data action. */
  readonly isAnswer: boolean;
  readonly layer: Layer;
  /** One sentence without a final period. */
  readonly meaning: string;
  /** The next steps. A function fills in an id from the text. */
  readonly remedies: readonly Remedy[] | ((text: string) => readonly Remedy[]);
}

/** Returns the remedies for a known error that the text contains. */
export function remediesOfKnown({ remedies }: KnownError, text: string): readonly Remedy[] {
  return typeof remedies === "function" ? remedies(text) : remedies;
}
