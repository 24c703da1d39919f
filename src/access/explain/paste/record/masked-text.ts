import { findJsonSpans } from "../body/json-spans.ts";

/**
 * Characters around the number of a masked part. They are private-use characters, which pasted text hardly ever
 * contains.
 */
const OPEN = "\ue000";
const CLOSE = "\ue001";
const MARK = /\ue000(\d+)\ue001/g;
const PAGE_START = /<!doctype html|<html[\s>]/gi;

/** A JSON value or HTML page inside text. */
export interface MaskedPart {
  /** The parsed JSON value; undefined for a page. */
  readonly value: unknown;
  readonly raw: string;
}

/**
 * Text in which a short mark replaces each JSON value and HTML page, so that each stays within one line and no number
 * in it is mistaken for a status.
 */
export interface MaskedText {
  readonly text: string;
  /** Returns the masked parts in a passage, in text order. */
  partsOf(piece: string): readonly MaskedPart[];
  /** Restores the masked parts in a passage. */
  unmask(piece: string): string;
}

export function maskText(given: string): MaskedText {
  const source = given.replace(/[\ue000\ue001]/g, " ");
  const parts: MaskedPart[] = [];
  const pieces: string[] = [];
  let done = 0;
  const mask = (start: number, end: number, value: unknown): void => {
    pieces.push(source.slice(done, start), `${OPEN}${parts.length}${CLOSE}`);
    parts.push({ value, raw: source.slice(start, end) });
    done = end;
  };
  const pages = findPages(source);
  for (const { start, end, value } of [...findJsonSpans(source), ...pages].toSorted(
    (one, other) => one.start - other.start,
  )) {
    if (start >= done) mask(start, end, value);
  }
  pieces.push(source.slice(done));
  const partOf = (number: string | undefined): MaskedPart | undefined => parts[Number(number)];
  return {
    text: pieces.join(""),
    partsOf: (piece) => [...piece.matchAll(MARK)].flatMap(([, number]) => partOf(number) ?? []),
    unmask: (piece) => piece.replace(MARK, (mark, number: string) => partOf(number)?.raw ?? mark),
  };
}

/** Returns the HTML pages in the text. A page without a closing tag extends to the end of the text. */
function findPages(source: string): readonly { start: number; end: number; value: undefined }[] {
  const pages: { start: number; end: number; value: undefined }[] = [];
  let done = 0;
  for (const { index } of source.matchAll(PAGE_START)) {
    if (index < done) continue;
    const close = source.indexOf("</html>", index);
    done = close === -1 ? source.length : close + "</html>".length;
    pages.push({ start: index, end: done, value: undefined });
  }
  return pages;
}

/** Whether masked text contains a masked JSON value or HTML page. */
export function hasMark(piece: string): boolean {
  return piece.includes(OPEN);
}

/** Removes the masks, so that their numbers are not read as words. */
export function withoutMarks(piece: string): string {
  return piece.replace(MARK, " ");
}
