import { redactSecrets } from "../../../../core/redaction/redact-secrets.ts";
import { joinBrokenWords } from "./broken-words.ts";
import { decodeRawBodies } from "./encoded-body.ts";
import { removeFrame } from "./frame.ts";
import { withoutLegends } from "./legend.ts";
import { withWholeBodies } from "./line-prefix.ts";
import { withActualStatus, withBareAttributes } from "./printed-values.ts";
import { withPlainCommands } from "./shell-lines.ts";

/** Longer texts are truncated to this length. */
const LONGEST_TEXT = 8_000_000;
const ENTITIES: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#34;": '"',
  "&#39;": "'",
  "&apos;": "'",
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
};

/**
 * Returns the text for the other readers: without secrets, terminal decoration, or marks of the tools that
 * wrapped it. Lines that a shell or a printer broke are joined again.
 */
export function cleanText(raw: string): string {
  const framed = withPlainCommands(
    withActualStatus(
      withBareAttributes(removeFrame(withWholeBodies(raw.slice(0, LONGEST_TEXT).replaceAll("\u0000", "")))),
    ),
  );
  return joinLines(
    redactSecrets(
      decodeRawBodies(joinBrokenStrings(joinBrokenWords(withoutLegends(decodeEntities(framed))))),
    ),
  );
}

/** Decodes text copied from HTML source; any other text keeps its ampersands. */
function decodeEntities(text: string): string {
  return text.includes("&quot;") || text.includes("&#34;")
    ? text.replace(/&(?:quot|#34|#39|apos|lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    : text;
}

/** Number of lines over which a fixed-width printer breaks JSON text. */
const MOST_PIECES = 40;

/** Joins a JSON object that begins a line with the following lines while one of its strings is open. */
function joinBrokenStrings(text: string): string {
  const lines = text.split("\n");
  const joined: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const end = isOpenString(line) ? endOfString(lines, index) : index;
    joined.push(end === index ? line : lines.slice(index, end + 1).join(" "));
    index = end;
  }
  return joined.join("\n");
}

/** The line that closes the string left open by `lines[start]`; `start` itself without one. */
function endOfString(lines: readonly string[], start: number): number {
  for (let end = start + 1; end < lines.length && end <= start + MOST_PIECES; end += 1) {
    const line = lines[end] ?? "";
    if (line.trim() === "") return start;
    if (hasOddQuotes(line)) return end;
  }
  return start;
}

function isOpenString(line: string): boolean {
  return /^\s{0,20}\{"/.test(line) && hasOddQuotes(line);
}

function hasOddQuotes(line: string): boolean {
  let isOdd = false;
  for (let index = 0; index < line.length; index += 1) {
    const character = line.charCodeAt(index);
    if (character === 0x5c) index += 1;
    else if (character === 0x22) isOdd = !isOdd;
  }
  return isOdd;
}

/**
 * Joins blank lines, a command continued with `\`, `^` or a backtick, and a string that Node printed in
 * pieces.
 */
function joinLines(text: string): string {
  return text
    .replace(/(?<=\n\n)\n{1,4096}/g, "")
    .replace(/[ \t]{1,20}[\\^`]\n[ \t]{0,200}/g, " ")
    .replace(/(['"`]) ?\+\n[ \t]{0,200}\1/g, "");
}
