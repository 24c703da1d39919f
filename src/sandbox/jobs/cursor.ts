import { createHash } from "node:crypto";

/** How far the pages of a job have been read. */
export interface Reading {
  readonly jobId: string;
  /** Of the next page, from 1. */
  readonly page: number;
  /** Where in the rows the next page begins. */
  readonly from: number;
}

/** Bytes that base64 writes as `+/+/`: a cursor has to be encoded before it goes into an address. */
const AWKWARD = Buffer.from([0xfb, 0xff, 0xbf]);

/** An opaque cursor; ends in `=` at any length. */
export function writeCursor(reading: Reading): string {
  const text = `${reading.jobId} ${reading.page} ${reading.from}`;
  const sealed = `${text} ${sealOf(text)}`;
  const bytes = Buffer.concat([AWKWARD, Buffer.from(sealed.length % 3 === 0 ? `${sealed} ` : sealed)]);
  return bytes.toString("base64");
}

/** What the cursor stands for; null when it is none of this sandbox. */
export function readCursor(cursor: string): Reading | null {
  const bytes = Buffer.from(cursor, "base64");
  if (!bytes.subarray(0, AWKWARD.length).equals(AWKWARD)) return null;
  const [jobId = "", page = "", from = "", seal = ""] = bytes.toString("utf8", AWKWARD.length).split(" ");
  if (sealOf(`${jobId} ${page} ${from}`) !== seal) return null;
  return { jobId, page: Number(page), from: Number(from) };
}

function sealOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
