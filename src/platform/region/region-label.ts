import type { Region } from "./region.ts";
import { REGIONS } from "./region-list.ts";

/** Names of areas of the world that several regions are in, so that they name none. */
const AREAS = /^(?:us|na|eu|emea|uk|ca|mx|br|sa|in|ap|apac|me|uae|usa|asia|europe|gov)$/;

/** What a label in the wrong place of a host says about the region. */
export interface RegionLabel {
  readonly label: string;
  /** The only region that it can mean; null for an area of the world. */
  readonly region: Region | null;
}

/**
 * Finds a region in the labels before a domain: `usw2` and `us-west-2` in `api.usw2`, `de` for the domain that ends so. Such a
 * label says that the domain behind it is not the one that is meant.
 */
export function findRegionLabel(prefix: string): RegionLabel | null {
  const labels = prefix
    .toLowerCase()
    .replaceAll("_", "-")
    .split(".")
    .map((label) => label.replace(/^(?:api|login|apps)-|-(?:api|login|apps)$/g, ""));
  for (const label of labels) {
    const region = REGIONS.find((each) => namesOf(each).includes(label));
    if (region !== undefined) return { label, region };
    if (AREAS.test(label)) return { label, region: null };
  }
  return null;
}

/** Lists the names of a region that people use as a label: its id, the short form of that, and part of its domain. */
function namesOf({ id, domain }: Region): readonly string[] {
  const [first = ""] = domain.split(".");
  const country = /^mypurecloud\..*?([a-z]{2})$/.exec(domain)?.[1];
  return [
    ...(id === null ? [] : [id, shortForm(id)]),
    ...(first === "mypurecloud" ? [] : [first]),
    ...(country === undefined ? [] : [country]),
  ];
}

/** Shortens an id as the newer domains do: `us-west-2` to `usw2`, `ap-northeast-1` to `apne1`. */
function shortForm(id: string): string {
  const [area = "", direction = "", number = ""] = id.split("-");
  const short = /^(north|south)(east|west)$/.test(direction)
    ? direction.replace(/^(.).*(east|west)$/, (_, first: string, second: string) => first + (second[0] ?? ""))
    : direction.slice(0, 1);
  return `${area}${short}${number}`;
}
