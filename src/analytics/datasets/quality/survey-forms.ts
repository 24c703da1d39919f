import { columnsOf } from "../../tables/table-plan.ts";
import { publishedForms } from "./published-forms.ts";

/** Published versions of survey forms with their questions (`SurveyForm`). */
export const surveyForms = publishedForms({
  name: "survey forms",
  kind: "surveys",
  table: "survey_forms",
  columns: [
    ...columnsOf("boolean", "disabled", "redacted"),
    ...columnsOf("string", "language", "header", "footer"),
  ],
});
