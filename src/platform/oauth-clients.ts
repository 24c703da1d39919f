import type { Api } from "./api.ts";
import type { OAuthClient } from "./principal.ts";
import { attemptRead, type Reading } from "./reading.ts";
import { READS } from "./reads.ts";
import { parseOAuthClient } from "./tokens.ts";

/** Reads an OAuth client's configuration, including the roles that `tokens/me` may omit. */
export function readOAuthClient(api: Api, clientId: string): Promise<Reading<OAuthClient>> {
  return attemptRead(api, READS.oauthClient, { parameters: { clientId }, parse: parseOAuthClient });
}
