import { UsageError } from "../../core/errors.ts";

/** Returns the day that a flag names, `2027-03-01`. @throws UsageError `usage.flag` for anything but a day */
export function readDay(text: string, flag: string): string {
  const day = text.trim();
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
  if (isDay && new Date(day).toISOString().startsWith(day)) return day;
  throw new UsageError("usage.flag", `\`${text}\` is not a day (${flag})`, {
    hint: `write a day: ${flag} 2027-03-01`,
  });
}
