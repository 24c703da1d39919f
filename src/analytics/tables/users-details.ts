import { asArray, asString } from "../../core/json.ts";
import type { Flattener } from "../table.ts";
import { columnsOf, planTable, rowOf } from "./table-plan.ts";

const USER = columnsOf("string", "userId");
const PERIOD = columnsOf("timestamp", "startTime", "endTime");

const users = planTable("users_details", {
  model: { columns: USER, lists: ["primaryPresence", "routingStatus"] },
});
const presence = planTable("user_presence", {
  keys: [...USER, ...columnsOf("int32", "presenceIdx")],
  model: { columns: [...PERIOD, ...columnsOf("string", "systemPresence", "organizationPresenceId")] },
});
const routingStatus = planTable("user_routing_status", {
  keys: [...USER, ...columnsOf("int32", "statusIdx")],
  model: { columns: [...PERIOD, ...columnsOf("string", "routingStatus")] },
});

/** Flattens `AnalyticsUserDetail`: the user, and one row per period of presence and of routing status. */
export function usersDetailsFlattener(): Flattener {
  return {
    tables: [users.table, presence.table, routingStatus.table],
    flatten(record, emit) {
      emit(0, rowOf(users, [], record));
      const userId = asString(record["userId"]);
      for (const [index, period] of asArray(record["primaryPresence"]).entries()) {
        emit(1, rowOf(presence, [userId, index], period));
      }
      for (const [index, period] of asArray(record["routingStatus"]).entries()) {
        emit(2, rowOf(routingStatus, [userId, index], period));
      }
    },
  };
}
