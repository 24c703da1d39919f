import type { Catalogue } from "../facts/catalogue.ts";

/** Describes a name as missing from this catalog, and not as nonexistent, because a newer catalog may contain it. */
export function describeAbsence({ date }: Pick<Catalogue, "date">): string {
  return `not in the catalogue of ${date}`;
}

/** The end of a sentence about a name that this catalog does not contain. */
export const UPDATE_MAY_KNOW = "`genscope catalog update` may add it";
