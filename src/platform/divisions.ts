import { asBoolean, asRecord } from "../core/json.ts";
import type { Api } from "./api.ts";
import { readListing } from "./listing.ts";
import { parseNamed } from "./named.ts";
import type { Division } from "./principal.ts";
import { mapReading, type Reading } from "./reading.ts";
import { READS } from "./reads.ts";

/** The organization's divisions, as far as the token may see them. */
export async function readDivisions(api: Api): Promise<Reading<readonly Division[]>> {
  return mapReading(await readListing(api, READS.divisions), (divisions) =>
    divisions.flatMap((division) => parseDivision(division) ?? []),
  );
}

/** A division wherever one is mentioned; null without an id. */
export function parseDivision(value: unknown): Division | null {
  const named = parseNamed(value);
  return named === null ? null : { ...named, isHome: asBoolean(asRecord(value)["homeDivision"]) };
}
