import type { Catalogue } from "../facts/catalogue.ts";

/** Describes a name as missing from this catalog, and not as nonexistent, because a newer catalog may contain it. */
export function describeAbsence({ date }: Pick<Catalogue, "date">): string {
  return `not in the catalogue of ${date}`;
}

/** The command that may add the name, as the end of a sentence. */
export const UPDATE_MAY_KNOW = "`genscope catalog update` may add it";
