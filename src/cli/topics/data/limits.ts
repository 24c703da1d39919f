import type { TopicPage } from "../page.ts";

export function limitsPage(): TopicPage {
  return {
    sections: [
      "Limits of the platform and of genscope.",
      "Number of records: `query` reads the first 100; `--limit N` or `--all` changes that. An interval that is longer than the platform accepts for a details query (7 days, 31 with a filter) is split at UTC midnights, and a part with too many results to page through is split further. Every conversation appears exactly once.",
      "When the platform refuses an aggregate query because of its length or size, or does not respond in time, the query is split between buckets and the results are joined as if they were one response. Without `--granularity`, sums, counts, minima and maxima are joined; distinct counts and percentiles cannot be added up, so genscope refuses the query.",
      "Interruptions: a read whose connection breaks or whose body is damaged is repeated within `--max-wait` (30 s; 10 m for `export`). A paged read continues at the broken page, and every row appears exactly once.",
      "Rate limits: while the service returns 429, genscope sends one request at a time. After 20 refusals in a row, the command exits with 7. The limit of 300 requests per minute applies to each token.",
      "Sizes: a response may contain at most 64 MiB after decompression (1 MiB from the token endpoint), 256 levels of nesting, 100,000 keys in one object, 4 million values, and 16 KiB of headers. `export` streams its pages, so its limits of 64 MiB and 256 levels apply to each record. A `--body` file may be up to 1,000,000 bytes, which is the platform's limit. A policy file and a credential store may be up to 1 MiB each, any other file up to 64 MiB. The error names the limit.",
      "`query` and `export` refuse an operation that could change data, and send nothing. `query` asks before a POST that starts work on the platform. The jobs and batches that an export submits are POSTs that are known not to change data.",
    ],
    examples: [
      [
        "genscope query conversations details --interval last-month --all > last-month.ndjson",
        "every conversation of a month",
      ],
    ],
  };
}
