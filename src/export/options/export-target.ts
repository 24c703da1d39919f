import type { Flattener } from "../../analytics/table.ts";
import type { Destination, Shard } from "../destination/destination.ts";
import type { Compression } from "../writers/compression.ts";
import type { Format } from "../writers/formats.ts";

/** The destination and format of the records. */
export interface ExportTarget {
  readonly destination: Destination;
  /** This worker's share of the export; null for a single worker. */
  readonly shard: Shard | null;
  readonly format: Format;
  readonly compression: Compression;
  /** Whether to escape CSV cells that a spreadsheet would evaluate as a formula. */
  readonly guardFormulas: boolean;
  /** Converts records to rows; null when the format keeps records as they are. */
  readonly flattener: Flattener | null;
}
