import { columnsOf } from "../../../tables/table-plan.ts";
import { childrenOf } from "../../child-listing.ts";
import { IDENTITY, SELF } from "../../shared-columns.ts";
import { teams } from "../organization/teams.ts";

/** Members of teams (`UserReferenceWithName`). The platform may leave out their names. */
export const teamMembers = childrenOf({
  name: "team members",
  summary: "members of every team",
  parents: teams,
  repeated: ["teamId", "teamName"],
  path: "/api/v2/teams/{id}/members",
  paging: "cursor",
  table: "team_members",
  unknowns: ["whether member names are included without an extra parameter"],
  tables: {
    kind: "one-row",
    model: {
      table: "team_members",
      columns: [...columnsOf("string", "teamId", "teamName"), ...IDENTITY, ...SELF],
      references: {},
    },
  },
});
