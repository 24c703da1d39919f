import type { OAuthClient } from "../state/organization.ts";
import type { Token } from "../state/token.ts";
import type { Cast } from "./cast.ts";

/** Hints of a scenario for the user. */
export interface Plight {
  readonly client: OAuthClient;
  /** The client to use, when it is not the default one. */
  readonly secret?: string;
  /** A ready token, where the client itself can't request the one that the scenario is about. */
  readonly token?: Pick<Token, "value">;
  /** Operation as `METHOD /path`. */
  readonly operation: string;
}

/** One cause of trouble, added to the default organization. */
export interface Scenario {
  readonly name: string;
  /** One sentence about it. */
  readonly description: string;
  arrange(cast: Cast): Plight;
}

/** The operation of most scenarios. */
export const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";
