import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, SELF } from "../../shared-columns.ts";

/** ACD languages (`Language`). */
export const languages = listingOf({
  name: "languages",
  path: "/api/v2/routing/languages",
  model: {
    table: "languages",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "state", "version"),
      ...columnsOf("timestamp", "dateModified"),
      ...SELF,
    ],
    references: {},
  },
});
