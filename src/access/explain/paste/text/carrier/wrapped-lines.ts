/** Widths of terminals. A shorter line does not fill one, and a longer one does not come from a terminal. */
const NARROWEST = 60;
const WIDEST = 320;
/** Matches a URL or a path of the API that the end of a line may have cut off. */
const OPEN_URL = /(?:https?:\/\/|\/api\/)[^\s"'<>]{0,400}$/;
/** Matches text that can continue a URL; a line that begins with a time, a level or a label begins a new message. */
const REST_OF_URL = /^(?!\d{4}-\d\d-\d\d|\d\d:\d\d|[A-Z]{4,8}\b|[A-Z][\w -]{1,30}:(?:\s|$))[\w/?&=%.-]/;

/**
 * Joins lines that a terminal broke at its width, within words and without a space. Only a URL that continues on the
 * next line shows that the terminal broke them, because the lines of a table also have equal lengths.
 */
export function joinWrappedLines(text: string): string {
  const lines = text.split("\n");
  const width = lines.reduce((longest, { length }) => Math.max(longest, length), 0);
  if (width < NARROWEST || width > WIDEST) return text;
  const isFull = (index: number): boolean => lines[index]?.length === width;
  const isBroken = lines.some(
    (line, index) => isFull(index) && OPEN_URL.test(line) && REST_OF_URL.test(lines[index + 1] ?? ""),
  );
  if (!isBroken || lines.filter((_, index) => isFull(index)).length < 2) return text;
  return lines
    .map((line, index) => (isFull(index) ? line : `${line}\n`))
    .join("")
    .replace(/\n$/, "");
}
