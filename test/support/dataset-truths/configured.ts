import { describerOf, type ListedKind } from "../../../src/sandbox/state/configured/configured-kinds.ts";
import { type Fields, listing, NAMED, PLACED, placed, SIZED } from "./listing-truth.ts";
import type { DatasetTruth } from "./sandbox-truth.ts";

/** Datasets that list objects of `src/sandbox/state/configured`. */
export const CONFIGURED_TRUTHS = {
  groups: configured("groups", "Group", "group", { memberCount: "number", rulesVisible: "flag" }, NAMED),
  stations: configured(
    "stations",
    "Station",
    "station",
    { webRtcUserId: "id", webRtcCallAppearances: "number" },
    NAMED,
  ),
  locations: configured(
    "locations",
    "LocationDefinition",
    "location",
    { version: "number", notes: "text" },
    NAMED,
  ),
  schedules: configured("schedules", "Schedule", "schedule", { rrule: "text", dateModified: "instant" }),
  "schedule groups": configured("schedule_groups", "ScheduleGroup", "schedule group", {
    openSchedules: "items",
  }),
  "flow outcomes": configured("flow_outcome_definitions", "FlowOutcome", "flow outcome", {
    description: "text",
  }),
  "flow milestones": configured("flow_milestones", "FlowMilestone", "flow milestone", {
    description: "text",
  }),
  campaigns: configured("campaigns", "Campaign", "campaign", {
    abandonRate: "number",
    "contactList.id": "id",
  }),
  "contact lists": configured("contact_lists", "ContactList", "contact list", {
    size: "number",
    trimWhitespace: "flag",
  }),
  "dnc lists": configured("dnc_lists", "DncList", "DNC list", { size: "number", dncSourceType: "text" }),
  sites: configured("sites", "Site", "site", { "location.id": "id", managed: "flag" }, NAMED),
  trunks: configured("trunks", "Trunk", "trunk", { inService: "flag", version: "number" }, NAMED),
} satisfies Readonly<Record<string, DatasetTruth>>;

/** Returns the dataset of a kind of object that administrators configure, as the sandbox describes the objects. */
function configured(
  table: string,
  model: string,
  kind: ListedKind,
  fields: Fields,
  common: Fields = PLACED,
): DatasetTruth {
  const describe = describerOf(kind);
  return listing(table, model, { ...common, ...fields }, ({ roster }) =>
    roster.configured[kind].map((each) => ({ ...placed(each), ...describe(each, { roster, query: SIZED }) })),
  );
}
