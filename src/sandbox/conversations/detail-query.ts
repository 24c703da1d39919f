import { asArray, asNumber, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import { type Refusal, refusal } from "../refusal.ts";
import type { Conversation } from "./conversation.ts";
import { filterConversations, UnknownDimensionError } from "./filter.ts";
import { type Interval, parseInterval, touches } from "./interval.ts";

const DAY_MS = 86_400_000;
const LARGEST_PAGE_SIZE = 100;
const LARGEST_RESULT = 100_000;

/** What the query finds; the two fields are the answer's body. */
export interface DetailPage {
  /** Absent when nothing was found. */
  readonly conversations?: readonly Conversation[];
  readonly totalHits: number;
}

/** Answers a `ConversationQuery` from `visible`, the conversations the caller may see, oldest first. */
export function queryDetails(visible: readonly Conversation[], body: JsonRecord): DetailPage | Refusal {
  const interval = intervalOf(body);
  if ("template" in interval) return interval;
  const { pageSize, pageNumber } = pagingOf(body);
  if (pageSize < 1 || pageSize > LARGEST_PAGE_SIZE || pageNumber < 1) {
    return badRequest(
      `Paging must have a pageSize of 1 to ${LARGEST_PAGE_SIZE} and a pageNumber of at least 1`,
    );
  }
  if (pageSize * pageNumber > LARGEST_RESULT) {
    return badRequest(`Pagination may not exceed ${LARGEST_RESULT} results. Tip: use smaller intervals`);
  }
  let found: readonly Conversation[];
  try {
    found = filterConversations(
      visible.filter((conversation) => touches(interval, conversation)),
      body,
    );
  } catch (error) {
    if (!(error instanceof UnknownDimensionError)) throw error;
    return refusal(400, "invalid.property", "Invalid property [{property}]", { property: error.dimension });
  }
  const ordered = body["order"] === "desc" ? found.toReversed() : found;
  const conversations = ordered.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  return conversations.length === 0
    ? { totalHits: found.length }
    : { conversations, totalHits: found.length };
}

/** The interval, at most 7 days long, or 31 when there is a filter. */
export function intervalOf(body: JsonRecord): Interval | Refusal {
  const isFiltered = [
    "conversationFilters",
    "segmentFilters",
    "evaluationFilters",
    "surveyFilters",
    "filter",
  ].some((name) => asArray(body[name]).length > 0 || Object.keys(asRecord(body[name])).length > 0);
  const days = isFiltered ? 31 : 7;
  const tooLong = badRequest(
    `You must specify a search interval as part of your query that does not exceed ${days} days`,
  );
  const text = asString(body["interval"]);
  if (text === null) return tooLong;
  const interval = parseInterval(text);
  if (interval === null) {
    return refusal(
      400,
      "invalid.date",
      "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ",
    );
  }
  return interval.endMs - interval.startMs > days * DAY_MS ? tooLong : interval;
}

function pagingOf(body: JsonRecord): { readonly pageSize: number; readonly pageNumber: number } {
  const paging = asRecord(body["paging"]);
  return { pageSize: asNumber(paging["pageSize"]) ?? 25, pageNumber: asNumber(paging["pageNumber"]) ?? 1 };
}

function badRequest(message: string): Refusal {
  return refusal(400, "bad.request", "{message}", { message });
}
