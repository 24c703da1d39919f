import type { Api } from "./api.ts";
import { parseNamed } from "./named.ts";
import type { Named } from "./principal.ts";
import { attemptRead, type Reading } from "./reading.ts";
import { READS } from "./reads.ts";

/** Reads the organization that a token works in. */
export function readOwnOrganization(api: Api): Promise<Reading<Named>> {
  return attemptRead(api, READS.organization, { parse: parseNamed });
}
