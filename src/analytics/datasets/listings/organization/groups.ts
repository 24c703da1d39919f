import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, SELF } from "../../shared-columns.ts";

/** Groups of users (`Group`). */
export const groups = listingOf({
  name: "groups",
  path: "/api/v2/groups",
  model: {
    table: "groups",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "description", "type", "state", "visibility", "email"),
      ...columnsOf("int32", "memberCount", "version"),
      ...columnsOf("timestamp", "dateModified"),
      ...columnsOf("boolean", "rulesVisible", "rolesEnabled", "includeOwners", "callsEnabled"),
      ...columnsOf("json", "owners", "addresses", "images"),
      ...SELF,
    ],
    references: {},
  },
});
