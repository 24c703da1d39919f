import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { CONFIGURATION, IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** Telephony trunks with their current state (`Trunk`). */
export const trunks = listingOf({
  name: "trunks",
  path: "/api/v2/telephony/providers/edges/trunks",
  model: {
    table: "trunks",
    columns: [
      ...IDENTITY,
      ...CONFIGURATION,
      ...columnsOf("string", "trunkType", "optionsEnabledStatus", "registersEnabledStatus"),
      ...columnsOf("boolean", "inService", "enabled"),
      ...columnsOf("int32", "family"),
      ...columnsOf("strings", "proxyAddressList"),
      ...columnsOf("json", "connectedStatus", "optionsStatus", "registersStatus", "ipStatus"),
      ...SELF,
    ],
    references: {
      division: REFERENCE,
      edge: REFERENCE,
      edgeGroup: REFERENCE,
      logicalInterface: REFERENCE,
      trunkBase: REFERENCE,
      trunkMetabase: REFERENCE,
    },
  },
});
