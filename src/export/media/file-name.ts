import { createHash } from "node:crypto";

const ENDINGS: ReadonlyMap<string, string> = new Map([
  ["audio/ogg", "ogg"],
  ["audio/opus", "opus"],
  ["audio/wav", "wav"],
  ["audio/x-wav", "wav"],
  ["audio/wave", "wav"],
  ["audio/mpeg", "mp3"],
  ["audio/mp3", "mp3"],
  ["audio/mp4", "m4a"],
  ["audio/webm", "webm"],
  ["video/webm", "webm"],
  ["video/mp4", "mp4"],
  ["application/json", "json"],
  ["application/zip", "zip"],
  ["application/pdf", "pdf"],
  ["message/rfc822", "eml"],
  ["text/html", "html"],
  ["text/plain", "txt"],
  ["text/csv", "csv"],
]);
/**
 * Matches ids that are safe as a file name. A safe id contains no terminal escape sequence and does not begin like a
 * command-line option. It has no upper-case letters, because some file systems ignore case.
 */
const SAFE_ID = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9_-]{0,99}$/;

/**
 * Returns the name of a recording's file: its id, or a hash of an unsafe id, with an extension by content type
 * or `.bin`.
 */
export function mediaFileName(id: string, contentType: string | null): string {
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  // The id comes from the server and must not lead outside the directory.
  const stem = SAFE_ID.test(id) ? id : createHash("sha256").update(id).digest("hex");
  return `${stem}.${ENDINGS.get(type) ?? "bin"}`;
}
