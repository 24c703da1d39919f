import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, SELF } from "../../shared-columns.ts";

/** Roles with their permissions (`DomainOrganizationRole`). */
export const roles = listingOf({
  name: "roles",
  path: "/api/v2/authorization/roles",
  model: {
    table: "roles",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "description", "defaultRoleId"),
      ...columnsOf("int32", "userCount"),
      ...columnsOf("boolean", "default", "base", "roleNeedsUpdate"),
      ...columnsOf("string", "baseLicense"),
      ...columnsOf("strings", "addonLicenses"),
      ...columnsOf("timestamp", "dateLicenseLastUpdated"),
      ...columnsOf("strings", "permissions", "unusedPermissions"),
      ...columnsOf("json", "permissionPolicies"),
      ...SELF,
    ],
    references: {},
  },
});
