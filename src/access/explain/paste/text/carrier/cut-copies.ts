/**
 * Matches a line that a program truncated, and captures the part before the mark:
 * `{"message":"Unable to (truncated...)`.
 */
const CUT = /^(.{40,4000}?)\s?(?:\(truncated\.{3}\)|\[truncated\]|\.{3}|…)\s*$/;
/** Matches the mark at the end of a truncated line. */
const MARK = /(?:\(truncated\.{3}\)|\[truncated\]|\.{3}|…)\s*$/m;
const LONGEST_TEXT = 400_000;
/** Maximum number of truncated lines to complete, because each one is compared with every later line. */
const MOST_CUTS = 50;

/**
 * Replaces the truncated copy of a body with the whole body if a later line shows it, and removes that line. PHP's
 * Guzzle truncates the body in the message of its exception, and programs then print the body itself.
 */
export function withWholeCopies(text: string): string {
  if (text.length > LONGEST_TEXT || !MARK.test(text)) return text;
  const lines = text.split("\n");
  let cuts = 0;
  for (let index = 0; index < lines.length && cuts < MOST_CUTS; index += 1) {
    const [, start] = CUT.exec((lines[index] ?? "").slice(0, 5_000)) ?? [];
    if (start === undefined || !/^\s{0,8}[{[]/.test(start)) continue;
    cuts += 1;
    const later = lines.findIndex(
      (line, at) => at > index && line.length > start.length && line.startsWith(start),
    );
    if (later === -1) continue;
    lines[index] = lines[later] ?? "";
    lines.splice(later, 1);
  }
  return lines.join("\n");
}
