import { asString, parseJson } from "../../../../core/json.ts";
import { redactSecrets } from "../../../../core/redaction/redact-secrets.ts";
import { joinBrokenWords } from "./broken-words.ts";
import { withoutCollector } from "./carrier/collector-prefix.ts";
import { withWholeCommands } from "./carrier/cut-commands.ts";
import { withWholeCopies } from "./carrier/cut-copies.ts";
import { withWholeBodies } from "./carrier/line-prefix.ts";
import { withoutMailMarks } from "./carrier/mail-text.ts";
import { withPlainDumps } from "./carrier/php-dump.ts";
import { withoutTerminalCodes } from "./carrier/terminal-codes.ts";
import { hasOddQuotes, joinWrappedLines } from "./carrier/wrapped-lines.ts";
import { decodeRawBodies } from "./encoded-body.ts";
import { removeFrame } from "./frame.ts";
import { withoutLegends } from "./legend.ts";
import {
  withActualStatus,
  withBareAttributes,
  withSingleQuotes,
  withStraightQuotes,
} from "./printed-values.ts";
import { withPlainCommands } from "./shell-lines.ts";
import { withReadableRows } from "./tables.ts";

/** Maximum number of characters read. Longer text is truncated. */
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
 * Cleans pasted text before it is parsed: removes secrets, terminal decoration and the prefixes of tools that
 * wrapped the text, and rejoins lines that a shell or printer split.
 */
export function cleanText(raw: string): string {
  const shown = withoutTerminalCodes(unquoted(raw.slice(0, LONGEST_TEXT).replaceAll("\u0000", "")));
  const carried = withWholeCopies(joinWrappedLines(withoutCollector(withoutMailMarks(shown))));
  const plain = withPlainDumps(withStraightQuotes(withSingleQuotes(carried)));
  const framed = withPlainCommands(
    withActualStatus(
      withBareAttributes(
        withReadableRows(withWholeCommands(joinWrappedLines(removeFrame(withWholeBodies(plain))))),
      ),
    ),
  );
  return joinLines(
    redactSecrets(
      decodeRawBodies(joinBrokenStrings(joinBrokenWords(withoutLegends(decodeEntities(framed))))),
    ),
  );
}

/** Returns the text of a JSON string if the whole paste is one, as programs print text that they escaped. */
function unquoted(raw: string): string {
  return /^\s{0,8}"/.test(raw) ? (asString(parseJson(raw.trim())) ?? raw) : raw;
}

/** Decodes HTML entities in text copied from HTML source. Leaves ampersands in any other text as they are. */
function decodeEntities(text: string): string {
  return /&(?:quot|#34|#39);/.test(text)
    ? text.replace(/&(?:quot|#34|#39|apos|lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    : text;
}

/** Maximum number of lines in a JSON string that a fixed-width printer split. */
const MOST_PIECES = 40;

/** Rejoins the lines of a JSON object that were split inside a string, up to the line that closes the string. */
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

/**
 * Returns the index of the line that closes the string left open by `lines[start]`, or `start` if no line does.
 */
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

/**
 * Removes repeated blank lines, and rejoins commands continued with `\`, `^` or a backtick, strings that Node printed
 * in pieces, and stack frames whose method an email put on the next line.
 */
function joinLines(text: string): string {
  return text
    .replace(/(?<=\n\n)\n{1,4096}/g, "")
    .replace(/[ \t]{1,20}[\\^`]\n[ \t]{0,200}/g, " ")
    .replace(/(['"`]) ?\+\n[ \t]{0,200}\1/g, "")
    .replace(/(?<=^[ \t]{1,20}at)\n(?=[\w.$<>]{3,300}\()/gm, " ");
}
