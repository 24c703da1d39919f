import type { OAuthClient } from "../state/organization.ts";
import type { Token } from "../state/token.ts";
import type { Cast } from "./cast.ts";

/** Client, token and operation that demonstrate a scenario. */
export interface ScenarioResult {
  readonly client: OAuthClient;
  /** Secret to show instead of the client's real one, for a scenario with a wrong secret. */
  readonly secret?: string;
  /** A ready token, if the client itself can't request the one that the scenario is about. */
  readonly token?: Pick<Token, "value">;
  /** Operation as `METHOD /path`. */
  readonly operation: string;
}

/** One cause of failures, as an addition to the default organization. */
export interface Scenario {
  readonly name: string;
  /** Description in one sentence. */
  readonly description: string;
  arrange(cast: Cast): ScenarioResult;
}

/** The operation that most scenarios demonstrate. */
export const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";
