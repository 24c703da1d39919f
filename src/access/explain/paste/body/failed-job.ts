import { asRecord, asString, type JsonRecord } from "../../../../core/json.ts";
import { type Failure, NO_FAILURE_DETAILS } from "../failure.ts";
import { textOf } from "./field-names.ts";

/** Fields that distinguish the state of an asynchronous job from the state of a conversation or campaign. */
const JOB_FIELDS = [
  "errorMessage",
  "errorDetails",
  "errorInformation",
  "submissionDate",
  "completionDate",
  "expirationDate",
  "jobId",
  "executionId",
] as const;

/**
 * Parses the state of an asynchronous job without a result (`AsyncQueryStatus`). The service reports such a state with
 * 200. Null for any other record.
 */
export function readFailedJob(record: JsonRecord): Failure | null {
  if (isFailedOperation(record)) {
    return { ...NO_FAILURE_DETAILS, form: "job", messageParams: { state: "ERROR" } };
  }
  const [, state] = /^(FAILED|EXPIRED|CANCELL?ED)$/i.exec(asString(record["state"]) ?? "") ?? [];
  if (state === undefined) return null;
  if (!JOB_FIELDS.some((name) => record[name] !== undefined)) return null;
  const details = asRecord(record["errorDetails"] ?? record["errorInformation"]);
  return {
    ...NO_FAILURE_DETAILS,
    form: "job",
    messageParams: { state: state.toUpperCase() },
    code: textOf(details, "code"),
    message: asString(record["errorMessage"]) ?? textOf(details, "message"),
    contextId: textOf(details, "contextId"),
  };
}

/**
 * Whether a record is a workforce management notification about an operation that was accepted but failed later.
 */
function isFailedOperation(record: JsonRecord): boolean {
  return (
    record["status"] === "Error" &&
    /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(asString(record["operationId"]) ?? "") &&
    asString(record["eventType"]) !== null
  );
}
