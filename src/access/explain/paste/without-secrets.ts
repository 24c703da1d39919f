import { redactSecrets } from "../../../core/redaction/redact-secrets.ts";
import type { Failure } from "./failure.ts";

/**
 * Removes secrets that became visible only while the failure was read, because JSON in JSON and escaped names
 * hide them in the text.
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
