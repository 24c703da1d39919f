import { columnsOf } from "../../tables/table-plan.ts";
import type { Dataset } from "../dataset.ts";
import { IDENTITY, REFERENCE, SELF } from "../shared-columns.ts";

/** Published versions of evaluation forms with their questions (`EvaluationFormResponse`), which the listing itself leaves out. */
export const evaluationForms: Dataset<"evaluation forms"> = {
  name: "evaluation forms",
  summary: "published versions of every evaluation form, with their questions",
  table: "evaluation_forms",
  access: {
    kind: "children",
    parents: {
      from: {
        kind: "listing",
        path: "/api/v2/quality/publishedforms/evaluations",
        queries: [{}],
        itemsKey: "entities",
        largestPage: 100,
        paging: "page-number",
      },
      objectsOf: (form) => [form],
      startField: null,
      repeated: {},
    },
    listing: {
      kind: "listing",
      path: "/api/v2/quality/forms/evaluations/{id}",
      queries: [{}],
      itemsKey: "entities",
      largestPage: 1,
      paging: "one-answer",
      shape: "record",
    },
  },
  identity: { fields: ["id"] },
  life: null,
  withheld: [],
  metrics: [],
  tables: {
    kind: "one-row",
    model: {
      table: "evaluation_forms",
      columns: [
        ...IDENTITY,
        ...columnsOf("timestamp", "modifiedDate"),
        ...columnsOf("boolean", "published"),
        ...columnsOf("string", "contextId", "latestVersionFormName", "weightMode", "dialect"),
        ...columnsOf("json", "questionGroups", "publishedVersions", "evaluationSettings", "aiScoring"),
        ...SELF,
      ],
      references: { division: REFERENCE },
    },
  },
};
