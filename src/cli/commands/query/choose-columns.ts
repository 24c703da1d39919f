import type { Column } from "../../../analytics/table.ts";
import { closest } from "../../../core/closest.ts";
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
 * Returns the indexes of the requested columns, each by its name or title, ignoring case.
 * @param requested null for every column
 * @throws UsageError `usage.unknown_column`, which lists the columns that exist
 */
export function placesOf(
  columns: readonly Pick<Column, "name">[],
  requested: readonly string[] | null,
): readonly number[] {
  if (requested === null) return [...columns.keys()];
  return requested.map((text) => {
    const place = placeOf(columns, text);
    if (place >= 0) return place;
    const names = columns.map(({ name }) => name);
    const near = nearestColumn(text, names);
    const choice = `from these: --columns ${names.join(",")}`;
    throw new UsageError("usage.unknown_column", `the result has no column \`${text}\``, {
      hint: near === undefined ? `choose ${choice}` : `did you mean \`--columns ${near}\`? Choose ${choice}`,
    });
  });
}

/**
 * Returns the columns of a result without records. It has every requested column, because only records show which
 * columns a listing has.
 */
export function columnsOfNothing(
  columns: readonly Column[],
  requested: readonly string[] | null,
): readonly Column[] {
  if (requested === null) return columns;
  return requested.map((text) => columns[placeOf(columns, text)] ?? { name: text, type: "string" });
}

/** Returns the index of the column with this name or title; -1 when no column has it. */
function placeOf(columns: readonly Pick<Column, "name">[], text: string): number {
  const word = text.toLowerCase();
  const exact = columns.findIndex(({ name }) => name.toLowerCase() === word);
  return exact >= 0 ? exact : columns.findIndex(({ name }) => titleOf(name) === word);
}

/** Returns the column whose name the word abbreviates or misspells. */
function nearestColumn(word: string, names: readonly string[]): string | undefined {
  const begun = names.find((name) => name.toLowerCase().startsWith(word.toLowerCase()));
  return begun ?? closest(word, names, 1, Math.max(1, Math.floor(word.length / 4)))[0];
}

/** Returns the items at the indexes, in that order. */
export function pick<Item>(items: readonly Item[], places: readonly number[]): readonly Item[] {
  return places.flatMap((place) => {
    const item = items[place];
    return item === undefined ? [] : [item];
  });
}
