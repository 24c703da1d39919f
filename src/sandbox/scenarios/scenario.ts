import type { OAuthClient } from "../state/organization.ts";
import type { Token } from "../state/token.ts";
import type { Cast } from "./cast.ts";

/** What a scenario leaves behind for the person who tries it. */
export interface Plight {
  readonly client: OAuthClient;
  /** When it is not the right one. */
  readonly secret?: string;
  /** A token to try with, where the client itself can't get the one the scenario is about. */
  readonly token?: Pick<Token, "value">;
  /** `METHOD /path`. */
  readonly operation: string;
}

/** One cause of trouble, arranged on top of the usual organization. */
export interface Scenario {
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  arrange(cast: Cast): Plight;
}

/** The operation that most scenarios are about. */
export const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";
