import type { Region } from "./region.ts";
import { REGIONS } from "./region-list.ts";

/** Names of areas with several regions, so they do not identify one. */
const AREAS = /^(?:us|na|eu|emea|uk|ca|mx|br|sa|in|ap|apac|me|uae|usa|asia|europe|gov)$/;

/** The region that a misplaced label in a host refers to. */
export interface RegionLabel {
  readonly label: string;
  /** The only region that the label can mean; null for an area with several. */
  readonly region: Region | null;
}

/**
 * Finds a region in the labels before a domain: `usw2` or `us-west-2` in `api.usw2`, or `de` for the domain that ends
 * in `.de`. Such a label means that the domain after it is not the intended one.
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

/**
 * Lists the names that people use as a label for a region: its id, the short form of the id, and part of its
 * domain.
 */
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
