import type { RecordModel } from "../tables/record-flattener.ts";
import type { Dataset, DatasetName } from "./dataset.ts";

/** The parts of a listing that differ from the others. */
export interface Listing<Name extends DatasetName> {
  readonly name: Name;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly isPaged?: boolean;
  /** What the listing contains; all entries by default. */
  readonly contents?: string;
  readonly model: RecordModel;
}

/** Returns the dataset of a listing, paged by default, whose `entities` have an `id`; the API accepts pages of up to 100. */
export function listingOf<Name extends DatasetName>({
  name,
  path,
  query = {},
  isPaged = true,
  contents = `all ${name}`,
  model,
}: Listing<Name>): Dataset<Name> {
  return {
    name,
    summary: `${contents} of the organization`,
    table: model.table,
    access: { kind: "listing", path, query, itemsKey: "entities", largestPage: 100, isPaged },
    identity: { field: "id" },
    life: null,
    metrics: [],
    tables: { kind: "one-row", model },
  };
}
