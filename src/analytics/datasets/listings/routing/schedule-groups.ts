import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { CONFIGURATION, IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** Schedule groups of Architect (`ScheduleGroup`). */
export const scheduleGroups = listingOf({
  name: "schedule groups",
  path: "/api/v2/architect/schedulegroups",
  model: {
    table: "schedule_groups",
    columns: [
      ...IDENTITY,
      ...CONFIGURATION,
      ...columnsOf("string", "timeZone"),
      ...columnsOf("json", "openSchedules", "closedSchedules", "holidaySchedules"),
      ...SELF,
    ],
    references: { division: REFERENCE },
  },
});
