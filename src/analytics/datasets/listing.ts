import type { RecordModel } from "../tables/record-flattener.ts";
import type { Dataset } from "./dataset.ts";
import type { ListingAccess, ListingPaging } from "./dataset-access.ts";

/** The settings that vary between listings. */
export interface Listing {
  readonly name: string;
  readonly path: string;
  /**
   * Parameters of each request, when one request can't return all entries. The default is one request without
   * parameters.
   */
  readonly queries?: readonly Readonly<Record<string, string>>[];
  readonly paging?: ListingPaging;
  /** Entries that the platform leaves out by default but the export includes, such as `deleted`. */
  readonly included?: string;
  /** Noun for the entries in sentences, when the dataset's name is an abbreviation. */
  readonly entries?: string;
  /** Fields that the export removes from every record. */
  readonly withheld?: readonly string[];
  /** Maximum page size of the API, when it differs from the usual 100. */
  readonly largestPage?: number;
  readonly unknowns?: readonly string[];
  readonly model: RecordModel;
}

/** A dataset that lists the current state of objects. */
export type ListingDataset = Dataset & {
  readonly access: ListingAccess;
};

/** Returns the dataset of a listing whose pages contain `entities` with an `id`. By default, pages are numbered. */
export function listingOf({
  name,
  path,
  queries = [{}],
  paging = "page-number",
  included,
  entries = name,
  withheld = [],
  largestPage = 100,
  unknowns = [],
  model,
}: Listing): ListingDataset {
  const addition = included === undefined ? "" : `, including ${included} ones`;
  const removal = withheld.length === 0 ? "" : `, without \`${withheld.join("`, `")}\``;
  return {
    name,
    summary: `all ${entries}${addition}${removal}`,
    table: model.table,
    access: { kind: "listing", path, queries, itemsKey: "entities", largestPage, paging },
    identity: { fields: ["id"] },
    life: null,
    withheld,
    unknowns,
    metrics: [],
    tables: { kind: "one-row", model },
  };
}
