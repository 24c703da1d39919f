import { AT, type ConfiguredListing, configurationOf, type Describe, reference } from "./configured-kind.ts";

/** Fields of a `Site`. Every site is in the first location. */
const SITE: Describe = (site, { roster }) => ({
  ...configurationOf(site),
  location: reference(roster, "location"),
  managed: false,
  mediaModel: "Cloud",
  mediaRegions: ["eu-central-1"],
  primarySites: [],
});

/** Fields of a `Trunk`. */
const TRUNK: Describe = (trunk) => ({
  ...configurationOf(trunk),
  trunkType: "EXTERNAL",
  inService: true,
  enabled: true,
  family: 1,
  connectedStatus: { connected: true, connectedStateTime: AT.dateModified },
  proxyAddressList: ["198.51.100.7:5061"],
});

/** Sites and trunks. */
export const TELEPHONY_KINDS = {
  site: {
    label: "Site",
    operation: "GET /api/v2/telephony/providers/edges/sites",
    describe: SITE,
  },
  trunk: {
    label: "Trunk",
    operation: "GET /api/v2/telephony/providers/edges/trunks",
    describe: TRUNK,
  },
} as const satisfies Readonly<Record<string, ConfiguredListing>>;
