import { asNumber } from "../../core/json.ts";
import { USER_JOB_FIELDS } from "../conversations/search/declared-fields.ts";
import { visibleDivisions } from "../exchange.ts";
import type { JobKind } from "../jobs/submission.ts";
import { describeUser } from "./periods.ts";
import { checkUserFilters, findUsers } from "./user-search.ts";

/**
 * Jobs for user details from the data lake, with one row per user. Periods after the watermark are silently omitted.
 */
export const USER_JOBS: JobKind = {
  rowsKey: "userDetails",
  includesAvailability: true,
  fields: USER_JOB_FIELDS,
  plan(exchange, { body, interval, watermarkMs }) {
    const { world, match } = exchange;
    const refused = checkUserFilters(body);
    if (refused !== null) return refused;
    const divisions = visibleDivisions(exchange, match.operation.permissions);
    const asOfMs = Math.min(world.dataTimeMs, watermarkMs);
    const limit = asNumber(body["limit"]) ?? Number.POSITIVE_INFINITY;
    return () => {
      const found = findUsers(world, interval, body, divisions);
      return {
        count: Math.min(found.length, limit),
        textAt(place) {
          const user = found[place];
          return user === undefined ? "{}" : JSON.stringify(describeUser(user.userId, user.periods, asOfMs));
        },
      };
    };
  },
};
