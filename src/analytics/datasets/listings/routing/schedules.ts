import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { CONFIGURATION, IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** Schedules of Architect (`Schedule`). Their times have no zone: a schedule group sets it. */
export const schedules = listingOf({
  name: "schedules",
  path: "/api/v2/architect/schedules",
  model: {
    table: "schedules",
    columns: [...IDENTITY, ...CONFIGURATION, ...columnsOf("string", "start", "end", "rrule"), ...SELF],
    references: { division: REFERENCE },
  },
});
