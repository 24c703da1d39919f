import type { Operation } from "../../catalogue/facts/operation.ts";
import { oneLine } from "../../core/text.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { type Finding, NOTHING_REFUSED } from "./finding.ts";
import { toName } from "./finding-parts.ts";
import type { Failure } from "./paste/failure.ts";
import { describeCall } from "./summary.ts";

const LIST_FAILED: Remedy = {
  kind: "none",
  summary: "list the recordings that failed, which needs permission `recording:job:view`",
  command: "genscope query GET /api/v2/recording/jobs/JOB_ID/failedrecordings",
};
const START: Remedy = {
  kind: "none",
  summary:
    "a job that stays READY was not started: `PUT /api/v2/recording/jobs/{jobId}` with state `PROCESSING` starts it",
};
const READ_ENTRIES: Remedy = {
  kind: "none",
  summary:
    "read each entry's `errorMsg`: download the entries that have none, and request the others again in a new batch",
};

/** Explains a job in which some recordings failed. The requests around it succeeded, so nothing was refused. */
export function explainPartialJob(
  { message, messageParams, request }: Failure,
  operation: Operation | null,
  about: Pick<Finding, "request"> & { readonly ids: readonly string[] },
): Finding | null {
  const failed = messageParams["failed"];
  if (failed === undefined) return null;
  const { state, total } = messageParams;
  const of = operation === null && about.request === null ? "" : ` of ${describeCall(operation, request)}`;
  const count = total === undefined ? failed : `${failed} of ${total}`;
  return {
    ...NOTHING_REFUSED,
    layer: "unknown",
    operation: operation === null ? null : toName(operation),
    summary: `the job${of} ${state === undefined ? "ended" : `is ${state}`}, and ${count} recordings in it failed: the call itself succeeded, and the counts do not show why they failed`,
    claims: [],
    message: message === null ? null : oneLine(message),
    request: about.request,
    remedies:
      state === undefined && total !== undefined
        ? [READ_ENTRIES]
        : [LIST_FAILED, ...(state === "READY" ? [START] : [])],
    correlationId: about.ids[0] ?? null,
    correlationIds: about.ids,
  };
}
