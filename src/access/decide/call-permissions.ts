import type { Operation } from "../../catalogue/facts/operation.ts";
import { findCase } from "./caveat-question.ts";
import { readRequestValues } from "./request-values.ts";

/**
 * Returns the permissions that the path and query values of a call require, such as those for the type of object that
 * it moves. Null when the permissions do not depend on such values, or when they are not known with certainty.
 * @param name the operation as the user typed it
 */
export function permissionsOfCall({ path, caveats }: Operation, name: string): readonly string[] | null {
  const placed = caveats.filter(({ cases }) => cases.some(({ when }) => "in" in when));
  if (placed.length === 0) return null;
  const values = readRequestValues(path, name);
  const found = placed.map((caveat) => findCase(caveat, { values, divisionId: null }));
  const permissions = found.map((each) =>
    each.kind === "not-asked" ? [] : each.kind === "listed" && each.isConfirmed ? each.permissions : null,
  );
  return permissions.every((each) => each !== null) ? [...new Set(permissions.flat())] : null;
}
