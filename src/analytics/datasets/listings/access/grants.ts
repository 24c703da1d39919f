import { childrenOf } from "../../child-listing.ts";
import { roles } from "../organization/roles.ts";

/**
 * Holders of every role with the divisions of their grants (`SubjectDivisionGrants`): users, groups and OAuth clients.
 * Whether the platform lists a grant in all divisions as one division `*` is not published.
 */
export const grants = childrenOf({
  name: "grants",
  summary: "who holds which role in which division: users, groups and clients",
  parents: roles,
  repeated: ["roleId", "roleName"],
  path: "/api/v2/authorization/roles/{id}/subjectgrants",
  table: "grants",
  unknowns: ["whether a grant in all divisions is listed as one division `*` or as every division"],
  tables: {
    kind: "related",
    areSeveral: false,
    flattener: async () => (await import("../../../tables/grants.ts")).grantsFlattener(),
  },
});
