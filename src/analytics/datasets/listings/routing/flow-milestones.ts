import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** Flow milestones (`FlowMilestone`). */
export const flowMilestones = listingOf({
  name: "flow milestones",
  path: "/api/v2/flows/milestones",
  model: {
    table: "flow_milestones",
    columns: [...IDENTITY, ...columnsOf("string", "description"), ...SELF],
    references: { division: REFERENCE },
  },
});
