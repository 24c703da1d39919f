import { asRecord, asString } from "../../core/json.ts";
import type { Api } from "../api/api.ts";
import { parseNamed } from "../reading/named.ts";
import type { Principal } from "../reading/principal.ts";
import { attemptRead, type Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";

/** Reads the user behind a token. A client's token is refused with 400 `not.a.user`. */
export function readOwnUser(api: Api): Promise<Reading<NonNullable<Principal["user"]>>> {
  return attemptRead(api, READS.user, {
    parse: (body) => {
      const user = parseNamed(body);
      return user === null ? null : { ...user, email: asString(asRecord(body)["email"]) };
    },
  });
}
