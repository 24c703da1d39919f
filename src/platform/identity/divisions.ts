import { asBoolean, asRecord } from "../../core/json.ts";
import type { Api } from "../api/api.ts";
import { readListing } from "../reading/listing.ts";
import { parseNamed } from "../reading/named.ts";
import type { Division } from "../reading/principal.ts";
import { failIncomplete, type Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";

/** Reads those divisions of the organization that the token may see. */
export async function readDivisions(api: Api): Promise<Reading<readonly Division[]>> {
  const reading = await readListing(api, READS.divisions, parseDivision);
  // Every organization has a home division.
  return reading.isRead && reading.value.length === 0
    ? failIncomplete(READS.divisions, reading.calls, "no division")
    : reading;
}

/** Reads a division reference; null without an id. */
export function parseDivision(value: unknown): Division | null {
  const named = parseNamed(value);
  return named === null ? null : { ...named, isHome: asBoolean(asRecord(value)["homeDivision"]) };
}
