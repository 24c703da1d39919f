import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/**
 * Do-not-contact lists (`DncList`) with size and state of the import, without entries: the platform returns
 * those only in the file of an export job, which writes to the organization, so genscope never starts one.
 */
export const dncLists = listingOf({
  name: "dnc lists",
  path: "/api/v2/outbound/dnclists",
  queries: [{ includeSize: "true", includeImportStatus: "true", allowEmptyResult: "true" }],
  entries: "do-not-contact lists",
  unknowns: [
    "the entries of a list: no operation of the catalog lists them, so this dataset does not contain them",
    "what an export with `POST /api/v2/outbound/dnclists/{dncListId}/export` leaves behind in the organization; genscope never calls this operation, because it starts a job, and the `GET` of the same path returns only the URL of an earlier export",
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
