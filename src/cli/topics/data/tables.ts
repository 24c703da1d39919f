import {
  defaultCompressions,
  fileEndings,
  spreadsheetFormats,
  tableFormats,
} from "../../../export/writers/format-words.ts";
import type { TopicPage } from "../page.ts";

export function tablesPage(): TopicPage {
  return {
    sections: [
      `Files of an export. NDJSON contains the bytes of each record as the server sent them, except that the \`secret\` of OAuth clients is replaced by spaces. ${tableFormats("and")} consist of related tables: conversations, participants, sessions, segments, metrics, and also attributes, media_endpoint_stats, flow_outcomes, evaluations, surveys and resolutions.`,
      "The key of a row is the conversationId plus its position at each level (participantIdx, …), because segments and metrics have no ids. The columns are those of the platform's model and are the same in every file; fields outside the model are in `extra`. Parquet has native types and UTC times.",
      `In ${spreadsheetFormats("and")}, text that a spreadsheet would run as a formula is prefixed with an apostrophe, even when the formula follows a semicolon, a tab or a line end inside the text. In JSON columns, the formula's first character is escaped (\\u003d) instead. Numbers are not changed. \`--no-formula-guard\` leaves text unchanged. \`--compress gzip|zstd|none\` selects the compression: the default is ${defaultCompressions()}.`,
      "Destinations, for `--out`:",
      [
        ["a directory", `a file per UTC day; for ${tableFormats("and")}, in a directory per table`],
        [
          "with --partition day",
          "directories such as date=2026-10-01, which DuckDB, Spark, Trino and Athena read as one table",
        ],
        ["a file name", `one file, in the format that its extension names: ${fileEndings()}`],
        ["-", "standard output"],
      ],
      "Records are first spooled uncompressed in .genscope, one part at a time. A single file is assembled from its days at the end, which briefly takes twice the space. manifest.json contains the query, counts, the SHA-256 of each file, correlation ids and every gap. Readers should use the manifest. It is replaced atomically at the end of a run; until then, a directory may contain days of this run next to days of the previous run.",
      `User details: NDJSON has one record per user per UTC day; ${tableFormats("and")} have one row per presence period, in the table user_presence. A period that crosses midnight may appear on both days. To select each once in DuckDB:`,
      {
        lines:
          "select distinct on (userId, startTime, systemPresence) * exclude (presenceIdx)\nfrom 'lake/user_presence/**/*.parquet'",
      },
      "Tables to join with: users, teams, queues, wrap-up codes, skills, divisions, roles, flows, flow outcomes, campaigns and other listings are datasets too, such as `genscope export flow outcomes`. `genscope export --help` lists all.",
    ],
    examples: [
      [
        "genscope export conversations details --interval last-week --out lake --format parquet --partition day --incremental",
        "a data lake",
      ],
      ["genscope export queues --out queues.csv --replace", "queue names for joins"],
    ],
  };
}
