import { splitPermission } from "../../verdict/holdings.ts";

/** Matches actions that change nothing. */
const READING = /^(?:view|search|read)/;
/** Matches actions that include all others on an entity, or delete it. */
const WIDE = /^(?:all|admin|delete|manage)/;
/** Matches actions on the caller's own objects only: `viewOwn`, `readOwn`. */
const OWN = /(?:Own|Self)$/;

/** Ranks a permission by how much it allows: the caller's own objects, reading, changing, or everything. */
function widthOf(permission: string): number {
  // A legacy permission such as `admin` covers a whole area.
  const [, , action = "admin"] = splitPermission(permission) ?? [];
  if (WIDE.test(action)) return 3;
  if (!READING.test(action)) return 2;
  return OWN.test(action) ? 0 : 1;
}

/** Returns the narrowest permissions of a list. There are several if they rank equally. */
export function narrowestOf(permissions: readonly string[]): readonly string[] {
  const least = Math.min(...permissions.map(widthOf));
  return permissions.filter((permission) => widthOf(permission) === least);
}

/** Compares two lists by the rank of their narrowest permission. */
export function compareWidths(left: readonly string[], right: readonly string[]): number {
  return Math.min(...left.map(widthOf)) - Math.min(...right.map(widthOf));
}
