import { columnsOf } from "../../../tables/table-plan.ts";
import { withheldFieldsOf } from "../../../withhold.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/**
 * OAuth clients (`OAuthClient`). The listing declares no parameters, and its response has the fields of a
 * page. Whether it contains the secrets is not published, so the export removes them.
 */
export const oauthClients = listingOf({
  name: "oauth clients",
  path: "/api/v2/oauth/clients",
  paging: "next-uri",
  entries: "OAuth clients",
  withheld: withheldFieldsOf("/api/v2/oauth/clients"),
  model: {
    table: "oauth_clients",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "description", "authorizedGrantType", "state"),
      ...columnsOf("int32", "accessTokenValiditySeconds"),
      ...columnsOf("timestamp", "dateCreated", "dateModified", "dateToDelete"),
      ...columnsOf("strings", "scope", "roleIds", "registeredRedirectUri"),
      ...columnsOf("json", "roleDivisions"),
      ...SELF,
    ],
    references: { createdBy: REFERENCE, modifiedBy: REFERENCE },
  },
});
