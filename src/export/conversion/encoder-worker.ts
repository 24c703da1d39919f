// Entry point of a worker thread that encodes chunks of spools. Each message is a chunk and gets one EncoderReply.
import { parentPort, workerData } from "node:worker_threads";
import { findDataset } from "../../analytics/datasets/datasets.ts";
import { flattenerOf } from "../../analytics/datasets/flattener-of.ts";
import { AppError } from "../../core/errors.ts";
import { FORMATS } from "../writers/formats.ts";
import type { Chunk } from "./chunk.ts";
import { openChunkEncoder } from "./chunk-encoder.ts";
import type { EncoderRecipe, EncoderReply } from "./encoder-message.ts";

const recipe = workerData as EncoderRecipe;
const { tables } = findDataset([recipe.dataset]);
const flattener = FORMATS[recipe.format].openTables === null ? null : await flattenerOf(tables, recipe);
// The signal is never aborted. On an interruption, the parent thread terminates this one.
const encode = await openChunkEncoder({ ...recipe, flattener }, new AbortController().signal);

async function reply(chunk: Chunk): Promise<EncoderReply> {
  try {
    return { kind: "encoded", chunk: await encode(chunk) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, hint, cause } = error;
    return { kind: "failed", code, message, hint, cause };
  }
}

parentPort?.on("message", async (chunk: Chunk) => {
  const answer = await reply(chunk);
  const buffers =
    answer.kind === "encoded"
      ? answer.chunk.tables.flatMap(({ bytes }) => bytes.map(({ buffer }) => buffer))
      : [];
  parentPort?.postMessage(answer, buffers);
});
