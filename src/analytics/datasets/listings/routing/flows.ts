import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** Architect flows (`Flow`). The listing omits deleted ones by default, which conversations still refer to. */
export const flows = listingOf({
  name: "flows",
  path: "/api/v2/flows",
  queries: [{ deleted: "true" }],
  included: "deleted",
  model: {
    table: "flows",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "description", "type"),
      ...columnsOf("boolean", "active", "system", "deleted", "virtualAgentEnabled"),
      ...columnsOf("string", "worktypeId"),
      ...columnsOf("strings", "compatibleFlowTypes"),
      ...columnsOf("json", "publishedVersion", "savedVersion", "checkedInVersion", "debugVersion"),
      ...columnsOf(
        "json",
        "inputSchema",
        "outputSchema",
        "currentOperation",
        "nluInfo",
        "supportedLanguages",
      ),
      ...SELF,
    ],
    references: {
      division: REFERENCE,
      publishedBy: REFERENCE,
      lockedUser: REFERENCE,
      lockedClient: REFERENCE,
    },
  },
});
