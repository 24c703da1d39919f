import type { RecordModel } from "../tables/record-flattener.ts";
import type { Dataset, DatasetName } from "./dataset.ts";

/** The parts of a listing that differ from the others. */
export interface Listing<Name extends DatasetName> {
  readonly name: Name;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly model: RecordModel;
}

/** Returns the dataset of a paged listing whose `entities` have an `id`; the API accepts pages of up to 100. */
export function listingOf<Name extends DatasetName>({
  name,
  path,
  query = {},
  model,
}: Listing<Name>): Dataset<Name> {
  return {
    name,
    summary: `all ${name} of the organization`,
    table: model.table,
    access: { kind: "listing", path, query, itemsKey: "entities", largestPage: 100 },
    identity: { field: "id" },
    life: null,
    metrics: [],
    tables: { kind: "one-row", model },
  };
}
