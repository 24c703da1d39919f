/** A finished file of a part. Its path follows from the destination, so that a copy of an export stands by itself. */
export type PartFile = Omit<WrittenFile, "path">;

/** A finished file of an export. */
export interface WrittenFile {
  readonly table: string;
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
  /** Of the file as it is on the disk, in hexadecimal. */
  readonly sha256: string;
}
