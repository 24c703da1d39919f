import { openCalendar } from "./calendar.ts";

/** Matches a time whose seconds are 59, which probably means the end of that minute. */
const LAST_SECOND = /T\d\d:\d\d:59(\.9{1,9})?(?=Z|[+-]|$)/i;
const LAST_MINUTE = /T\d\d:59(:00(\.0{1,9})?)?(?=Z|[+-]|$)/i;
const ZONE = /(?:Z|[+-]\d\d(?::?\d\d)?)$/i;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * Returns warnings about probable mistakes in a valid interval: a start in the future, an end at `:59`, which leaves
 * out the last second or minute, and a local time that daylight saving time skips.
 * @param at the start of the interval and the current time, in milliseconds since the epoch
 */
export function adviseInterval(
  text: string,
  timeZone: string,
  { startMs, nowMs }: { readonly startMs: number; readonly nowMs: number },
): readonly string[] {
  const ends = text.split("/").map((end) => end.trim());
  const [, end = ""] = ends;
  const skipped = openCalendar(timeZone)?.skippedTo;
  return [
    ...(startMs > nowMs ? [`the interval \`${text}\` is in the future, so there is no data yet`] : []),
    ...(ends.length === 2 ? shortEnd(end) : []),
    ...ends.flatMap((each) => {
      const used = skipped?.(each) ?? null;
      return used === null
        ? []
        : [`\`${each}\` does not exist in ${timeZone}, because clocks go forward; genscope uses \`${used}\``];
    }),
  ];
}

/**
 * Returns the whole UTC days of an interval whose data is complete, as an interval of dates; null if the
 * interval contains no such day.
 * @param untilMs the end of the period with complete data, in milliseconds since the epoch
 */
export function wholeDaysIn(
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  untilMs: number,
): string | null {
  const first = Math.ceil(startMs / DAY_MS) * DAY_MS;
  const last = Math.floor(Math.min(endMs, untilMs) / DAY_MS) * DAY_MS;
  const dateOf = (atMs: number) => new Date(atMs).toISOString().slice(0, "YYYY-MM-DD".length);
  return first < last ? `${dateOf(first)}/${dateOf(last)}` : null;
}

function shortEnd(end: string): readonly string[] {
  const isSecond = LAST_SECOND.test(end);
  if (!isSecond && !LAST_MINUTE.test(end)) return [];
  const unitMs = isSecond ? MINUTE_MS : HOUR_MS;
  const zone = ZONE.exec(end)?.[0] ?? "";
  const localMs = Date.parse(`${end.slice(0, end.length - zone.length)}Z`);
  if (Number.isNaN(localMs)) return [];
  const next = new Date(Math.ceil((localMs + 1) / unitMs) * unitMs)
    .toISOString()
    .slice(0, "YYYY-MM-DDTHH:MM".length);
  const lost = isSecond ? "second" : "minute";
  return [
    `the end is exclusive, so \`${end}\` leaves out the last ${lost}: to include the whole hour or day, end the interval with \`${next}${zone}\``,
  ];
}
