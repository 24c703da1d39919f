import { AT, type ConfiguredListing, type Describe, reference } from "./configured-kind.ts";

/** Properties that all outbound listings have in common. */
const OUTBOUND = { isByDivision: true, mostEntries: 100 } as const;

/** Fields of a `Campaign`. */
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

/** Fields of a `ContactList`. Includes the size and the import state on request. */
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

/** Fields of a `DncList`. Includes the size and the import state on request. */
const DNC_LIST: Describe = (_list, { query }) => ({
  ...AT,
  version: 1,
  dncSourceType: "rds",
  contactMethod: "Phone",
  dncCodes: [],
  ...onRequest(query),
});

/** Campaigns and their lists. */
export const OUTBOUND_KINDS = {
  campaign: {
    label: "Campaign",
    operation: "GET /api/v2/outbound/campaigns",
    permission: "outbound:campaign:view",
    ...OUTBOUND,
    describe: CAMPAIGN,
  },
  "contact list": {
    label: "Contact list",
    operation: "GET /api/v2/outbound/contactlists",
    permission: "outbound:contactList:view",
    refusesEmpty: true,
    ...OUTBOUND,
    describe: CONTACT_LIST,
  },
  "DNC list": {
    label: "DNC list",
    operation: "GET /api/v2/outbound/dnclists",
    permission: "outbound:dncList:view",
    refusesEmpty: true,
    ...OUTBOUND,
    describe: DNC_LIST,
  },
} as const satisfies Readonly<Record<string, ConfiguredListing>>;

function onRequest(query: URLSearchParams): Readonly<Record<string, unknown>> {
  return {
    ...(query.get("includeSize") === "true" ? { size: 12_000 } : {}),
    ...(query.get("includeImportStatus") === "true"
      ? { importStatus: { state: "COMPLETED", totalRecords: 12_000, percentComplete: 100 } }
      : {}),
  };
}
