import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** Flow outcomes (`FlowOutcome`), which the table `flow_outcomes` of conversations references. */
export const flowOutcomes = listingOf({
  name: "flow outcomes",
  path: "/api/v2/flows/outcomes",
  model: {
    table: "flow_outcome_definitions",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "description"),
      ...columnsOf("json", "currentOperation"),
      ...SELF,
    ],
    references: { division: REFERENCE },
  },
});
