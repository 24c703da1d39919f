import { INTERVAL_WORDS } from "../../../analytics/interval.ts";
import type { HelpRow } from "../../layout/section.ts";
import type { TopicPage } from "../page.ts";

const FORMS: readonly HelpRow[] = [
  ["2026-10-01/2026-10-08", "start and end; the end is exclusive"],
  ["2026-10-01T08:00Z/now", "times in ISO 8601, and the current time"],
  ["2026-10-01/P7D", "start and length; also length and end"],
  ["2026-10-05", "a day"],
  ["2026-10", "a month"],
];

export function intervalsPage(): TopicPage {
  return {
    sections: [
      "Intervals of `query` and `export`, for `--interval`.",
      FORMS,
      `Relative intervals: ${INTERVAL_WORDS.join(", ")}.`,
      "Any number of hours, days or weeks may follow last-: last-36h, last-2w. Such an interval ends at the last full minute, which is too recent for an export; use yesterday, last-week or 2026-10 for whole days.",
      "Dates and relative intervals mean UTC unless `--time-zone` names a zone: --time-zone Europe/Berlin. genscope prints a hint when an interval ends at :59, or at a local time that daylight saving time skips.",
      "An interval that is longer than the platform accepts is split at UTC midnights, without gaps or duplicates; see `genscope help limits`.",
    ],
    examples: [
      ["genscope export conversations details --interval 2026-10 --out october", "a month of conversations"],
    ],
  };
}
