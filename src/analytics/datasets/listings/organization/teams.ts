import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** Teams (`Team`), whose pages have cursors. */
export const teams = listingOf({
  name: "teams",
  path: "/api/v2/teams",
  paging: "cursor",
  model: {
    table: "teams",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "description"),
      ...columnsOf("int32", "memberCount"),
      ...columnsOf("timestamp", "dateCreated", "dateModified"),
      ...SELF,
    ],
    references: { division: REFERENCE },
  },
});
