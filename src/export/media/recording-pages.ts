import type { FileOperations, RecordingOperations } from "../../analytics/datasets/file-operations.ts";
import type { Interval } from "../../analytics/interval.ts";
import { asString, type JsonRecord } from "../../core/json.ts";
import { pathSegment } from "../../core/text.ts";
import type { Api, ApiRequest } from "../../platform/api/api.ts";
import { requireJson } from "../../platform/api/api-client.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import { BrokenPage } from "../page/page-scanner.ts";
import { readWholePage } from "../page/record-texts.ts";
import { recordsOfList } from "../page/records-of-list.ts";
import { runWorkerPool } from "../pool/worker-pool.ts";
import { communicationsOf } from "./communications.ts";
import { type FileFetchOptions, fetchFiles } from "./fetch-files.ts";
import { isOfKind, RECORDINGS_KEY, type RecordingKind } from "./kind.ts";
import {
  codeOfRefusal,
  isGeneralRefusal,
  type MediaOutcome,
  NO_TRANSCRIPT,
  outcomeOfState,
} from "./outcome.ts";
import { pageStream } from "./page-stream.ts";

export interface RecordingPagesOptions extends FileFetchOptions {
  readonly operations: FileOperations;
  /** Name of the field that contains the conversations in a page. */
  readonly conversationsKey: string;
  /** Interval of the part. Conversations that began outside it belong to other parts. */
  readonly interval: Interval | null;
  /** Kinds of media that are wanted; null for all. */
  readonly kinds: readonly RecordingKind[] | null;
  /** Whether to fetch the files or only list them. */
  readonly hasFiles: boolean;
  /** Directory of the part's files, relative to the export directory, with forward slashes. */
  readonly mediaPath: string;
}

const REQUESTS_IN_PARALLEL = 4;

/**
 * Returns pages with recordings or transcripts instead of conversations. A page is returned only when the files
 * of all its records are stored, so the checkpoint after the page covers them too.
 */
export function recordingPages(options: RecordingPagesOptions): Pick<Api, "stream"> {
  return {
    stream: async (request) => {
      const answer = await options.api.stream(request);
      const page = await readWholePage(answer.body, options.conversationsKey);
      const records = await recordingsOf(options, page.records.filter(beginsIn(options)));
      return pageStream({ [RECORDINGS_KEY]: records, ...page.fields }, answer);
    },
  };
}

/** Returns whether a conversation began in the part. @throws BrokenPage for a conversation without an id */
function beginsIn({ interval }: Pick<RecordingPagesOptions, "interval">): (item: JsonRecord) => boolean {
  return ({ conversationId, conversationStart }) => {
    if (asString(conversationId) === null) throw new BrokenPage("a conversation has no id");
    const startMs = Date.parse(asString(conversationStart) ?? "");
    return interval === null || !(startMs < interval.startMs || startMs >= interval.endMs);
  };
}

async function recordingsOf(
  options: RecordingPagesOptions,
  conversations: readonly JsonRecord[],
): Promise<readonly JsonRecord[]> {
  const { operations } = options;
  const records =
    operations.kind === "transcripts"
      ? conversations.flatMap(communicationsOf)
      : await listRecordings({ ...options, operations }, conversations);
  const outcomes = options.hasFiles ? await outcomesOf(options, records) : new Map<string, MediaOutcome>();
  return records
    .map((record) => ({ record, outcome: outcomes.get(asString(record[operations.idField]) ?? "") }))
    .filter(({ outcome }) => outcome !== NO_TRANSCRIPT)
    .map(({ record, outcome }) => withOutcome(record, outcome, options));
}

/** Settings for recordings, which are listed per conversation. */
type RecordingListOptions = RecordingPagesOptions & { readonly operations: RecordingOperations };

async function listRecordings(
  options: RecordingListOptions,
  conversations: readonly JsonRecord[],
): Promise<readonly JsonRecord[]> {
  const ids = conversations.map(({ conversationId }) => String(conversationId));
  const lists = new Map<string, readonly JsonRecord[]>();
  const stopped = new AbortController();
  const signal = AbortSignal.any([options.signal, stopped.signal]);
  await runWorkerPool(
    ids,
    REQUESTS_IN_PARALLEL,
    async (id) => {
      lists.set(id, await metadataOf({ ...options, signal }, id));
    },
    (reason) => stopped.abort(reason),
  );
  return ids.flatMap((id) => lists.get(id) ?? []);
}

/** Returns the metadata of a conversation's recordings, or a record that describes the refusal. */
async function metadataOf(
  options: RecordingListOptions,
  conversationId: string,
): Promise<readonly JsonRecord[]> {
  const { api, operations, signal, kinds } = options;
  const path = operations.metadataPath.replace("{conversationId}", pathSegment(conversationId));
  const request: ApiRequest = { method: "GET", path, signal };
  const answer = await api.send(request);
  // A conversation may exist only in analytics, and then it has no recordings.
  if (answer.status === 404) return [];
  try {
    const list = requireJson(request, answer, api.region);
    if (!Array.isArray(list)) throw notAList(operations);
    return recordsOfList(list, "recordings")
      .filter(({ media }) => isOfKind(asString(media), kinds))
      .map((record) => ({ conversationId, ...record }));
  } catch (error) {
    if (!(error instanceof ApiError) || error.exit !== "denied") throw error;
    if (options.failsOnForbidden || isGeneralRefusal(error)) throw error;
    options.onRefusal(error);
    const downloadReason = "the platform refused the list of this conversation";
    return [{ conversationId, downloadCode: codeOfRefusal(error), downloadReason }];
  }
}

function notAList({ metadataPath }: RecordingOperations): BrokenPage {
  return new BrokenPage(`\`GET ${metadataPath}\` did not return a list`);
}

/** Returns the outcome for each recording, after fetching the available files that are still missing. */
async function outcomesOf(
  options: RecordingPagesOptions,
  records: readonly JsonRecord[],
): Promise<ReadonlyMap<string, MediaOutcome>> {
  const outcomes = new Map<string, MediaOutcome>();
  const wanted = new Map<string, { readonly id: string; readonly conversationId: string }>();
  for (const record of records) {
    const id = asString(record[options.operations.idField]);
    if (id === null) continue;
    // A file from an earlier run is kept, even if the platform has since archived or deleted the recording.
    const file = await options.store.find(id);
    const outcome = file === null ? outcomeOfState(asString(record["fileState"])) : { file };
    if (outcome === null) wanted.set(id, { id, conversationId: String(record["conversationId"]) });
    else outcomes.set(id, outcome);
  }
  for (const [id, outcome] of await fetchFiles(options, [...wanted.values()])) outcomes.set(id, outcome);
  return outcomes;
}

function withOutcome(
  record: JsonRecord,
  outcome: MediaOutcome | undefined,
  { mediaPath }: Pick<RecordingPagesOptions, "mediaPath">,
): JsonRecord {
  if (outcome === undefined) return record;
  if (!("file" in outcome)) {
    const { code: downloadCode, reason: downloadReason } = outcome;
    return { ...record, downloadCode, downloadReason };
  }
  const { name, bytes, sha256, contentType } = outcome.file;
  return {
    ...record,
    downloadPath: `${mediaPath}/${name}`,
    downloadBytes: bytes,
    downloadSha256: sha256,
    ...(contentType === null ? {} : { downloadContentType: contentType }),
  };
}
