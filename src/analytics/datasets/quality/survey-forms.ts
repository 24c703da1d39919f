import { columnsOf } from "../../tables/table-plan.ts";
import type { Dataset } from "../dataset.ts";
import { IDENTITY, REFERENCE, SELF } from "../shared-columns.ts";

/** Published versions of survey forms with their questions (`SurveyForm`), which the listing itself leaves out. */
export const surveyForms: Dataset<"survey forms"> = {
  name: "survey forms",
  summary: "published versions of every survey form, with their questions",
  table: "survey_forms",
  access: {
    kind: "children",
    parents: {
      from: {
        kind: "listing",
        path: "/api/v2/quality/publishedforms/surveys",
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
      path: "/api/v2/quality/forms/surveys/{id}",
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
      table: "survey_forms",
      columns: [
        ...IDENTITY,
        ...columnsOf("timestamp", "modifiedDate"),
        ...columnsOf("boolean", "published", "disabled", "redacted"),
        ...columnsOf("string", "contextId", "language", "header", "footer"),
        ...columnsOf("json", "questionGroups", "publishedVersions"),
        ...SELF,
      ],
      references: { division: REFERENCE },
    },
  },
};
