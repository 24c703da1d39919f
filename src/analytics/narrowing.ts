import { plural } from "../core/text.ts";

/** A division where a permission is held. */
export interface ReachedDivision {
  readonly id: string;
  /** Name of the division; null when the service sent none. */
  readonly name: string | null;
}

/** The divisions that a response can contain; `"*"` for all of them, null when they are not known. */
export type ReachedDivisions = readonly ReachedDivision[] | "*" | null;

/**
 * A reason why a response has fewer or different records than its request suggests, although nothing failed.
 */
export interface Narrowing {
  readonly kind: "divisions" | "start-page" | "local-day";
  readonly summary: string;
}

/** What an operation requires: one permission of the list (`ANY`) or all of them. */
export interface RequiredPermissions {
  readonly permissions: readonly string[];
  readonly permissionMode: string;
}

export const NO_PERMISSIONS: RequiredPermissions = { permissions: [], permissionMode: "NONE" };

/** Maximum number of divisions that a summary names. */
const MOST_NAMED = 5;

/** Reports permissions that are held only in some divisions. Empty for all divisions, and when they are not known. */
export function narrowedByDivisions(
  { permissions, permissionMode }: RequiredPermissions,
  divisions: ReachedDivisions,
): readonly Narrowing[] {
  if (divisions === null || divisions === "*") return [];
  const names = divisions.slice(0, MOST_NAMED).map(({ id, name }) => `"${name ?? id}"`);
  const more = divisions.length - names.length;
  const places = `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  const isAny = permissionMode === "ANY";
  const held = permissions.map((permission) => `\`${permission}\``).join(isAny ? " or " : " and ");
  const verb = isAny || permissions.length === 1 ? "is held" : "are held together";
  return [
    {
      kind: "divisions",
      summary: `${held} ${verb} in ${plural(divisions.length, "division")}: ${places}; the platform silently omits objects of other divisions`,
    },
  ];
}

/** Reports that reading started after the first page. Empty when it started there. */
export function narrowedByStartPage(start: string | null): readonly Narrowing[] {
  if (start === null) return [];
  return [{ kind: "start-page", summary: `reading started at \`${start}\`: earlier pages are omitted` }];
}

/**
 * Reports conversations that began before the interval, on its first UTC day. Empty if there are none. The live index
 * and the jobs of the platform find conversations by the UTC day when they began, even for an interval that starts in
 * the middle of a day.
 * @param isKept whether the result contains them, as for a query; an export omits them, because each conversation
 * belongs to the day and interval in which it began
 */
export function narrowedByLocalDay(
  count: number,
  startMs: number,
  { isKept }: { readonly isKept: boolean },
): readonly Narrowing[] {
  if (count === 0) return [];
  const began = `${plural(count, "conversation")} that began before ${new Date(startMs).toISOString()}`;
  const them = count === 1 ? "it" : "them";
  return [
    {
      kind: "local-day",
      summary: isKept
        ? `${began} ${count === 1 ? "is" : "are"} included, because the platform finds conversations by the UTC day on which they began; \`export\` leaves ${them} out`
        : `${began} ${count === 1 ? "was" : "were"} left out, because an export contains the conversations that began in its interval; \`query\` includes ${them}`,
    },
  ];
}
