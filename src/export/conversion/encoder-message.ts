import type { DatasetName } from "../../analytics/datasets/dataset.ts";
import type { ErrorCode } from "../../core/error-codes.ts";
import type { EncodingOptions, Format } from "../writers/formats.ts";
import type { EncodedChunk } from "./chunk.ts";

/** Everything that a worker needs to make the same encoder as this thread. */
export interface EncoderRecipe extends EncodingOptions {
  readonly format: Format;
  readonly dataset: DatasetName;
  /** Dimensions by which aggregates are grouped. */
  readonly groupBy: readonly string[];
}

/** Answer of a worker to a chunk. */
export type EncoderReply =
  | { readonly kind: "encoded"; readonly chunk: EncodedChunk }
  /** An AppError, which loses its class between threads. */
  | {
      readonly kind: "failed";
      readonly code: ErrorCode;
      readonly message: string;
      readonly hint: string | null;
      readonly cause: unknown;
    };
