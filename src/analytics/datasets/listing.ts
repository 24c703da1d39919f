import type { RecordModel } from "../tables/record-flattener.ts";
import type { Dataset, DatasetName } from "./dataset.ts";

/** The parts of a listing that differ from the others. */
export interface Listing<Name extends DatasetName> {
  readonly name: Name;
  readonly path: string;
  /** Parameters of the requests, where one is not enough to return all entries; one request without any by default. */
  readonly queries?: readonly Readonly<Record<string, string>>[];
  readonly isPaged?: boolean;
  /** Entries that the platform leaves out by default and the export includes, such as `deleted`. */
  readonly included?: string;
  readonly model: RecordModel;
}

/** Returns the dataset of a listing, paged by default, whose `entities` have an `id`; the API accepts pages of up to 100. */
export function listingOf<Name extends DatasetName>({
  name,
  path,
  queries = [{}],
  isPaged = true,
  included,
  model,
}: Listing<Name>): Dataset<Name> {
  return {
    name,
    summary: `all ${name} of the organization${included === undefined ? "" : `, ${included} ones included`}`,
    table: model.table,
    access: { kind: "listing", path, queries, itemsKey: "entities", largestPage: 100, isPaged },
    identity: { field: "id" },
    life: null,
    metrics: [],
    tables: { kind: "one-row", model },
  };
}
