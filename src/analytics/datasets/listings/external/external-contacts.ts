import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { REFERENCE, SELF } from "../../shared-columns.ts";

/**
 * External contacts (`ExternalContact`) of every division that the token may see. They are read by a scan, because the
 * ordinary listing ends after 1,000 contacts. The cursors of a scan expire after a day.
 */
export const externalContacts = listingOf({
  name: "external contacts",
  path: "/api/v2/externalcontacts/scan/contacts",
  paging: "scan",
  largestPage: 200,
  model: {
    table: "external_contacts",
    columns: [
      ...columnsOf("string", "id", "firstName", "middleName", "lastName", "salutation", "title", "type"),
      ...columnsOf("string", "workEmail", "personalEmail", "otherEmail", "externalSystemUrl"),
      ...columnsOf("timestamp", "createDate", "modifyDate"),
      ...columnsOf("boolean", "surveyOptOut"),
      ...columnsOf("json", "workPhone", "cellPhone", "homePhone", "otherPhone", "address"),
      ...columnsOf(
        "json",
        "twitterId",
        "lineId",
        "whatsAppId",
        "facebookId",
        "instagramId",
        "appleOpaqueIds",
      ),
      ...columnsOf("json", "externalIds", "identifiers", "externalDataSources", "schema", "customFields"),
      ...columnsOf("json", "mergeSet", "mergedFrom", "mergeOperation"),
      ...SELF,
    ],
    references: {
      division: REFERENCE,
      externalOrganization: REFERENCE,
      canonicalContact: ["id"],
      mergedTo: ["id"],
    },
  },
});
