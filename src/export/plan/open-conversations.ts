import { asArray, asRecord, asString } from "../../core/json.ts";
import type { Api } from "../../platform/api/api.ts";
import { ApiError } from "../../platform/api/api-error.ts";

const IDS_PER_CALL = 50;
const PATH = "/api/v2/analytics/conversations/details";

/** A finished day, and the conversations that were still in progress when it was fetched. */
export interface OpenDay {
  readonly key: string;
  readonly open: readonly string[];
}

/**
 * Returns the days to fetch again. These are days with a conversation that has since ended or can no longer be found.
 * The platform has no "changed since" filter, so each conversation is requested by id. If a request is refused, the
 * days of its conversations are returned.
 * @throws any error of a request except a refusal
 */
export async function findEndedDays(api: Api, days: readonly OpenDay[]): Promise<readonly string[]> {
  const ids = days.flatMap(({ open }) => open);
  const stillOpen = new Set<string>();
  for (let from = 0; from < ids.length; from += IDS_PER_CALL) {
    try {
      const answer = await api.get(PATH, { id: ids.slice(from, from + IDS_PER_CALL).join(",") });
      for (const item of asArray(asRecord(answer)["conversations"])) {
        const conversation = asRecord(item);
        const id = asString(conversation["conversationId"]);
        if (id !== null && asString(conversation["conversationEnd"]) === null) stillOpen.add(id);
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
  return days.filter(({ open }) => open.some((id) => !stillOpen.has(id))).map(({ key }) => key);
}
