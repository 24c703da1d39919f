import type { Row } from "../../analytics/table.ts";
import type { WrittenFile } from "../files/written-file.ts";

/** The file of one table while it is written. Its block boundaries depend only on the rows. */
export interface TableFile {
  /** Adds a row synchronously. */
  add(row: Row): void;
  /**
   * Writes the complete blocks.
   * @throws OutputError when a write fails
   */
  flush(): Promise<void>;
  /**
   * Writes the rest and makes the file durable.
   * @throws OutputError when a write fails
   */
  finish(): Promise<WrittenFile>;
  /** Closes the file after a failure. */
  abandon(): Promise<void>;
}
