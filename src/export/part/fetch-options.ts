import type { Dataset } from "../../analytics/datasets/dataset.ts";
import type { Guard } from "../files/guard.ts";
import type { PageReaderOptions } from "../page/page-reader.ts";
import type { Source } from "../sources/source.ts";
import type { Part } from "./part.ts";
import type { PartJournal } from "./part-journal.ts";

/** Everything that fetching a part depends on. */
export interface FetchOptions
  extends Omit<PageReaderOptions, "itemsKey" | "frame" | "pageSizes" | "mostTimeouts"> {
  readonly dataset: Dataset;
  readonly part: Part;
  readonly source: Source;
  readonly journal: PartJournal;
  readonly spoolPath: string;
  /** Called with the reason when the part starts over. */
  readonly onRestart: (reason: string) => void;
  /** Called before each block is written to the spool. */
  readonly guard: Guard;
  /** Called after each page, once it is durable. */
  readonly onPage: (page: { readonly records: number; readonly bytes: number }) => void;
}
