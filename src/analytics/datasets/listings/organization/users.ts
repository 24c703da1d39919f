import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** Columns of a user, without expanded fields. */
export const USER_COLUMNS = [
  ...IDENTITY,
  ...columnsOf("string", "email", "username", "state", "department", "title", "preferredName"),
  ...columnsOf("boolean", "acdAutoAnswer"),
  ...columnsOf("string", "languagePreference"),
  ...columnsOf("int32", "version"),
  ...columnsOf("timestamp", "dateLastLogin", "dateWelcomeSent"),
  ...columnsOf("strings", "certifications", "profileSkills"),
  ...columnsOf("json", "chat", "primaryContactInfo", "addresses", "images"),
  ...SELF,
];

/** Users (`User`), including inactive and deleted ones, without expanded fields. */
export const users = listingOf({
  name: "users",
  path: "/api/v2/users",
  queries: [{ state: "any", sortOrder: "ASC" }],
  included: "inactive and deleted",
  model: {
    table: "users",
    columns: USER_COLUMNS,
    references: { division: REFERENCE, manager: REFERENCE },
  },
});
