import { type Answer, ok } from "../answer.ts";
import { type Exchange, type Handler, refuse, visibleDivisions } from "../exchange.ts";
import { answerBatch, submitBatch } from "../recordings/batch-requests.ts";
import { metadataOf } from "../recordings/recording.ts";
import { findRecordings, isVisibleKind } from "../recordings/visible-recordings.ts";
import { NOT_FOUND, refusal } from "../refusal.ts";
import { ALL_DIVISIONS } from "../state/organization.ts";

/** Operations that return the metadata of a conversation's recordings, and batches of signed URLs. */
export const RECORDING_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/conversations/{conversationId}/recordingmetadata": listMetadata,
  "POST /api/v2/recording/batchrequests": submitBatch,
  "GET /api/v2/recording/batchrequests/{jobId}": answerBatch,
  "GET /api/v2/recording/settings": ({ world }) =>
    ok({
      maxSimultaneousStreams: 2,
      recordingBatchDownloadUrlTtl: Math.ceil(world.settings.recordingUrlSeconds / 60),
    }),
};

function listMetadata(exchange: Exchange): Answer {
  const found = findRecordings(exchange.world, exchange.match.parameters[0] ?? "");
  if (found === null) return refuse(exchange, NOT_FOUND);
  const divisions = visibleDivisions(exchange, exchange.match.operation.permissions);
  if (divisions !== ALL_DIVISIONS && !found.divisionIds.some((id) => divisions.has(id))) {
    return refuse(
      exchange,
      refusal(
        403,
        "recording.recording.view.permission.check.failed",
        "Request forbidden due to recording view permissions check failing.",
      ),
    );
  }
  return ok(found.recordings.filter((each) => isVisibleKind(exchange, each)).map(metadataOf));
}
