import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, SELF } from "../../shared-columns.ts";

/** The divisions of the organization (`AuthzDivision`). */
export const divisions = listingOf({
  name: "divisions",
  path: "/api/v2/authorization/divisions",
  model: {
    table: "divisions",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "description"),
      ...columnsOf("boolean", "homeDivision"),
      ...columnsOf("json", "objectCounts"),
      ...SELF,
    ],
    references: {},
  },
});
