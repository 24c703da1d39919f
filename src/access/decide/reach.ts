import type { Operation } from "../../catalogue/facts/operation.ts";
import type { PermittedDivisions } from "../../platform/identity/permitted-divisions.ts";
import type { Division } from "../../platform/reading/principal.ts";

/**
 * Returns the divisions whose objects a call to this operation can return, or `"*"` for all. If one of the
 * permissions is enough, that is the union of their divisions; if all are required, the intersection. Null when the
 * service did not report the divisions of a permission, and for an operation without permissions.
 * @param permitted the divisions of each permission, as reported by the service
 */
export function reachOf(
  { permissionMode, permissions }: Pick<Operation, "permissionMode" | "permissions">,
  permitted: ReadonlyMap<string, PermittedDivisions>,
): PermittedDivisions | null {
  const answers = permissions.map((permission) => permitted.get(permission));
  if (permissionMode === "ANY" && answers.includes("*")) return "*";
  const lists = answers.flatMap((answer) => (answer === undefined || answer === "*" ? [] : [answer]));
  const unread = answers.filter((answer) => answer === undefined).length;
  if (permissions.length === 0 || unread > 0) return null;
  switch (permissionMode) {
    case "ANY":
      return named([...new Map(lists.flat().map((division) => [division.id, division])).values()]);
    case "ALL": {
      const [first, ...others] = lists;
      if (first === undefined) return "*";
      return named(first.filter(({ id }) => others.every((list) => list.some((each) => each.id === id))));
    }
    default:
      return null;
  }
}

/**
 * Returns null for an empty list. The call succeeded, so it reaches at least one division, and the list must be
 * wrong.
 */
function named(divisions: readonly Division[]): readonly Division[] | null {
  return divisions.length === 0 ? null : divisions;
}
