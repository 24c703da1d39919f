/** Matches a line that its program cut, with what remains of it: `{"message":"Unable to (truncated...)`. */
const CUT = /^(.{40,4000}?)\s?(?:\(truncated\.{3}\)|\[truncated\]|\.{3}|…)\s*$/;
/** Matches the mark at the end of a cut line. */
const MARK = /(?:\(truncated\.{3}\)|\[truncated\]|\.{3}|…)\s*$/m;
const LONGEST_TEXT = 400_000;
/** Maximum number of cut lines to complete, because each one is compared with every later line. */
const MOST_CUTS = 50;

/**
 * Replaces the cut copy of a body with the whole body if a later line shows it: PHP's Guzzle cuts the body in the
 * message of its exception, and programs then print the body itself. Removes the later line.
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
