/** A kind of object that administrators configure, and its listing by page number. */
export interface ConfiguredListing {
  /** The names of the objects: this label and a number. */
  readonly label: string;
  readonly operation: string;
  /** Whether the caller sees only objects of divisions where it holds the operation's permission. */
  readonly isByDivision?: boolean;
  /** Permission that a client needs in order to read this data; absent when a broader one covers it. */
  readonly permission?: string;
  /** The listing returns at most this many entries, regardless of the request. */
  readonly mostEntries?: number;
  /** Whether the listing refuses an empty page unless the request allows it. */
  readonly refusesEmpty?: boolean;
}

/** Outbound listings return at most this many entries. */
const OUTBOUND = { isByDivision: true, mostEntries: 100 } as const;

/** Listings of configured objects. Objects with fields of their own are in `answers/configured-objects.ts`. */
export const CONFIGURED_LISTINGS = {
  group: {
    label: "Group",
    operation: "GET /api/v2/groups",
  },
  station: {
    label: "Station",
    operation: "GET /api/v2/stations",
  },
  location: {
    label: "Location",
    operation: "GET /api/v2/locations",
  },
  schedule: {
    label: "Schedule",
    operation: "GET /api/v2/architect/schedules",
    isByDivision: true,
  },
  "schedule group": {
    label: "Schedule group",
    operation: "GET /api/v2/architect/schedulegroups",
    isByDivision: true,
  },
  "flow outcome": {
    label: "Outcome of a flow",
    operation: "GET /api/v2/flows/outcomes",
    isByDivision: true,
    permission: "architect:flowOutcome:view",
  },
  "flow milestone": {
    label: "Milestone",
    operation: "GET /api/v2/flows/milestones",
    isByDivision: true,
    permission: "architect:flowMilestone:view",
  },
  campaign: {
    label: "Campaign",
    operation: "GET /api/v2/outbound/campaigns",
    permission: "outbound:campaign:view",
    ...OUTBOUND,
  },
  "contact list": {
    label: "Contact list",
    operation: "GET /api/v2/outbound/contactlists",
    permission: "outbound:contactList:view",
    refusesEmpty: true,
    ...OUTBOUND,
  },
  "DNC list": {
    label: "DNC list",
    operation: "GET /api/v2/outbound/dnclists",
    permission: "outbound:dncList:view",
    refusesEmpty: true,
    ...OUTBOUND,
  },
  site: {
    label: "Site",
    operation: "GET /api/v2/telephony/providers/edges/sites",
  },
  trunk: {
    label: "Trunk",
    operation: "GET /api/v2/telephony/providers/edges/trunks",
  },
} as const satisfies Readonly<Record<string, ConfiguredListing>>;

/** Kinds of objects with such a listing. */
export type ListedKind = keyof typeof CONFIGURED_LISTINGS;

/** Returns every kind with its listing. */
export function configuredListings(): readonly (readonly [ListedKind, ConfiguredListing])[] {
  return Object.entries(CONFIGURED_LISTINGS) as [ListedKind, ConfiguredListing][];
}
