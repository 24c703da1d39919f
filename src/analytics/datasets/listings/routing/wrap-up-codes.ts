import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { HISTORY, IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** Wrap-up codes (`WrapupCode`). */
export const wrapUpCodes = listingOf({
  name: "wrap-up codes",
  path: "/api/v2/routing/wrapupcodes",
  queries: [{ sortOrder: "asc" }],
  model: {
    table: "wrapup_codes",
    columns: [...IDENTITY, ...columnsOf("string", "description"), ...HISTORY, ...SELF],
    references: { division: REFERENCE },
  },
});
