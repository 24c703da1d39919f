/** Kinds of differences between an export and its manifest. */
export type DifferenceKind =
  | "missing-manifest"
  | "missing-interval"
  | "missing-file"
  | "changed-file"
  | "wrong-rows"
  | "wrong-records"
  | "repeated-record"
  | "foreign-file";

/** A difference between an export and its manifest. */
export interface ManifestDifference {
  readonly kind: DifferenceKind;
  /** The path, the part or the interval that differs. */
  readonly subject: string;
  readonly summary: string;
}
