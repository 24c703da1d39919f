/**
 * A finished file of a part. Its path is derived from the destination, so an export can be copied or moved.
 */
export type PartFile = Omit<WrittenFile, "path">;

/** A file of a part before it is read back. */
export interface FileDraft extends Pick<WrittenFile, "table" | "bytes" | "rows"> {
  /** CRC-32 of what was written; null when an earlier version wrote it. */
  readonly crc32: number | null;
}

/** A finished file of an export. */
export interface WrittenFile {
  readonly table: string;
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
  /** SHA-256 of the file on the disk, in hexadecimal. */
  readonly sha256: string;
}
