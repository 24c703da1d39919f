import { asArray, asRecord, asString } from "../../core/json.ts";
import { type Answer, ok } from "../answer.ts";
import { badRequest, bodyOf, type Exchange, refuse, visibleDivisions } from "../exchange.ts";
import { MALFORMED_BODY, NOT_FOUND, refusal } from "../refusal.ts";
import { ALL_DIVISIONS } from "../state/organization.ts";
import type { World } from "../world.ts";
import type { BatchItem, RecordingBatch } from "./batch.ts";
import { FILES, type Recording } from "./recording.ts";
import { signAddress } from "./signed-address.ts";
import { findRecordings, isVisibleKind } from "./visible-recordings.ts";

/**
 * Maximum number of recordings in a batch. The platform documents the maximum, but not the error code for a larger
 * batch.
 */
const MOST_RECORDINGS = 100;

/** Accepts a batch and returns 200 with its id. */
export function submitBatch(exchange: Exchange): Answer {
  const { world, caller } = exchange;
  const body = bodyOf(exchange);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  const wanted = asArray(body["batchDownloadRequestList"]).map(asRecord);
  if (wanted.length === 0) return badRequest(exchange, "batchDownloadRequestList is required");
  if (wanted.length > MOST_RECORDINGS) {
    return badRequest(exchange, `At most ${MOST_RECORDINGS} recordings may be requested`);
  }
  const batch: RecordingBatch = {
    id: world.sequence.uuid(),
    ownerId: caller.subjectId,
    items: wanted.flatMap((each) =>
      itemsOf(exchange, asString(each["conversationId"]) ?? "", asString(each["recordingId"])),
    ),
    polls: 0,
    finishedAtMs: null,
  };
  world.batches.set(batch.id, batch);
  return ok({ id: batch.id, selfUri: `/api/v2/recording/batchrequests/${batch.id}` });
}

/** Returns the state of a batch and the results so far. */
export function answerBatch(exchange: Exchange): Answer {
  const { world, match, caller, nowMs } = exchange;
  const batch = world.batches.get(match.parameters[0] ?? "");
  if (batch === undefined) return refuse(exchange, NOT_FOUND);
  if (batch.ownerId !== caller.subjectId) {
    return refuse(
      exchange,
      refusal(
        403,
        "batch.download.permission.denied",
        "Only user that initiated the job can request results",
      ),
    );
  }
  batch.polls += 1;
  const { items } = batch;
  const isFinished = batch.polls > world.settings.jobPolls;
  if (isFinished) batch.finishedAtMs ??= nowMs;
  const ready = isFinished ? items : items.slice(0, Math.floor(items.length / 2));
  return ok({
    id: batch.id,
    jobId: batch.id,
    expectedResultCount: items.length,
    resultCount: ready.length,
    errorCount: ready.filter(({ outcome }) => "error" in outcome).length,
    results: ready.map((item) => resultOf(world, item, batch.finishedAtMs ?? nowMs)),
    selfUri: `/api/v2/recording/batchrequests/${batch.id}`,
  });
}

function itemsOf(
  exchange: Exchange,
  conversationId: string,
  recordingId: string | null,
): readonly BatchItem[] {
  const found = findRecordings(exchange.world, conversationId);
  const wanted = found?.recordings.filter(({ id }) => recordingId === null || id === recordingId) ?? [];
  if (found === null || wanted.length === 0) {
    const outcome = { error: "Recording not found" };
    return [{ conversationId, recordingId: recordingId ?? "", outcome }];
  }
  const divisions = visibleDivisions(exchange, exchange.match.operation.permissions);
  const isHere = divisions === ALL_DIVISIONS || found.divisionIds.some((id) => divisions.has(id));
  return wanted.map((recording) => ({
    conversationId,
    recordingId: recording.id,
    outcome: isHere && isVisibleKind(exchange, recording) ? outcomeOf(recording) : { error: "Unauthorized" },
  }));
}

function outcomeOf({ id, media, fileState, isFailing }: Recording): BatchItem["outcome"] {
  if (isFailing) return { error: "Failed to process the recording" };
  if (fileState !== "AVAILABLE") return { error: `Recording is ${fileState.toLowerCase()}` };
  const { type, ending } = FILES[media];
  return { file: `${id}.${ending}`, contentType: type };
}

function resultOf(
  world: World,
  { conversationId, recordingId, outcome }: BatchItem,
  signedAtMs: number,
): Readonly<Record<string, string>> {
  if ("error" in outcome) return { conversationId, recordingId, errorMsg: outcome.error };
  const { file, contentType } = outcome;
  const expiresAtMs = signedAtMs + world.settings.recordingUrlSeconds * 1_000;
  return { conversationId, recordingId, contentType, resultUrl: signAddress(world, file, expiresAtMs) };
}
