import { splitPermission } from "../../verdict/holdings.ts";

/** Actions that change nothing, and actions that allow everything on an entity or remove it. */
const READING = /^(?:view|search|read)/;
const WIDE = /^(?:all|admin|delete|manage)/;
/** Actions that read only one's own objects: `viewOwn`, `readOwn`. */
const OWN = /(?:Own|Self)$/;

/** Ranks how much a permission allows: the caller's own objects, reading, changing, everything. */
function widthOf(permission: string): number {
  const [, , action = ""] = splitPermission(permission) ?? [];
  if (WIDE.test(action)) return 3;
  if (!READING.test(action)) return 2;
  return OWN.test(action) ? 0 : 1;
}

/** Returns the narrowest permissions of a list; several when they tie. */
export function narrowestOf(permissions: readonly string[]): readonly string[] {
  const least = Math.min(...permissions.map(widthOf));
  return permissions.filter((permission) => widthOf(permission) === least);
}

/** Compares two lists by their narrowest permission. */
export function compareWidths(left: readonly string[], right: readonly string[]): number {
  return Math.min(...left.map(widthOf)) - Math.min(...right.map(widthOf));
}
