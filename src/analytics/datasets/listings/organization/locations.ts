import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { IDENTITY, SELF } from "../../shared-columns.ts";

/** Locations of the organization (`LocationDefinition`). */
export const locations = listingOf({
  name: "locations",
  path: "/api/v2/locations",
  model: {
    table: "locations",
    columns: [
      ...IDENTITY,
      ...columnsOf("string", "state", "notes"),
      ...columnsOf("int32", "version"),
      ...columnsOf("strings", "path"),
      ...columnsOf("boolean", "addressVerified", "addressStored"),
      ...columnsOf("json", "address", "emergencyNumber", "addressVerificationDetails"),
      ...columnsOf("json", "profileImage", "floorplanImage", "images"),
      ...SELF,
    ],
    references: { contactUser: ["id"] },
  },
});
