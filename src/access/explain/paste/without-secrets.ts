import { redactSecrets } from "../../../core/redaction/redact-secrets.ts";
import type { Failure } from "./failure.ts";

/**
 * Removes secrets that became visible only during parsing, because JSON in JSON or escaped field names hid them
 * before.
 */
export function withoutSecrets(failure: Failure): Failure {
  const { code, message, messageParams, contextId, headers } = failure;
  return {
    ...failure,
    code: code === null ? null : redactSecrets(code),
    message: message === null ? null : redactSecrets(message),
    messageParams: redactValues(messageParams),
    contextId: contextId === null ? null : redactSecrets(contextId),
    headers: redactValues(headers),
  };
}

function redactValues(record: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, redactSecrets(value)]));
}
