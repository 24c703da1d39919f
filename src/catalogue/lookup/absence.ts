import type { Catalogue } from "../facts/catalogue.ts";

/** Says that a name is missing from the catalogue, which a newer one may list: absence proves nothing. */
export function describeAbsence({ date }: Pick<Catalogue, "date">): string {
  return `not in the catalogue of ${date}`;
}

/** The command that may make the name known, as the end of a sentence. */
export const UPDATE_MAY_KNOW = "`genscope catalog update` may know it";
