/**
 * Removes the lines of progress that a command writes to a log after ten seconds. Only a busy machine shows them in tests
 * of anything else.
 */
export function withoutProgress(stderr: string): string {
  return stderr.replace(
    /^(?:(?:waiting for the response|reading|looking up)\b.*|(?:\d+ of \d+ parts, )?[\d,]+ records?(?:, .*)?)\n/gm,
    "",
  );
}
