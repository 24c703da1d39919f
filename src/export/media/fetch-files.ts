import type { FileOperations } from "../../analytics/datasets/file-operations.ts";
import { JobLost } from "../../analytics/jobs/job-lost.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import { runWorkerPool } from "../pool/worker-pool.ts";
import { type BatchPorts, type MediaAddress, requestAddresses, type WantedMedia } from "./batch.ts";
import { download } from "./download.ts";
import { mediaFileName } from "./file-name.ts";
import type { DownloadPorts } from "./media-ports.ts";
import type { MediaStore } from "./media-store.ts";
import { codeOfRefusal, type MediaOutcome, type MissingCode, without } from "./outcome.ts";
import { requestTranscriptAddresses } from "./transcript-addresses.ts";

export interface FileFetchOptions extends BatchPorts, DownloadPorts {
  readonly operations: FileOperations;
  readonly store: MediaStore;
  /** Whether a refused batch ends the export. */
  readonly failsOnForbidden: boolean;
  /** Called for the first refusal of each kind. */
  readonly onRefusal: (error: ApiError) => void;
  /** Called once for each file, after the file is renamed to its final name. */
  readonly onFile: (bytes: number) => void;
}

/**
 * Maximum number of batches in which a recording is requested. Each batch returns new addresses. They expire after 2 to
 * 60 minutes, depending on the organization's configuration.
 */
const MOST_ROUNDS = 4;
const DOWNLOADS_IN_PARALLEL = 4;

/**
 * Fetches files from the signed URLs that the platform returns for them.
 * @returns the outcome for each recording
 * @throws ApiError for a refusal that ends the export, and any error that stops all parts
 */
export async function fetchFiles(
  options: FileFetchOptions,
  wanted: readonly WantedMedia[],
): Promise<ReadonlyMap<string, MediaOutcome>> {
  const outcomes = new Map<string, MediaOutcome>();
  let rest = wanted;
  for (let round = 1; rest.length > 0 && round <= MOST_ROUNDS; round += 1) {
    const again: WantedMedia[] = [];
    for (let from = 0; from < rest.length; from += options.operations.largestBatch) {
      const batch = rest.slice(from, from + options.operations.largestBatch);
      appendAll(again, await fetchBatch(options, batch, { outcomes, isFirst: round === 1 }));
    }
    rest = again;
  }
  return outcomes;
}

/**
 * Fetches the files of one batch.
 * @returns the recordings for which another batch may help
 */
async function fetchBatch(
  options: FileFetchOptions,
  batch: readonly WantedMedia[],
  { outcomes, isFirst }: { readonly outcomes: Map<string, MediaOutcome>; readonly isFirst: boolean },
): Promise<readonly WantedMedia[]> {
  const addresses = await addressesOf(options, batch);
  const again: WantedMedia[] = [];
  const stopped = new AbortController();
  const signal = AbortSignal.any([options.signal, stopped.signal]);
  await runWorkerPool(
    batch,
    DOWNLOADS_IN_PARALLEL,
    async (wanted) => {
      const found = addresses.get(wanted.id) ?? without("no_result", "the batch omitted the recording");
      const { outcome, isWorthAnother } =
        "url" in found
          ? await fetchFile({ ...options, signal }, wanted, found)
          : { outcome: found, isWorthAnother: isFirst && isTemporary(found) };
      outcomes.set(wanted.id, outcome);
      if (isWorthAnother) again.push(wanted);
    },
    (reason) => stopped.abort(reason),
  );
  return again;
}

/** Requests the addresses of a batch. A refusal or a lost batch affects only its own recordings. */
async function addressesOf(
  options: FileFetchOptions,
  batch: readonly WantedMedia[],
): Promise<ReadonlyMap<string, MediaAddress | MediaOutcome>> {
  const { operations } = options;
  if (operations.kind === "transcripts") return await requestTranscriptAddresses(options, operations, batch);
  try {
    return await requestAddresses(options, operations, batch);
  } catch (error) {
    const outcome = outcomeOf(error, options);
    if (outcome === null) throw error;
    return new Map(batch.map(({ id }) => [id, outcome]));
  }
}

function outcomeOf(error: unknown, { failsOnForbidden, onRefusal }: FileFetchOptions): MediaOutcome | null {
  if (error instanceof JobLost) return without("no_result", error.message);
  if (!(error instanceof ApiError) || error.exit !== "denied" || failsOnForbidden) return null;
  onRefusal(error);
  return { code: codeOfRefusal(error), reason: error.message };
}

/** Codes of outcomes that another batch may change. */
const TEMPORARY: ReadonlySet<string> = new Set<MissingCode>(["no_result", "batch_failed"]);

/** Returns whether another batch may help. A failed batch is retried once; a refusal is not. */
function isTemporary(outcome: MediaOutcome): boolean {
  return !("file" in outcome) && TEMPORARY.has(outcome.code);
}

async function fetchFile(
  options: FileFetchOptions,
  { id }: WantedMedia,
  address: MediaAddress,
): Promise<{ readonly outcome: MediaOutcome; readonly isWorthAnother: boolean }> {
  const { store, onFile } = options;
  const found = await download(address.url, store.downloadPath(mediaFileName(id, "")), options);
  switch (found.kind) {
    case "refused": {
      const reason = `the file host returned ${found.status}`;
      return { outcome: without("address_refused", reason), isWorthAnother: found.status < 500 };
    }
    case "unsafe":
      return {
        outcome: without("unsafe_address", "the file's URL, or a redirect, is not https"),
        isWorthAnother: false,
      };
    case "broken":
      return {
        outcome: without("broken_file", "no download of the file was complete"),
        isWorthAnother: true,
      };
    case "file": {
      const contentType = address.contentType ?? found.contentType;
      const file = { id, name: mediaFileName(id, contentType), ...found.file, contentType };
      await store.place(file, mediaFileName(id, ""));
      onFile(file.bytes);
      return { outcome: { file }, isWorthAnother: false };
    }
  }
}
