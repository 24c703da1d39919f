import { asRecord, asString } from "../core/json.ts";
import type { Api } from "./api.ts";
import { parseNamed } from "./named.ts";
import type { Principal } from "./principal.ts";
import { attemptRead, type Reading } from "./reading.ts";
import { READS } from "./reads.ts";

/** Reads the user behind a token. A client's token is refused with 400 `not.a.user`. */
export function readOwnUser(api: Api): Promise<Reading<NonNullable<Principal["user"]>>> {
  return attemptRead(api, READS.user, {
    parse: (body) => {
      const user = parseNamed(body);
      return user === null ? null : { ...user, email: asString(asRecord(body)["email"]) };
    },
  });
}
