import type { Dataset, DatasetTables } from "./dataset.ts";
import type { ListingPaging } from "./dataset-access.ts";
import type { ListingDataset } from "./listing.ts";

/** The settings of a dataset with one listing per parent object. */
export interface ChildListing {
  readonly name: string;
  readonly summary: string;
  /** The dataset of the parent objects. */
  readonly parents: ListingDataset;
  /** Names of the two columns with the id and the name of the object. */
  readonly repeated: readonly [id: string, name: string];
  /** Path that lists the children of one parent, with `{id}` for its id. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly paging?: ListingPaging;
  readonly table: string;
  readonly tables: DatasetTables;
  readonly unknowns?: readonly string[];
}

/** Returns the dataset that contains every object's `entities`, such as every queue's members. */
export function childrenOf({
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
}: ChildListing): Dataset {
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
