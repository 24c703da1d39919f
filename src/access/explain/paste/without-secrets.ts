import { redactSecrets } from "../redaction.ts";
import type { Failure } from "./failure.ts";

/**
 * The failure without the secrets that only reading it brought to light: JSON in JSON and escaped names hide them from
 * a look at the text.
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
