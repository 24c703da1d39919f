import { asNumber } from "../../core/json.ts";
import { CONVERSATION_JOB_FIELDS } from "../conversations/search/declared-fields.ts";
import { refusingUnknown } from "../conversations/search/detail-query.ts";
import { compileFilters } from "../conversations/search/filter.ts";
import { search } from "../conversations/search/search.ts";
import { visibleDivisions } from "../exchange.ts";
import type { JobKind } from "./submission.ts";

/**
 * Jobs for conversation details from the data lake, with attributes. Conversations after the watermark are silently
 * omitted.
 */
export const CONVERSATION_JOBS: JobKind = {
  rowsKey: "conversations",
  includesAvailability: true,
  fields: CONVERSATION_JOB_FIELDS,
  plan(exchange, { body, interval, watermarkMs }) {
    const { world, match } = exchange;
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
