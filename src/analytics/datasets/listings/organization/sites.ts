import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { CONFIGURATION, IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** Telephony sites (`Site`), without expanded fields. */
export const sites = listingOf({
  name: "sites",
  path: "/api/v2/telephony/providers/edges/sites",
  model: {
    table: "sites",
    columns: [
      ...IDENTITY,
      ...CONFIGURATION,
      ...columnsOf("string", "mediaModel", "callerId", "callerName"),
      ...columnsOf("boolean", "managed", "coreSite", "mediaRegionsUseLatencyBased", "cloudProxyForceTurn"),
      ...columnsOf("strings", "mediaRegions"),
      ...columnsOf("json", "primarySites", "secondarySites", "primaryEdges", "secondaryEdges", "edges"),
      ...columnsOf("json", "addresses", "siteConnections", "edgeAutoUpdateConfig", "ntpSettings"),
      ...SELF,
    ],
    references: { division: REFERENCE, location: REFERENCE },
  },
});
