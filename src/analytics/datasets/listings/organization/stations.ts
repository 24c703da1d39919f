import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** Phones and other stations (`Station`). */
export const stations = listingOf({
  name: "stations",
  path: "/api/v2/stations",
  model: {
    table: "stations",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "description", "status", "type", "userId", "webRtcUserId", "lineAppearanceId"),
      ...columnsOf("int32", "webRtcMediaDscp", "webRtcCallAppearances"),
      ...columnsOf("boolean", "webRtcPersistentEnabled", "webRtcForceTurn", "webRtcRequireMediaHelper"),
      ...SELF,
    ],
    references: { primaryEdge: REFERENCE, secondaryEdge: REFERENCE },
  },
});
