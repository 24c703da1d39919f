import { columnsOf } from "../../tables/table-plan.ts";
import { listingOf } from "../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../shared-columns.ts";

/** Management units of workforce management (`ManagementUnit`), in one response. */
export const managementUnits = listingOf({
  name: "management units",
  path: "/api/v2/workforcemanagement/managementunits",
  paging: "next-uri",
  entries: "workforce management units",
  model: {
    table: "management_units",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "startDayOfWeek", "timeZone"),
      ...columnsOf("int32", "version"),
      ...columnsOf("timestamp", "dateModified"),
      ...columnsOf("json", "settings", "metadata"),
      ...SELF,
    ],
    references: { businessUnit: REFERENCE, division: REFERENCE, modifiedBy: REFERENCE },
  },
});
