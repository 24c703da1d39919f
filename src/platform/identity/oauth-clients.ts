import type { Api } from "../api/api.ts";
import type { OAuthClient } from "../reading/principal.ts";
import { attemptRead, type Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";
import { parseOAuthClient } from "./tokens.ts";

/** Reads an OAuth client's configuration, including the roles that `tokens/me` may omit. */
export function readOAuthClient(api: Api, clientId: string): Promise<Reading<OAuthClient>> {
  return attemptRead(api, READS.oauthClient, { parameters: { clientId }, parse: parseOAuthClient });
}
