import type { Dataset } from "../../../analytics/datasets/dataset.ts";
import type { Interval } from "../../../analytics/interval.ts";
import { buildQueryBody } from "../../../analytics/query-body.ts";
import { namedQueries } from "../../../analytics/query-list.ts";
import { UsageError } from "../../../core/errors.ts";
import type { JsonRecord } from "../../../core/json.ts";
import { contradiction } from "../../flags/contradiction.ts";
import { parseBody } from "../../flags/request-body.ts";
import type { ExportFlags } from "./flags.ts";

/**
 * Fields that the export sets itself so that each record arrives exactly once, and fields that do not select
 * records.
 */
const FIELDS_OF_THE_EXPORT = [
  "interval",
  "paging",
  "pageSize",
  "limit",
  "order",
  "orderBy",
  "startOfDayIntervalMatching",
  "aggregations",
] as const;

/**
 * Returns the constant part of every request of an export, in addition to its interval: from `--body`, or built
 * from the flags.
 * @throws UsageError for flags that the dataset does not accept, and for an invalid body
 */
export async function readExportBody(
  dataset: Dataset,
  flags: ExportFlags,
  interval: Interval | null,
  readBody: (name: string) => Promise<string>,
): Promise<JsonRecord> {
  const shaping = (["filter", "groupBy", "metric", "granularity"] as const).find(
    (name) => flags[name] !== undefined,
  );
  const queryName = dataset.files?.query ?? dataset.name;
  const query = namedQueries().find(({ name }) => name === queryName);
  const isListing = dataset.access.kind === "listing" || dataset.access.kind === "children";
  if (isListing && flags.body !== undefined) {
    throw contradiction(`\`${dataset.name}\` accepts no request body`, "omit `--body`");
  }
  if (flags.body !== undefined) {
    if (shaping !== undefined) {
      throw contradiction("`--body` is the whole request", "put filters, metrics and groups into the body");
    }
    return parseExportBody(await readBody(flags.body), flags.body);
  }
  if (query === undefined || isListing) {
    if (shaping === undefined) return {};
    throw contradiction(
      `\`${dataset.name}\` accepts no filters, metrics or groups`,
      isListing
        ? `omit them, and filter the records: genscope export ${dataset.name} --out - | jq -c 'select(.name == "NAME")'`
        : "pass a whole request: --body FILE",
    );
  }
  const { interval: _interval, ...body } = buildQueryBody(query, {
    interval,
    timeZone: flags.timeZone ?? null,
    filters: flags.filter ?? [],
    groupBy: flags.groupBy ?? [],
    metrics: flags.metric ?? dataset.metrics,
    granularity: flags.granularity ?? null,
  });
  return body;
}

/**
 * Parses a request body from the user. It selects records but must not control how they are fetched.
 * @param name name of the file, for messages
 * @throws UsageError `usage.body`
 */
function parseExportBody(text: string, name: string): JsonRecord {
  const body = parseBody(
    text,
    name,
    "pass one JSON object, without `interval` and `paging`: --body request.json",
  );
  const field = FIELDS_OF_THE_EXPORT.find((each) => Object.hasOwn(body, each));
  if (field === undefined) return body;
  throw new UsageError(
    "usage.body",
    `\`${field}\` is set by the export itself, so it must not be in \`${name}\` (--body)`,
    {
      hint:
        field === "interval"
          ? "omit `interval` there, and pass it as a flag: --interval yesterday"
          : `omit \`${field}\`: an export fetches every record, and sets the order and the paging itself`,
    },
  );
}
