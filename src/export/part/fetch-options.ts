import type { Dataset } from "../../analytics/datasets/dataset.ts";
import type { Guard } from "../files/guard.ts";
import type { PageReaderOptions } from "../page/page-reader.ts";
import type { Source } from "../sources/source.ts";
import type { Part } from "./part.ts";
import type { PartJournal } from "./part-journal.ts";

/** What a part is fetched with. */
export interface FetchOptions extends Omit<PageReaderOptions, "itemsKey" | "pageSizes"> {
  readonly dataset: Dataset;
  readonly part: Part;
  readonly source: Source;
  readonly journal: PartJournal;
  readonly spoolPath: string;
  /** Called when the part begins anew, with the reason. */
  readonly onRestart: (reason: string) => void;
  /** Called before each block is written to the spool. */
  readonly guard: Guard;
  /** Told after each page that is safe. */
  readonly onPage: (page: { readonly records: number; readonly bytes: number }) => void;
}
