import type { Dataset } from "../../../analytics/datasets/dataset.ts";
import type { Interval } from "../../../analytics/interval.ts";
import { buildQueryBody } from "../../../analytics/query-body.ts";
import { namedQueries } from "../../../analytics/query-list.ts";
import { UsageError } from "../../../core/errors.ts";
import type { JsonRecord } from "../../../core/json.ts";
import { contradiction } from "../../flags/contradiction.ts";
import { parseBody } from "../../flags/request-body.ts";
import type { ExportFlags } from "./flags.ts";

/** What an export says itself, so that no record is left out or comes twice; and what is no record. */
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
 * What each request of an export says besides its interval: of `--body`, or made of the flags.
 * @throws UsageError for flags the dataset does not take, and for a body that is none
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
  const query = namedQueries().find(({ name }) => name === dataset.name);
  const isListing = dataset.access.kind === "listing";
  if (isListing && flags.body !== undefined) {
    throw contradiction(`\`${dataset.name}\` takes no request body`, "leave `--body` out");
  }
  if (flags.body !== undefined) {
    if (shaping !== undefined) {
      throw contradiction("`--body` is the whole request", "put filters, metrics and groups into it");
    }
    return parseExportBody(await readBody(flags.body), flags.body);
  }
  if (query === undefined || isListing) {
    if (shaping === undefined) return {};
    throw contradiction(
      `\`${dataset.name}\` takes no filters, metrics or groups`,
      isListing ? "leave them out" : "give a whole request: --body FILE",
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
 * The request body of a person: what to choose, and nothing of how it is brought.
 * @param name of the file it came from, for messages
 * @throws UsageError `usage.body`
 */
function parseExportBody(text: string, name: string): JsonRecord {
  const body = parseBody(
    text,
    name,
    "a request body is one JSON object, without `interval` and `paging`: --body request.json",
  );
  const field = FIELDS_OF_THE_EXPORT.find((each) => Object.hasOwn(body, each));
  if (field === undefined) return body;
  throw new UsageError("usage.body", `\`${field}\` belongs to the export, not to \`${name}\` (--body)`, {
    hint:
      field === "interval"
        ? "leave `interval` out of it, and say of when with a flag: --interval yesterday"
        : `leave \`${field}\` out of it: an export brings every record, in an order and in pages of its own`,
  });
}
