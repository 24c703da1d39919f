import type { ConfiguredKind, Member, Roster } from "../state/roster.ts";

/** Returns the fields of an object except its id, name, division and address. */
export type Describe = (
  member: Member,
  context: { readonly roster: Roster; readonly query: URLSearchParams },
) => Readonly<Record<string, unknown>>;

const AT = { dateCreated: "2024-02-29T12:00:00.000Z", dateModified: "2025-06-30T23:59:59.999Z" };

/** Only the fields that every kind has. */
export const CONFIGURED: Describe = ({ name }) => ({ description: `About ${name}` });

/** `Language`, except its version. */
export const ACTIVE: Describe = () => ({ state: "active", dateModified: AT.dateModified });

/** `Group`. */
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

/** `Station`. */
const STATION: Describe = ({ name }, { roster }) => ({
  description: name,
  status: "AVAILABLE",
  type: "inin_webrtc_softphone",
  webRtcUserId: roster.agents[0]?.id,
  webRtcPersistentEnabled: true,
  webRtcCallAppearances: 10,
});

/** `LocationDefinition`. */
const LOCATION: Describe = ({ name }) => ({
  state: "active",
  version: 2,
  notes: name,
  path: [],
  address: { city: "Zürich", country: "CH", countryName: "Switzerland", street1: "Bahnhofstrasse 1" },
  addressVerified: false,
});

/** `Schedule`, with local times. */
const SCHEDULE: Describe = (schedule) => ({
  ...configurationOf(schedule),
  start: "2026-01-05T08:00:00.000",
  end: "2026-01-05T18:00:00.000",
  rrule: "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR",
});

/** `ScheduleGroup`. */
const SCHEDULE_GROUP: Describe = (group, { roster }) => ({
  ...configurationOf(group),
  timeZone: "Europe/Zurich",
  openSchedules: [reference(roster, "schedule")],
  closedSchedules: [],
  holidaySchedules: [],
});

/** `Site`, in the first location. */
const SITE: Describe = (site, { roster }) => ({
  ...configurationOf(site),
  location: reference(roster, "location"),
  managed: false,
  mediaModel: "Cloud",
  mediaRegions: ["eu-central-1"],
  primarySites: [],
});

/** `Trunk`. */
const TRUNK: Describe = (trunk) => ({
  ...configurationOf(trunk),
  trunkType: "EXTERNAL",
  inService: true,
  enabled: true,
  family: 1,
  connectedStatus: { connected: true, connectedStateTime: AT.dateModified },
  proxyAddressList: ["198.51.100.7:5061"],
});

/** `Campaign`. */
const CAMPAIGN: Describe = (_campaign, { roster }) => ({
  ...AT,
  version: 7,
  contactList: reference(roster, "contact list"),
  queue: { id: roster.queues[0]?.id, name: roster.queues[0]?.name },
  dialingMode: "predictive",
  campaignStatus: "off",
  phoneColumns: [{ columnName: "Phone", type: "cell" }],
  dncLists: [reference(roster, "DNC list")],
  abandonRate: 3.5,
  callerName: "Example",
  callerAddress: "+41445550100",
  priority: 5,
  alwaysRunning: false,
});

/** `ContactList`; the size and the import state are included on request. */
const CONTACT_LIST: Describe = (_list, { query }) => ({
  ...AT,
  version: 1,
  columnNames: ["Phone", "Name"],
  phoneColumns: [{ columnName: "Phone", type: "cell" }],
  previewModeAcceptedValues: [],
  automaticTimeZoneMapping: false,
  trimWhitespace: true,
  ...onRequest(query),
});

/** `DncList`; the size and the import state are included on request. */
const DNC_LIST: Describe = (_list, { query }) => ({
  ...AT,
  version: 1,
  dncSourceType: "rds",
  contactMethod: "Phone",
  dncCodes: [],
  ...onRequest(query),
});

/** Fields of each kind that has more than `CONFIGURED`. */
export const OBJECTS: Readonly<Partial<Record<ConfiguredKind, Describe>>> = {
  group: GROUP,
  station: STATION,
  location: LOCATION,
  schedule: SCHEDULE,
  "schedule group": SCHEDULE_GROUP,
  campaign: CAMPAIGN,
  "contact list": CONTACT_LIST,
  "DNC list": DNC_LIST,
  site: SITE,
  trunk: TRUNK,
};

function configurationOf({ name }: Member): Readonly<Record<string, unknown>> {
  return { description: `About ${name}`, version: 4, ...AT, state: "active", createdByApp: "architect" };
}

function onRequest(query: URLSearchParams): Readonly<Record<string, unknown>> {
  return {
    ...(query.get("includeSize") === "true" ? { size: 12_000 } : {}),
    ...(query.get("includeImportStatus") === "true"
      ? { importStatus: { state: "COMPLETED", totalRecords: 12_000, percentComplete: 100 } }
      : {}),
  };
}

function reference(roster: Roster, kind: ConfiguredKind): Readonly<Record<string, unknown>> {
  const [first] = roster.configured[kind];
  return { id: first?.id, name: first?.name };
}
