/** Matches the words that introduce alternatives in a message: `at least one of the following permissions`. */
const ONE_OF = /\b(?:at least one|any(?: one)?|one) of the following\b/i;

/**
 * Whether one of the permissions in a refusal is enough, according to its code, or to its message if it has no
 * code.
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
