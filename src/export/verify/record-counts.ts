import type { Dataset } from "../../analytics/datasets/dataset.ts";
import { grouped, plural } from "../../core/text.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { ManifestDifference } from "./difference.ts";
import { formatOf } from "./verify-file.ts";

type RecordCounts = Pick<Manifest, "records" | "parts" | "files">;

/**
 * Compares the counts in a manifest: the total with the sum of the parts, and each part with the rows of its files.
 * This reveals a file that is missing both on the disk and in the manifest.
 * @param path path of the manifest, relative to the directory of the export
 */
export function findWrongCounts(
  { records, parts, files }: RecordCounts,
  path: string,
  dataset: Dataset | null,
): readonly ManifestDifference[] {
  const total = parts.reduce((sum, part) => sum + part.records, 0);
  const differences = total === records ? [] : [differenceOf(path, total, records)];
  if (dataset === null) return differences;
  const main = files.filter(({ table }) => table === dataset.table);
  if (!main.every((file) => hasRowPerRecord(dataset, file.path))) return differences;
  const rowsOf = (key: string | null) =>
    main.reduce((sum, { part, rows }) => (part === key ? sum + rows : sum), 0);
  // A single file that contains all parts does not belong to any one of them.
  const counted = main.some(({ part }) => part === null)
    ? [{ part: path, records: total, rows: rowsOf(null) }]
    : parts.map(({ part, records: wanted }) => ({ part, records: wanted, rows: rowsOf(part) }));
  const wrong = counted.filter(({ rows, records: wanted }) => rows !== wanted);
  return [
    ...differences,
    ...wrong.map(({ part, rows, records: wanted }) => differenceOf(part, rows, wanted)),
  ];
}

/** Returns whether the main table has one row per record; aggregates, grants and permissions of roles have more. */
function hasRowPerRecord({ tables }: Dataset, path: string): boolean {
  return formatOf(path) === "ndjson" || tables.kind === "one-row" || tables.areSeveral;
}

function differenceOf(subject: string, found: number, expected: number): ManifestDifference {
  return {
    kind: "wrong-records",
    subject,
    summary: `${plural(found, "record")} instead of ${grouped(expected)}`,
  };
}
