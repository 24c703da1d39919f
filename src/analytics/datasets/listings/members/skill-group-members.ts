import { columnsOf } from "../../../tables/table-plan.ts";
import { childrenOf } from "../../child-listing.ts";
import { IDENTITY, SELF } from "../../shared-columns.ts";
import { skillGroups } from "../routing/skill-groups.ts";

/** Members of skill groups (`UserReferenceWithName`). The platform may leave out their names. */
export const skillGroupMembers = childrenOf({
  name: "skill group members",
  summary: "members of every skill group",
  parents: skillGroups,
  repeated: ["skillGroupId", "skillGroupName"],
  path: "/api/v2/routing/skillgroups/{id}/members",
  paging: "cursor",
  table: "skill_group_members",
  unknowns: ["whether member names are included without an extra parameter"],
  tables: {
    kind: "one-row",
    model: {
      table: "skill_group_members",
      columns: [...columnsOf("string", "skillGroupId", "skillGroupName"), ...IDENTITY, ...SELF],
      references: {},
    },
  },
});
