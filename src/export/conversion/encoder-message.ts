import type { ErrorCode } from "../../core/error-codes.ts";
import type { EncodingOptions, Format } from "../writers/formats.ts";
import type { EncodedChunk } from "./chunk.ts";

/** Everything that a worker needs to create the same encoder as this thread. */
export interface EncoderRecipe extends EncodingOptions {
  readonly format: Format;
  /** Name of the dataset. */
  readonly dataset: string;
  /** Dimensions that aggregates are grouped by. */
  readonly groupBy: readonly string[];
}

/** A worker's reply to a chunk. */
export type EncoderReply =
  | { readonly kind: "encoded"; readonly chunk: EncodedChunk }
  /** The fields of an AppError, which loses its class when it is sent to another thread. */
  | {
      readonly kind: "failed";
      readonly code: ErrorCode;
      readonly message: string;
      readonly hint: string | null;
      readonly cause: unknown;
    };
