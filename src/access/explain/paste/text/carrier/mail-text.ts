/** Matches the end of a line that quoted-printable continues. */
const SOFT_BREAK = /=\n(?!-----|\n)/g;
/** Matches a line that quoted-printable broke at its full width. */
const FULL_LINE = /^[^\n]{70,75}=\n(?!-----|\n)/m;
/** Matches a line that is too long for quoted-printable text. */
const LONG_LINE = /^[^\n]{79}/m;
const ESCAPED_BYTES = /(?:=[0-9A-F]{2}){1,2000}/g;
/**
 * Matches a quoted line whose content cannot follow `> ` in a curl transcript: a status line, a bracket, another mark.
 */
const ONLY_QUOTED = /^> ?(?:HTTP\/|[{}<>]|\s{1,20}(?:"|at\s))/;
/** Matches the line with which mail programs introduce a quotation: `On Friday, Ada wrote:`. */
const INTRODUCTION = /\b(?:wrote|writes|schrieb|écrit|escribió)\b[^\n]{0,80}:\s*$/;
const MOST_LEVELS = 4;
const LEAST_DOUBLED = 6;

/** Restores text that an email changed: its transfer encoding, the marks of a quotation, and doubled line breaks. */
export function withoutMailMarks(text: string): string {
  return withoutDoubledBreaks(withoutQuotes(withoutTransferEncoding(text)));
}

/** Decodes quoted-printable text (RFC 2045 section 6.7), as the source of an email shows it. */
function withoutTransferEncoding(text: string): string {
  if (!FULL_LINE.test(text) || LONG_LINE.test(text)) return text;
  return text
    .replace(SOFT_BREAK, "")
    .replace(ESCAPED_BYTES, (bytes) => Buffer.from(bytes.replaceAll("=", ""), "hex").toString("utf8"));
}

/** Removes the `> ` before the lines of quotations, which can contain other quotations. */
function withoutQuotes(text: string): string {
  let plain = text;
  for (let level = 0; level < MOST_LEVELS; level += 1) {
    const next = withoutOuterQuotes(plain);
    if (next === plain) break;
    plain = next;
  }
  return plain;
}

function withoutOuterQuotes(text: string): string {
  if (!text.includes("\n>")) return text;
  const lines = text.split("\n");
  const whole = [...lines];
  let start = -1;
  for (let index = 0; index <= lines.length; index += 1) {
    const isQuoted = lines[index]?.startsWith(">") === true;
    if (isQuoted && start === -1) start = index;
    if (isQuoted || start === -1) continue;
    const run = lines.slice(start, index);
    if (run.some((line) => ONLY_QUOTED.test(line)) || INTRODUCTION.test(lines[start - 1] ?? "")) {
      for (const [offset, line] of run.entries()) whole[start + offset] = line.replace(/^> ?/, "");
    }
    start = -1;
  }
  return whole.join("\n");
}

/** Removes the blank line that some mail programs add after every line. */
function withoutDoubledBreaks(text: string): string {
  const lines = text.split("\n");
  const isDoubled = lines.every((line, index) => index % 2 === 0 || line.trim() === "");
  if (lines.length < LEAST_DOUBLED || !isDoubled) return text;
  return lines.filter((_, index) => index % 2 === 0).join("\n");
}
