import type { Column } from "../../../analytics/table.ts";
import { UsageError } from "../../../core/errors.ts";
import { ownValue } from "../../../core/own-value.ts";

/** Short column titles for a terminal. */
const TITLES: Readonly<Record<string, string>> = {
  conversationId: "conversation",
  conversationStart: "start",
  conversationEnd: "end",
  durationMs: "duration",
  mediaTypes: "media",
  interval_start: "from",
  interval_end: "to",
  startTime: "start",
  endTime: "end",
  calculatedMetricValue: "since",
};

/** Returns the title of a column on a terminal. */
export function titleOf(name: string): string {
  return ownValue(TITLES, name) ?? name;
}

/**
 * Returns the places of the requested columns, each by its name or title in any case.
 * @param requested null for every column
 * @throws UsageError `usage.unknown_column` with the columns that exist
 */
export function placesOf(
  columns: readonly Pick<Column, "name">[],
  requested: readonly string[] | null,
): readonly number[] {
  if (requested === null) return [...columns.keys()];
  return requested.map((text) => {
    const word = text.toLowerCase();
    const exact = columns.findIndex(({ name }) => name.toLowerCase() === word);
    const place = exact >= 0 ? exact : columns.findIndex(({ name }) => titleOf(name) === word);
    if (place >= 0) return place;
    throw new UsageError("usage.unknown_column", `the answer has no column \`${text}\``, {
      hint: `choose from --columns ${columns.map(({ name }) => name).join(",")}`,
    });
  });
}

/** Returns the items at the places, in their order. */
export function pick<Item>(items: readonly Item[], places: readonly number[]): readonly Item[] {
  return places.flatMap((place) => {
    const item = items[place];
    return item === undefined ? [] : [item];
  });
}
