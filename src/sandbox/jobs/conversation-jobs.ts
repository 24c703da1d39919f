import { asNumber, asString } from "../../core/json.ts";
import { refusingUnknown } from "../conversations/search/detail-query.ts";
import { compileFilters } from "../conversations/search/filter.ts";
import { search } from "../conversations/search/search.ts";
import { visibleDivisions } from "../exchange.ts";
import { refusal } from "../refusal.ts";
import type { JobKind } from "./submission.ts";

const ORDERS: readonly string[] = ["asc", "desc", "unordered"];

/**
 * Conversation details from the data lake, with attributes. Conversations after the watermark are silently
 * absent.
 */
export const CONVERSATION_JOBS: JobKind = {
  rowsKey: "conversations",
  tellsAvailability: true,
  absentFields: ["paging", "aggregations"],
  plan(exchange, { body, interval, watermarkMs }) {
    const { world, match } = exchange;
    const order = asString(body["order"]) ?? "asc";
    if (!ORDERS.includes(order)) {
      return refusal(400, "invalid.value", "Value [{value}] is not valid", { value: order });
    }
    const filters = refusingUnknown(() => compileFilters(body));
    if (filters !== null && "template" in filters) return filters;
    const archive = world.archive();
    const asOfMs = world.dataTimeMs;
    const divisions = visibleDivisions(exchange, match.operation.permissions);
    const limit = asNumber(body["limit"]) ?? Number.POSITIVE_INFINITY;
    return () => {
      const found = search(archive, {
        interval,
        body,
        isByStartDay: body["startOfDayIntervalMatching"] === true,
        divisions,
        asOfMs,
        latestStartMs: watermarkMs,
      });
      return {
        count: Math.min(found.count, limit),
        textAt(place) {
          const { dayMs, index } = found.at(place);
          return archive.render(dayMs, index, asOfMs, true);
        },
      };
    };
  },
};
