import { asNumber, asString } from "../../core/json.ts";
import { type JobTrouble, LOST_STATUSES } from "../jobs/job.ts";
import type { Action } from "./action.ts";
import { ActionError, numberIn, oneOf } from "./input.ts";

/** Actions that advance the time up to which data exists, or prepare faults for jobs. */
export const DATA_ACTIONS: Readonly<Record<string, Action>> = {
  "conversations.advance": {
    summary:
      "seconds? or to? (instant): advances the time; conversations continue, new ones begin, evaluations and surveys arrive",
    run: (world, input) => {
      const to = asString(input["to"]);
      const dataTimeMs =
        to === null ? world.dataTimeMs + (numberIn(input, "seconds") ?? 0) * 1000 : Date.parse(to);
      if (!(dataTimeMs >= world.dataTimeMs)) throw new ActionError("time only moves forward");
      world.dataTimeMs = dataTimeMs;
      return { dataTime: new Date(dataTimeMs).toISOString() };
    },
  },
  "job.fault": {
    summary:
      "times? (1: how many of the next jobs are affected), pendingPolls?, outcome? (FAILED, CANCELLED), expireAfterPages?, cursorUses? (how often a cursor may be used), cursorPages? (how many later pages it survives), lostAfterPages?, lostStatus? (404; 400, 403, 410), lostFor? (state, results; both when absent)",
    run: (world, input) => {
      const outcome = oneOf(input, "outcome", ["FAILED", "CANCELLED", "FULFILLED"], "FULFILLED");
      const lostStatus = LOST_STATUSES.find((status) => status === input["lostStatus"]);
      if (input["lostStatus"] !== undefined && lostStatus === undefined) {
        throw new ActionError(`\`lostStatus\` must be one of ${LOST_STATUSES.join(", ")}`);
      }
      const lostFor = oneOf(input, "lostFor", ["state", "results", "both"], "both");
      const trouble: JobTrouble = {
        ...(lostStatus === undefined ? {} : { lostStatus }),
        ...(lostFor === "both" ? {} : { lostFor }),
        ...(outcome === "FULFILLED" ? {} : { outcome }),
        ...Object.fromEntries(
          ["pendingPolls", "expireAfterPages", "cursorUses", "cursorPages", "lostAfterPages"].flatMap(
            (name) => {
              const value = asNumber(input[name]);
              return value === null ? [] : [[name, value]];
            },
          ),
        ),
      };
      const times = numberIn(input, "times") ?? 1;
      world.jobTroubles = [...world.jobTroubles, ...Array.from({ length: times }, () => trouble)];
      return { waiting: world.jobTroubles.length };
    },
  },
};
