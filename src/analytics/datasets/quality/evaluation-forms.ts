import { columnsOf } from "../../tables/table-plan.ts";
import { publishedForms } from "./published-forms.ts";

/** Published versions of evaluation forms with their questions (`EvaluationFormResponse`). */
export const evaluationForms = publishedForms({
  name: "evaluation forms",
  kind: "evaluations",
  table: "evaluation_forms",
  columns: [
    ...columnsOf("string", "latestVersionFormName", "weightMode", "dialect"),
    ...columnsOf("json", "evaluationSettings", "aiScoring"),
  ],
});
