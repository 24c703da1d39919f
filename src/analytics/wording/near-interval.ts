import { closest } from "../../core/closest.ts";

/** Matches a date, whose month and day may not exist. */
const DATE = /(\d{4})-(\d\d)-(\d\d)/;
const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);
/** Matches a length such as `7d`, `last 7 days`, `past_2w` or `-24h`. */
const LENGTH = /^-?(?:last|past|previous|the last)?[\s_-]*(\d{1,4})[\s_-]*(h|d|w)[a-z]*$/;
/** Matches a date such as `2026/10/01` or `2026.10.1`. */
const OTHER_DATE = /^(\d{4})[/.](\d\d?)[/.](\d\d?)$/;
const YEAR = /^(\d{4})$/;
/** Matches a start and an end with a separator other than `/`: `A..B`, `A to B`, `A,B`, `A B`. */
const TWO_ENDS =
  /^(\d{4}-\d\d\S{0,30}?)(?:\s*\.{2,3}\s*|\s+(?:to|until|till|-)\s+|\s*,\s*|\s+)(\d{4}-\d\d\S{0,30})$/i;
const INSTANT = /^\d{4}-\d\d-\d\dT\S{2,30}$/i;
const MOST_MISTAKES = 3;

/**
 * Returns intervals that a string may mean, likeliest first. The caller suggests those that are valid.
 * @param words the valid words for intervals, such as `last-week`
 */
export function nearIntervals(text: string, words: readonly string[]): readonly string[] {
  const given = text.trim();
  const word = given.toLowerCase().replaceAll(/[\s_]+/g, "-");
  const [, count, unit] = LENGTH.exec(given.toLowerCase()) ?? [];
  const [, year, month = "", day = ""] = OTHER_DATE.exec(given) ?? [];
  const [, first, second] = TWO_ENDS.exec(given) ?? [];
  const [, wholeYear] = YEAR.exec(given) ?? [];
  return [
    ...(count === undefined ? [] : [`last-${Number(count)}${unit}`]),
    ...(year === undefined ? [] : [`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`]),
    ...(first === undefined ? [] : [`${first}/${second}`]),
    ...(wholeYear === undefined ? [] : [`${wholeYear}-01-01/${Number(wholeYear) + 1}-01-01`]),
    ...(INSTANT.test(given) ? [`${given}/PT1H`] : []),
    ...closest(word, words, 1, Math.min(MOST_MISTAKES, Math.floor(word.length / 3))),
  ];
}

/** Returns why a date in the text does not exist, such as `November 2026 has 30 days`; null when each one exists. */
export function missingDate(text: string): string | null {
  for (const end of text.split("/")) {
    const [, year = "", month = "", day = ""] = DATE.exec(end) ?? [];
    if (year === "") continue;
    const name = MONTHS[Number(month) - 1];
    if (name === undefined) return `there is no month ${month}`;
    const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
    if (Number(day) < 1 || Number(day) > days) return `${name} ${year} has ${days} days`;
  }
  return null;
}
