import type { Dataset } from "../../dataset.ts";
import { roles } from "../organization/roles.ts";

/** Permissions of every role, one per row. The records come from `roles`. */
export const rolePermissions: Dataset = {
  ...roles,
  name: "role permissions",
  summary: "permissions of every role, one row per permission in CSV and Parquet",
  table: "role_permissions",
  tables: {
    kind: "related",
    areSeveral: false,
    flattener: async () => (await import("../../../tables/role-permissions.ts")).rolePermissionsFlattener(),
  },
};
