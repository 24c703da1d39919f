import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/**
 * Presence definitions (`OrganizationPresenceDefinition`), with the fields of the older `OrganizationPresence`.
 * The listing returns either the active or the deactivated ones, active ones by default, so both are requested.
 */
export const presenceDefinitions = listingOf({
  name: "presence definitions",
  path: "/api/v2/presence/definitions",
  paging: "one-answer",
  queries: [{ deactivated: "false" }, { deactivated: "true" }],
  included: "deactivated",
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
