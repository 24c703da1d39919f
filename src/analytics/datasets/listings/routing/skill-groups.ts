import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** Skill groups (`SkillGroup`), whose members are selected by conditions. */
export const skillGroups = listingOf({
  name: "skill groups",
  path: "/api/v2/routing/skillgroups",
  paging: "cursor",
  model: {
    table: "skill_groups",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "description", "status"),
      ...columnsOf("int32", "memberCount"),
      ...columnsOf("timestamp", "dateCreated", "dateModified"),
      ...columnsOf("json", "skillConditions"),
      ...SELF,
    ],
    references: { division: REFERENCE },
  },
});
