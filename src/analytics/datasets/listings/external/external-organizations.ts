import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** External organizations (`ExternalOrganization`), read by a scan like external contacts. */
export const externalOrganizations = listingOf({
  name: "external organizations",
  path: "/api/v2/externalcontacts/scan/organizations",
  paging: "scan",
  largestPage: 200,
  model: {
    table: "external_organizations",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "companyType", "industry", "externalSystemUrl"),
      ...columnsOf("int64", "employeeCount", "revenue"),
      ...columnsOf("timestamp", "createDate", "modifyDate"),
      ...columnsOf("strings", "tags", "websites"),
      ...columnsOf("json", "address", "phoneNumber", "faxNumber", "tickers", "twitterId", "trustor"),
      ...columnsOf("json", "externalIds", "identifiers", "externalDataSources", "schema", "customFields"),
      ...SELF,
    ],
    references: { division: REFERENCE },
  },
});
