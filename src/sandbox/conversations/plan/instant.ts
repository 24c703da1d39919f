export const DAY_MS = 86_400_000;

const TWO_DIGITS: readonly string[] = Array.from({ length: 100 }, (_, number) =>
  `${number}`.padStart(2, "0"),
);
const THREE_DIGITS: readonly string[] = Array.from({ length: 1000 }, (_, number) =>
  `${number}`.padStart(3, "0"),
);

/** Returns the first instant of the UTC day that contains `epochMs`. */
export function dayOf(epochMs: number): number {
  return Math.floor(epochMs / DAY_MS) * DAY_MS;
}

/**
 * Formats an instant as `YYYY-MM-DDTHH:mm:ss.SSSZ`. A record has about sixty instants, and creating a `Date` for each
 * would take most of the time that a page needs.
 */
export function at(epochMs: number): string {
  const day = Math.floor(epochMs / DAY_MS);
  const insideMs = epochMs - day * DAY_MS;
  const seconds = Math.floor(insideMs / 1000);
  const minutes = Math.floor(seconds / 60);
  const time = `${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}`;
  return `${dateOf(day)}T${time}.${THREE_DIGITS[insideMs % 1000]}Z`;
}

/**
 * Returns the date of a day counted from 1970-01-01. Internally a year begins in March, so that the leap day is its
 * last day.
 */
function dateOf(day: number): string {
  const fromMarch = day + 719_468;
  const era = Math.floor(fromMarch / 146_097);
  const dayOfEra = fromMarch - era * 146_097;
  const leapDays =
    Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${TWO_DIGITS[month]}-${TWO_DIGITS[dayOfMonth]}`;
}
