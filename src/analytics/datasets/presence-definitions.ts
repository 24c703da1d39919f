import { columnsOf } from "../tables/table-plan.ts";
import { listingOf } from "./listing.ts";
import { IDENTITY, REFERENCE, SELF } from "./shared-columns.ts";

/**
 * Presence definitions (`OrganizationPresenceDefinition`), with the fields of the older `OrganizationPresence`. The listing
 * leaves out deactivated ones and has no value that returns both.
 */
export const presenceDefinitions = listingOf({
  name: "presence definitions",
  path: "/api/v2/presence/definitions",
  isPaged: false,
  contents: "active presence definitions",
  model: {
    table: "presence_definitions",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "type", "systemPresence", "divisionId"),
      ...columnsOf("boolean", "deactivated", "primary"),
      ...columnsOf("json", "languageLabels"),
      ...columnsOf("timestamp", "createdDate", "modifiedDate"),
      ...SELF,
    ],
    references: { createdBy: REFERENCE, modifiedBy: REFERENCE },
  },
});
