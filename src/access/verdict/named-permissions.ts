/** `at least one of the following permissions`: words of a message that lists alternatives. */
const ONE_OF = /\b(?:at least one|any(?: one)?|one) of the following\b/i;

/**
 * Whether one of the permissions that a refusal names suffices, according to its code or, without a code, its
 * message.
 */
export function isOneEnough({
  code,
  message,
}: {
  readonly code: string | null;
  readonly message: string | null;
}): boolean {
  return code === null ? ONE_OF.test(message ?? "") : code.includes(".any.");
}
