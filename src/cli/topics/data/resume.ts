import type { TopicPage } from "../page.ts";

export function resumePage(): TopicPage {
  return {
    sections: [
      "An export writes every record exactly once, no matter when it is killed. It consists of parts, one per UTC day, and a conversation belongs to the day on which it starts. Each page is flushed to disk before its checkpoint, and a finished part is renamed atomically. Run the same command again with `--resume`: the result is the same.",
      "Gaps: a day with more results than a job returns (400,000), or whose aggregates do not fit into one response, is fetched in two, four, … pieces. Aggregates then have one record per group per piece, with the same buckets. A day that cannot be divided further becomes a gap with the code `export.too_large`. A refused part (403) is diagnosed and skipped, and the export exits with 3; with `--on-forbidden fail`, it stops instead.",
      "The watermark is the time up to which the platform has collected all data. A job whose interval extends beyond it would succeed and silently omit data. The export reads the watermark first, stops there with a message and exits with 8; `--resume` fetches the rest later. `--fresh-tail` adds provisional data from the live index, without attributes, in files whose names end in -tail. A later run replaces these files when the platform has collected the day.",
      "`--incremental` is for a scheduler. The first run begins at the start of `--interval`; every run continues up to now and ignores the end of the interval. Each later run fetches new data. It also fetches the last two days again (`--look-back`), because records change after they were first seen, and every older day that had an open conversation that has since ended. A day that is fetched again replaces its files.",
      "A relative interval such as last-month covers different days over time. `--resume` refuses to continue an export whose interval now covers a different set of days. A command that you repeat therefore needs `--incremental`, `--replace`, or a date in `--out`.",
      "`--replace` fetches everything again. Earlier files stay until the files that replace them are complete: a file is replaced by an atomic rename, and days that the interval no longer contains are removed from a directory at the end. It replaces only what an earlier run of the same request wrote, whatever its interval was.",
      "One run at a time: the second run in a directory exits with 2 and names the first. A run on another machine is presumed dead after a minute without a heartbeat, even if the clocks of the machines differ. If it continues later, it changes nothing and exits with 8. `--resume` reads every finished file that changed since it was written, and fetches its part again if the content differs.",
      "An export can be copied or moved: state files contain no paths, so the directory continues with `--resume` or `--incremental`. Oversized pages are requested again at half the size. After a lost job or an expired cursor, a part is restarted, up to three times. Jobs are deleted after their results are read.",
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
