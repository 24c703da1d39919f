/**
 * A finished file of a part. Its path is derived from the destination, so an export can be copied or moved.
 */
export type PartFile = Omit<WrittenFile, "path">;

/** A finished file of an export. */
export interface WrittenFile {
  readonly table: string;
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
  /** SHA-256 of the file on the disk, in hexadecimal. */
  readonly sha256: string;
}
