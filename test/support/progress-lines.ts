/**
 * Removes the progress lines that a command writes to a log after ten seconds. In tests of other behavior, only a
 * busy machine produces them.
 */
export function withoutProgress(stderr: string): string {
  return stderr.replace(
    /^(?:(?:waiting for the response|reading|looking up)\b.*|(?:\d+ of \d+ parts, )?[\d,]+ records?(?:, .*)?)\n/gm,
    "",
  );
}
