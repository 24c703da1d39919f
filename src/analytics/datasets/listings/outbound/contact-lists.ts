import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/**
 * Contact lists (`ContactList`) with size and state of the import, without contacts. A page after the last one is an
 * error unless the request allows it to be empty.
 */
export const contactLists = listingOf({
  name: "contact lists",
  path: "/api/v2/outbound/contactlists",
  queries: [{ includeSize: "true", includeImportStatus: "true", allowEmptyResult: "true" }],
  model: {
    table: "contact_lists",
    columns: [
      ...IDENTITY,
      ...columnsOf("timestamp", "dateCreated", "dateModified", "dateExpiration"),
      ...columnsOf("int32", "version"),
      ...columnsOf("int64", "size"),
      ...columnsOf("strings", "columnNames", "previewModeAcceptedValues"),
      ...columnsOf("string", "previewModeColumnName", "zipCodeColumnName", "timeZone", "retentionType"),
      ...columnsOf("int32", "retentionDays"),
      ...columnsOf("boolean", "automaticTimeZoneMapping", "trimWhitespace"),
      ...columnsOf(
        "json",
        "phoneColumns",
        "emailColumns",
        "whatsAppColumns",
        "columnDataTypeSpecifications",
        "importStatus",
      ),
      ...SELF,
    ],
    references: { division: REFERENCE, attemptLimits: REFERENCE },
  },
});
