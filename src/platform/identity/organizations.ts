import type { Api } from "../api/api.ts";
import { parseNamed } from "../reading/named.ts";
import type { Named } from "../reading/principal.ts";
import { attemptRead, type Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";

/** Reads the organization that a token works in. */
export function readOwnOrganization(api: Api): Promise<Reading<Named>> {
  return attemptRead(api, READS.organization, { parse: parseNamed });
}
