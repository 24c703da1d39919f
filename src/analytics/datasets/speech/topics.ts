import { columnsOf } from "../../tables/table-plan.ts";
import { listingOf } from "../listing.ts";
import { IDENTITY, SELF } from "../shared-columns.ts";

/** Topics of speech and text analytics (`ListedTopic`), without their phrases. */
export const topics = listingOf({
  name: "topics",
  path: "/api/v2/speechandtextanalytics/topics",
  entries: "speech and text analytics topics",
  largestPage: 500,
  model: {
    table: "topics",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "description", "strictness", "matchingType", "dialect", "participants"),
      ...columnsOf("boolean", "published"),
      ...columnsOf("int32", "programsCount", "phrasesCount"),
      ...columnsOf("strings", "tags"),
      ...columnsOf("timestamp", "dateModified"),
      ...SELF,
    ],
    references: { modifiedBy: ["id"] },
  },
});
