/** Matches an ISO 8601 date and time with a zone, of any precision. */
const INSTANT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;
const ZERO = 48;
const DAY_MS = 86_400_000;

/**
 * Returns the epoch milliseconds of an instant in the platform's form, `2026-10-01T08:15:30.250Z`, or with an
 * offset. Finer digits are cut off. NaN for any other string.
 */
export function instantMs(text: string): number {
  // Reading the platform's own form digit by digit takes a fifth of the time, and a record has dozens of
  // instants.
  if (text.length === 24 && text.charCodeAt(23) === 90 && text.charCodeAt(19) === 46) return platformMs(text);
  const date = INSTANT.exec(text)?.[1];
  // Date.parse accepts 30 February and returns 2 March.
  if (date === undefined || Number.isNaN(platformMs(`${date}T00:00:00.000Z`))) return Number.NaN;
  return Date.parse(text);
}

function platformMs(text: string): number {
  const isPunctuated =
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58;
  const year = digits(text, 0) * 100 + digits(text, 2);
  const month = digits(text, 5);
  const day = digits(text, 8);
  const hour = digits(text, 11);
  const minute = digits(text, 14);
  const second = digits(text, 17);
  const millisecond = digits(text, 20) * 10 + digit(text, 22);
  if (!isPunctuated || !(month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month))) {
    return Number.NaN;
  }
  if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN;
  return daysSince1970(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - ZERO;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

function digits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * Returns the days since the epoch in the proleptic Gregorian calendar. A year begins in March, so that the leap
 * day is the last day of a year.
 */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}
