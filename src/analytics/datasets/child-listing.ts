import type { Dataset, DatasetName, DatasetTables } from "./dataset.ts";
import type { ListingPaging } from "./dataset-access.ts";
import type { ListingDataset } from "./listing.ts";

/** The settings in which the listings of many objects differ. */
export interface ChildListing<Name extends DatasetName> {
  readonly name: Name;
  readonly summary: string;
  /** The dataset of the objects. */
  readonly parents: ListingDataset;
  /** Names of the two columns with the id and the name of the object. */
  readonly repeated: readonly [id: string, name: string];
  /** Path of the listing of an object, with `{id}`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly paging?: ListingPaging;
  readonly table: string;
  readonly tables: DatasetTables;
  readonly unknowns?: readonly string[];
}

/** Returns the dataset of the `entities` of every object, such as the members of every queue. */
export function childrenOf<Name extends DatasetName>({
  name,
  summary,
  parents,
  repeated: [idColumn, nameColumn],
  path,
  query = {},
  paging = "page-number",
  table,
  tables,
  unknowns = [],
}: ChildListing<Name>): Dataset<Name> {
  return {
    name,
    summary,
    table,
    access: {
      kind: "children",
      parents: {
        from: parents.access,
        objectsOf: (object) => [object],
        startField: null,
        repeated: { [idColumn]: "id", [nameColumn]: "name" },
      },
      listing: {
        kind: "listing",
        path,
        queries: [query],
        itemsKey: "entities",
        largestPage: 100,
        paging,
      },
    },
    identity: { fields: [idColumn, "id"] },
    life: null,
    withheld: parents.withheld,
    unknowns,
    metrics: [],
    tables,
  };
}
