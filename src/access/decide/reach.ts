import type { Operation } from "../../catalogue/facts/operation.ts";
import type { PermittedDivisions } from "../../platform/identity/permitted-divisions.ts";
import type { Division } from "../../platform/reading/principal.ts";

/**
 * Returns the divisions whose objects a call of this operation can return; `"*"` for all of them. For
 * alternative permissions, this is the union of their divisions; for permissions that are all required, the
 * intersection. Null when a deciding response is missing, and for an operation without a permission.
 * @param permitted the divisions of each permission, as the service reports them
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

/** A successful call reaches at least one division, so an empty list is a contradiction and is ignored. */
function named(divisions: readonly Division[]): readonly Division[] | null {
  return divisions.length === 0 ? null : divisions;
}
