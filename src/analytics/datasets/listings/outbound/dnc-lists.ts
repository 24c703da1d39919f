import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/**
 * Do-not-contact lists (`DncList`) with size and state of the import, without entries: the platform returns
 * those only in the file of an export job, and genscope starts none.
 */
export const dncLists = listingOf({
  name: "dnc lists",
  path: "/api/v2/outbound/dnclists",
  queries: [{ includeSize: "true", includeImportStatus: "true", allowEmptyResult: "true" }],
  entries: "do-not-contact lists",
  unknowns: [
    "the entries of a list: the catalog has no operation that lists them, and an export started by the platform leaves a file in the organization",
  ],
  model: {
    table: "dnc_lists",
    columns: [
      ...IDENTITY,
      ...columnsOf("timestamp", "dateCreated", "dateModified"),
      ...columnsOf("int32", "version"),
      ...columnsOf("int64", "size"),
      ...columnsOf(
        "string",
        "dncSourceType",
        "contactMethod",
        "loginId",
        "campaignId",
        "licenseId",
        "customExclusionColumn",
      ),
      ...columnsOf("strings", "dncCodes"),
      ...columnsOf("json", "importStatus"),
      ...SELF,
    ],
    references: { division: REFERENCE },
  },
});
