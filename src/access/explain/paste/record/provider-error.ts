import { asNumber, asRecord, asString } from "../../../../core/json.ts";
import { readRecordRequest } from "../body/record-request.ts";
import { type Failure, NO_FAILURE_DETAILS } from "../failure.ts";
import type { MaskedPart } from "./masked-text.ts";

const ERROR = /\bError: ([^\n\ue000]{5,400})/;
/** Matches a code in capitals: `due to CONTACT_COLUMNS_LIMIT_EXCEEDED`. */
const CODE = /\b([A-Z][A-Z\d]{1,20}(?:_[A-Z\d]{1,20}){1,8})\b/;

/**
 * Recognizes a Terraform error about a call that succeeded but whose response reports that the requested work failed.
 * Null for any other record.
 */
export function readProviderError(text: string, parts: readonly MaskedPart[]): Failure | null {
  const [, told] = ERROR.exec(text) ?? [];
  const detail = parts
    .map(({ value }) => asRecord(value))
    .find(
      ({ resourceType, statusCode }) =>
        asString(resourceType) !== null && (asNumber(statusCode) ?? 400) < 400,
    );
  if (told === undefined || detail === undefined) return null;
  const [, code = null] = CODE.exec(told) ?? [];
  return {
    ...NO_FAILURE_DETAILS,
    form: "job",
    code,
    message: told.trim(),
    request: readRecordRequest(detail),
    contextId: asString(detail["correlationId"]),
  };
}
