import { redactSecrets } from "../../../../core/redaction/redact-secrets.ts";
import { decodeRawBodies } from "./encoded-body.ts";
import { removeFrame } from "./frame.ts";

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
 * Returns the text that the readers see: without secrets, terminal decoration and the marks of the tools that wrapped
 * it. Lines that a shell or a printer broke are whole again.
 */
export function cleanText(raw: string): string {
  const framed = removeFrame(raw.slice(0, LONGEST_TEXT).replaceAll("\u0000", ""));
  return joinLines(redactSecrets(decodeRawBodies(decodeEntities(framed))));
}

/** Decodes a text copied from HTML source; any other keeps its ampersands. */
function decodeEntities(text: string): string {
  return text.includes("&quot;") || text.includes("&#34;")
    ? text.replace(/&(?:quot|#34|#39|apos|lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    : text;
}

/** Joins blank lines, a command continued with `\`, `^` or a backtick, and a string that Node printed in pieces. */
function joinLines(text: string): string {
  return text
    .replace(/(?<=\n\n)\n{1,4096}/g, "")
    .replace(/[ \t]{1,20}[\\^`]\n[ \t]{0,200}/g, " ")
    .replace(/(['"`]) ?\+\n[ \t]{0,200}\1/g, "");
}
