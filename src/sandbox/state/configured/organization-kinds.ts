import { AT, type ConfiguredListing, type Describe } from "./configured-kind.ts";

/** Fields of a `Group`. */
const GROUP: Describe = (_group, { roster }) => ({
  type: "official",
  state: "active",
  visibility: "public",
  memberCount: roster.agents.length,
  version: 3,
  dateModified: AT.dateModified,
  rulesVisible: true,
  rolesEnabled: false,
  addresses: [{ address: "8005550100", mediaType: "PHONE", type: "GROUPRING" }],
  owners: roster.agents.slice(0, 1).map(({ id }) => ({ id, selfUri: `/api/v2/users/${id}` })),
});

/** Fields of a `Station`. */
const STATION: Describe = ({ name }, { roster }) => ({
  description: name,
  status: "AVAILABLE",
  type: "inin_webrtc_softphone",
  webRtcUserId: roster.agents[0]?.id,
  webRtcPersistentEnabled: true,
  webRtcCallAppearances: 10,
});

/** Fields of a `LocationDefinition`. */
const LOCATION: Describe = ({ name }) => ({
  state: "active",
  version: 2,
  notes: name,
  path: [],
  address: { city: "Zürich", country: "CH", countryName: "Switzerland", street1: "Bahnhofstrasse 1" },
  addressVerified: false,
});

/** Groups, stations and locations. */
export const ORGANIZATION_KINDS = {
  group: {
    label: "Group",
    operation: "GET /api/v2/groups",
    describe: GROUP,
  },
  station: {
    label: "Station",
    operation: "GET /api/v2/stations",
    describe: STATION,
  },
  location: {
    label: "Location",
    operation: "GET /api/v2/locations",
    describe: LOCATION,
  },
} as const satisfies Readonly<Record<string, ConfiguredListing>>;
