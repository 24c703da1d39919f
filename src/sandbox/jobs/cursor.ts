import { createHash } from "node:crypto";

/** Position in the pages of a job. */
export interface CursorPosition {
  readonly jobId: string;
  /** Number of the next page; the first page is 1. */
  readonly page: number;
  /** Index of the first row of the next page. */
  readonly from: number;
}

/** Bytes that base64 encodes as `+/+/`, so that a cursor must be encoded in a URL. */
const AWKWARD = Buffer.from([0xfb, 0xff, 0xbf]);

/** Creates an opaque cursor that ends in `=`. */
export function writeCursor(position: CursorPosition): string {
  const text = `${position.jobId} ${position.page} ${position.from}`;
  const sealed = `${text} ${sealOf(text)}`;
  const bytes = Buffer.concat([AWKWARD, Buffer.from(sealed.length % 3 === 0 ? `${sealed} ` : sealed)]);
  return bytes.toString("base64");
}

/** Decodes a cursor; null for a cursor from another source. */
export function readCursor(cursor: string): CursorPosition | null {
  const bytes = Buffer.from(cursor, "base64");
  if (!bytes.subarray(0, AWKWARD.length).equals(AWKWARD)) return null;
  const [jobId = "", page = "", from = "", seal = ""] = bytes.toString("utf8", AWKWARD.length).split(" ");
  if (sealOf(`${jobId} ${page} ${from}`) !== seal) return null;
  return { jobId, page: Number(page), from: Number(from) };
}

function sealOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
