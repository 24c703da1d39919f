import type { TopicPage } from "../page.ts";

/** Returns the page of `genscope help resume`. */
export function resumePage(): TopicPage {
  return {
    sections: [
      "An export returns every record exactly once, no matter when it is killed. It consists of parts, one per UTC day, and a conversation belongs to the day on which it starts. Each page is flushed to disk before its checkpoint, and a finished part is renamed atomically. Run the same command again with `--resume`: the result is the same.",
      "Gaps: a day with more results than a job returns (400,000), or whose aggregates do not fit into one response, is fetched in two, four, … pieces. Aggregates then have one record per group and piece, with the same buckets. A day that cannot be divided further is a gap with the code `export.too_large`. A refused part (403) is diagnosed and skipped, with exit 3; `--on-forbidden fail` stops instead.",
      "Watermark: a job beyond the platform's watermark would succeed and silently omit data that is not collected yet. The export reads the watermark first, stops there with a message and exits with 8; `--resume` fetches the rest later. `--fresh-tail` adds provisional data from the live index, in files named …-tail without attributes, and replaces it when the platform has collected the day.",
      "`--incremental` is for a scheduler. The first run begins at the start of `--interval`; every run continues up to now and ignores the end of the interval. Each later run fetches new data. It also fetches the last two days again (`--look-back`), because records change after they were first seen, and every older day with an open conversation that has ended. A day that is fetched again replaces its files.",
      "A word such as last-month means different days over time, and `--resume` refuses an export whose days the word no longer means. A repeated command therefore needs a date in `--out`, `--incremental`, or `--replace`.",
      "`--replace` fetches everything again. Earlier files stay until their successors are complete: a file is replaced by an atomic rename, and days that the interval no longer contains are removed from a directory at the end. It replaces only what an earlier run of the same request wrote, whatever its interval was.",
      "One run at a time: the second run in a directory exits with 2 and names the first. A run on another machine is presumed dead after a minute without a heartbeat, regardless of clocks. If it wakes up later, it changes nothing and exits with 8. `--resume` reads every finished file that changed since it was written, and fetches its part again if the content differs.",
      "Copies work: state files contain no paths, so a copied or moved directory continues with `--resume` or `--incremental`. Oversized pages are read at half the size. A lost job or an expired cursor restarts its part, up to three times. Jobs are deleted after they are read.",
    ],
    examples: [
      ["genscope export conversations details --interval yesterday --out yesterday --resume", "continue"],
      [
        "genscope export conversations details --interval last-week --out lake --format parquet --partition day --incremental",
        "for a scheduler",
      ],
      ["genscope export queues --out queues.csv --replace", "a snapshot, fetched again every night"],
    ],
  };
}
