import { INTERVAL_WORDS } from "../../analytics/interval.ts";
import { renderPage, type TopicRow } from "./page.ts";

const FORMS: readonly TopicRow[] = [
  ["2026-10-01/2026-10-08", "start and end; the end is exclusive"],
  ["2026-10-01T08:00Z/now", "instants in ISO 8601, and the present"],
  ["2026-10-01/P7D", "start and length; also length and end"],
  ["2026-10-05", "a day"],
  ["2026-10", "a month"],
];

/** Returns the text of `genscope help intervals`. */
export function intervalsHelp(): string {
  return renderPage(
    [
      "Intervals of `query` and `export`, for `--interval`.",
      FORMS,
      `Words: ${INTERVAL_WORDS.join(", ")}.`,
      "Any number of hours, days or weeks may follow last-: last-36h, last-2w. Such an interval ends with the last full minute.\nDates and words mean UTC unless `--time-zone` names a zone: --time-zone Europe/Berlin. An interval that is longer than the\nplatform accepts is split at UTC midnights, without gaps and without duplicates.",
    ],
    [["genscope export conversations details --interval 2026-10 --out october", "a month of conversations"]],
  );
}
