import type { Layer, Remedy } from "../../verdict/verdict.ts";

/** An error whose words show the cause, whether or not an answer of the platform carries them. */
export interface KnownError {
  readonly pattern: RegExp;
  /** Whether an answer of the API can carry the words, as it does for a data action. */
  readonly isAnswer: boolean;
  readonly layer: Layer;
  /** One sentence without a full stop. */
  readonly meaning: string;
  readonly remedies: readonly Remedy[];
}
