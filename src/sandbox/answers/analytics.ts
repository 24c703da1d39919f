import { ok } from "../answer.ts";
import type { Handler } from "./exchange.ts";

/** Analytics queries that answer from the organization's conversations. */
export const ANALYTICS_ANSWERS: Readonly<Record<string, Handler>> = {
  "POST /api/v2/analytics/conversations/details/query": () => ok({ conversations: [], totalHits: 0 }),
};
