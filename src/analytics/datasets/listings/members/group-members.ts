import { columnsOf } from "../../../tables/table-plan.ts";
import { childrenOf } from "../../child-listing.ts";
import { REFERENCE } from "../../shared-columns.ts";
import { groups } from "../organization/groups.ts";
import { USER_COLUMNS } from "../organization/users.ts";

/** Members of groups (`User`): individuals, owners and those added by a rule. */
export const groupMembers = childrenOf({
  name: "group members",
  summary: "members of every group, including those added by a rule",
  parents: groups,
  repeated: ["groupId", "groupName"],
  path: "/api/v2/groups/{id}/members",
  query: { sortOrder: "ASC" },
  table: "group_members",
  tables: {
    kind: "one-row",
    model: {
      table: "group_members",
      columns: [...columnsOf("string", "groupId", "groupName"), ...USER_COLUMNS],
      references: { division: REFERENCE, manager: REFERENCE },
    },
  },
});
