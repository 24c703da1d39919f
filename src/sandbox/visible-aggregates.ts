import type { JsonRecord } from "../core/json.ts";
import { queryAggregates } from "./conversations/search/aggregate-query.ts";
import type { SearchInterval } from "./conversations/search/interval.ts";
import { candidates } from "./conversations/search/search.ts";
import { type Exchange, visibleDivisions } from "./exchange.ts";
import type { Refusal } from "./refusal.ts";

/** Returns one result per group of the caller's conversations. */
export function aggregatesOf(
  { world, match, ...exchange }: Exchange,
  interval: SearchInterval,
  body: JsonRecord,
): readonly object[] | Refusal {
  const archive = world.archive();
  const asOfMs = world.dataTimeMs;
  const wanted = {
    interval,
    body,
    isByStartDay: false,
    divisions: visibleDivisions({ world, match, ...exchange }, match.operation.permissions),
    asOfMs,
    latestStartMs: Number.POSITIVE_INFINITY,
  };
  return queryAggregates(
    function* () {
      for (const { dayMs, index } of candidates(archive, wanted)) yield archive.read(dayMs, index, asOfMs);
    },
    interval,
    body,
    world.settings.mostBuckets,
  );
}
