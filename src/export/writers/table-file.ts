import type { Row } from "../../analytics/table.ts";
import type { WrittenFile } from "../files/written-file.ts";

/** The file of one table while it is written. Where it is cut into blocks depends on the rows only. */
export interface TableFile {
  /** Takes a row, at once. */
  add(row: Row): void;
  /**
   * Writes what is complete.
   * @throws OutputError when that fails
   */
  flush(): Promise<void>;
  /**
   * Writes the rest, and makes the file durable.
   * @throws OutputError when that fails
   */
  finish(): Promise<WrittenFile>;
  /** Lets go of the file after a failure. */
  abandon(): Promise<void>;
}
