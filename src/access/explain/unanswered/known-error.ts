import type { Layer, Remedy } from "../../verdict/verdict.ts";

/** An error whose words reveal the cause, whether or not they are part of a response from the platform. */
export interface KnownError {
  readonly pattern: RegExp;
  /** Whether a response from the API can contain the words, as for a data action. */
  readonly isAnswer: boolean;
  readonly layer: Layer;
  /** One sentence without a full stop. */
  readonly meaning: string;
  readonly remedies: readonly Remedy[];
}
