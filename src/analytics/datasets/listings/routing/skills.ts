import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** ACD skills (`RoutingSkill`). */
export const skills = listingOf({
  name: "skills",
  path: "/api/v2/routing/skills",
  model: {
    table: "skills",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "state"),
      ...columnsOf("timestamp", "dateModified"),
      ...columnsOf("string", "version"),
      ...SELF,
    ],
    references: { division: REFERENCE },
  },
});
