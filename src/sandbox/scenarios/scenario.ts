import type { OAuthClient } from "../state/organization.ts";
import type { Token } from "../state/token.ts";
import type { Cast } from "./cast.ts";

/** Client, token and operation that demonstrate a scenario. */
export interface ScenarioResult {
  readonly client: OAuthClient;
  /** Secret to show instead of the client's real one, for a scenario about a wrong secret. */
  readonly secret?: string;
  /** A token that is ready to use, if the client can't request the one that the scenario is about. */
  readonly token?: Pick<Token, "value">;
  /** Operation as `METHOD /path`. */
  readonly operation: string;
}

/** A cause of failures that is added to the default organization. */
export interface Scenario {
  readonly name: string;
  /** Description of the scenario in one sentence. */
  readonly description: string;
  arrange(cast: Cast): ScenarioResult;
}

/** The operation that most scenarios demonstrate. */
export const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";
