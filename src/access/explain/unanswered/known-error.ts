import type { Layer, Remedy } from "../../verdict/verdict.ts";

/** An error that is recognized by its wording, whether or not it is part of a platform response. */
export interface KnownError {
  readonly pattern: RegExp;
  /** Whether an API response can contain this error, as in a failed data action. */
  readonly isAnswer: boolean;
  readonly layer: Layer;
  /** One sentence without a final period. */
  readonly meaning: string;
  readonly remedies: readonly Remedy[];
}
