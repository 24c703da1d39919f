import type { Column } from "../../table.ts";
import { columnsOf } from "../../tables/table-plan.ts";
import type { Dataset } from "../dataset.ts";
import type { ListingAccess } from "../dataset-access.ts";
import { IDENTITY, REFERENCE, SELF } from "../shared-columns.ts";

/** A response that consists of one record. */
export const ONE_RECORD = {
  kind: "listing",
  queries: [{}],
  itemsKey: "entities",
  largestPage: 1,
  paging: "one-answer",
  shape: "record",
} as const satisfies Omit<ListingAccess, "path">;

/** The settings that vary between the two kinds of forms. */
export interface PublishedForms {
  readonly name: string;
  /** Last segment in the paths of the forms. */
  readonly kind: "evaluations" | "surveys";
  readonly table: string;
  readonly columns: readonly Column[];
}

/**
 * Returns the dataset of published form versions. Each is read by its id, because the listing omits the
 * questions.
 */
export function publishedForms({ name, kind, table, columns }: PublishedForms): Dataset {
  return {
    name,
    summary: `published versions of every ${name.replace(/s$/, "")}, with their questions`,
    table,
    access: {
      kind: "children",
      parents: {
        from: {
          kind: "listing",
          path: `/api/v2/quality/publishedforms/${kind}`,
          queries: [{}],
          itemsKey: "entities",
          largestPage: 100,
          paging: "page-number",
        },
        objectsOf: (form) => [form],
        startField: null,
        repeated: {},
      },
      listing: { ...ONE_RECORD, path: `/api/v2/quality/forms/${kind}/{id}` },
    },
    identity: { fields: ["id"] },
    life: null,
    withheld: [],
    metrics: [],
    tables: {
      kind: "one-row",
      model: {
        table,
        columns: [
          ...IDENTITY,
          ...columnsOf("timestamp", "modifiedDate"),
          ...columnsOf("boolean", "published"),
          ...columnsOf("string", "contextId"),
          ...columnsOf("json", "questionGroups", "publishedVersions"),
          ...columns,
          ...SELF,
        ],
        references: { division: REFERENCE },
      },
    },
  };
}
