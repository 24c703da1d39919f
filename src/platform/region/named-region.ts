import { REGIONS } from "./region-list.ts";

/**
 * Words that refer to an organization. Without one of them, a place name may refer to the location of a person or a
 * customer.
 */
const PLACED = "org|orgs|organi[sz]ation|region|tenant|instance|environment|hosted|data ?cent(?:er|re)";
/** Maximum number of mentions to read. A log can repeat the same mention hundreds of times. */
const MOST_PLACES = 20;

/** A region that someone names by its place or its AWS name. */
export interface NamedRegion {
  /** The name as `region-list.ts` spells it. */
  readonly place: string;
  readonly domain: string;
}

/**
 * Returns the regions where the text locates the organization: `our org is in Ireland`, `region eu-west-1`,
 * `we are on eu-west-1`.
 */
export function findNamedRegions(text: string): readonly NamedRegion[] {
  const regions = REGIONS.flatMap(({ id, label, domain }) => {
    // Germany has two regions, so its name chooses neither.
    const [, place = ""] = /\((.+?)(?:, \w+)?\)$/.exec(label) ?? [];
    return [
      ...(place === "" || place === "Germany" ? [] : [{ place, domain }]),
      ...(id === null ? [] : [{ place: id, domain }]),
    ];
  });
  const names = regions.map(({ place }) => place).join("|");
  const ids = REGIONS.flatMap(({ id }) => id ?? []).join("|");
  const placed = new RegExp(
    `\\b(?:${PLACED})\\b[^.!?\\n]{0,40}?\\b(${names})\\b|\\b(${names})\\b[^.!?\\n]{0,20}?\\b(?:${PLACED})\\b|\\b(?:we|I)(?:['’](?:re|m)| are| am) (?:on|in|using) (${ids})\\b`,
    "gi",
  );
  const found = new Map<string, NamedRegion>();
  for (const [, after, before, own] of [...text.matchAll(placed)].slice(0, MOST_PLACES)) {
    const name = (after ?? before ?? own)?.toLowerCase();
    const region = regions.find(({ place }) => place.toLowerCase() === name);
    if (region !== undefined) found.set(region.domain, region);
  }
  return [...found.values()];
}
