import type { Dataset } from "../dataset.ts";
import { managementUnits } from "./management-units.ts";

const PATH = "/api/v2/workforcemanagement/adherence/historical/bulk";

/**
 * Historical adherence of agents (`WfmHistoricalAdherenceBulkUserResult`) per management unit and UTC day: one job
 * each, whose results are files at signed URLs.
 */
export const adherence: Dataset = {
  name: "adherence",
  summary: "agents' adherence and conformance per management unit and UTC day, with exceptions",
  table: "adherence",
  access: {
    kind: "children",
    parents: {
      from: managementUnits.access,
      objectsOf: (unit) => [unit],
      startField: null,
      repeated: { managementUnitId: "id", managementUnitName: "name" },
    },
    listing: {
      kind: "listing",
      path: PATH,
      queries: [{}],
      itemsKey: "userResults",
      largestPage: 1,
      paging: "one-answer",
    },
    report: {
      path: PATH,
      repeated: ["startDate", "endDate", "lookupIdToSecondaryPresenceId"],
      bodyOf: (managementUnitId, startDate, endDate) => ({
        items: [{ managementUnitId, startDate, endDate, includeExceptions: true, includeActuals: true }],
        timeZone: "UTC",
      }),
    },
  },
  identity: { fields: ["managementUnitId", "startDate", "userId"] },
  life: null,
  withheld: ["downloadUrls"],
  unknowns: [
    "how long a job takes and how long its URLs work; expired URLs are requested again",
    "the names of job states other than Complete; a job without results after 30 minutes counts as lost",
    "whether the platform reports a day that has not ended, and whether a finished day changes when its schedule does",
    "whether the platform rounds an interval to days of the unit's own time zone",
  ],
  metrics: [],
  tables: {
    kind: "related",
    areSeveral: true,
    flattener: async () => (await import("../../tables/adherence.ts")).adherenceFlattener(),
  },
};
