import { asArray, asRecord, asString } from "../core/json.ts";
import type { Api } from "./api.ts";
import { attemptRead, type Reading } from "./reading.ts";
import { READS } from "./reads.ts";

export interface OAuthScope {
  readonly name: string;
  readonly description: string | null;
}

/** Reads the scopes that this region's service knows. */
export function readOAuthScopes(api: Api): Promise<Reading<readonly OAuthScope[]>> {
  return attemptRead(api, READS.oauthScopes, {
    parse: (body) =>
      asArray(asRecord(body)["entities"]).flatMap((value) => {
        const scope = asRecord(value);
        const name = asString(scope["id"]);
        return name === null ? [] : [{ name, description: asString(scope["description"]) }];
      }),
  });
}
