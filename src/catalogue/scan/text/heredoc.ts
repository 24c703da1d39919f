import type { Span } from "./span.ts";

const OPENING = /<<-?([A-Za-z_][\w-]{0,200})[ \t]{0,200}\r?\n/y;

/** A heredoc split into one string per line, because each line is a separate command or sentence. */
export interface Heredoc {
  readonly lines: readonly Span[];
  /** Offset of the heredoc's closing marker. */
  readonly end: number;
}

/**
 * Returns the heredoc that opens at `start`; null if absent. It ends at a line that contains only its
 * marker, or at the end of the text (HCL syntax specification, "Template Expressions").
 */
export function heredocAt(text: string, start: number): Heredoc | null {
  OPENING.lastIndex = start;
  const marker = OPENING.exec(text)?.[1];
  if (marker === undefined) return null;
  const lines: Span[] = [];
  for (let lineStart = OPENING.lastIndex; lineStart < text.length; ) {
    const newline = text.indexOf("\n", lineStart);
    const lineEnd = newline === -1 ? text.length : newline;
    if (text.slice(lineStart, lineEnd).trim() === marker) return { lines, end: lineStart };
    const place = { start: lineStart, end: lineEnd, contentStart: lineStart, contentEnd: lineEnd };
    if (lineEnd > lineStart) lines.push({ kind: "string", ...place });
    lineStart = lineEnd + 1;
  }
  return { lines, end: text.length };
}
