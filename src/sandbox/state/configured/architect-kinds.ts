import { type ConfiguredListing, configurationOf, type Describe, reference } from "./configured-kind.ts";

/** Fields of a `Schedule`, whose times are local. */
const SCHEDULE: Describe = (schedule) => ({
  ...configurationOf(schedule),
  start: "2026-01-05T08:00:00.000",
  end: "2026-01-05T18:00:00.000",
  rrule: "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR",
});

/** Fields of a `ScheduleGroup`. */
const SCHEDULE_GROUP: Describe = (group, { roster }) => ({
  ...configurationOf(group),
  timeZone: "Europe/Zurich",
  openSchedules: [reference(roster, "schedule")],
  closedSchedules: [],
  holidaySchedules: [],
});

/** The kinds that are defined in Architect: schedules, and data that flows report. */
export const ARCHITECT_KINDS = {
  schedule: {
    label: "Schedule",
    operation: "GET /api/v2/architect/schedules",
    isByDivision: true,
    describe: SCHEDULE,
  },
  "schedule group": {
    label: "Schedule group",
    operation: "GET /api/v2/architect/schedulegroups",
    isByDivision: true,
    describe: SCHEDULE_GROUP,
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
} as const satisfies Readonly<Record<string, ConfiguredListing>>;
