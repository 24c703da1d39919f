import type { Announcement } from "../../catalogue/changes/announcement.ts";
import { hasPassed } from "../../catalogue/changes/select-announcements.ts";
import type { Operation } from "../../catalogue/facts/operation.ts";
import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";

/** An announced change to the platform that affects a client. */
export interface ComingChange
  extends Pick<Announcement, "date" | "kind" | "statement" | "source" | "disputedDate" | "permissions"> {
  /** Operations that the client calls and that the announcement names; empty for a change of the grant type. */
  readonly operations: readonly string[];
}

/** The facts about a client that announcements are compared with. */
export interface ChangeQuestion {
  readonly operations: readonly Operation[];
  readonly grantType: string | null;
  /** Today in UTC, `2026-11-29`. */
  readonly today: string;
}

/**
 * Lists the announced changes that affect the called operations or the grant type, soonest first. Includes
 * changes without a date; leaves out those that have already happened.
 */
export function comingChanges(
  announcements: readonly Announcement[],
  { operations, grantType, today }: ChangeQuestion,
): readonly ComingChange[] {
  const called = new Set(operations.map(nameOf));
  return announcements
    .filter((announcement) => announcement.supersededBy === null && !hasPassed(announcement, today))
    .flatMap((announcement) => {
      const { date, kind, statement, source, disputedDate, permissions } = announcement;
      const named = announcement.operations.filter((name) => called.has(name));
      const isOfGrant =
        announcement.operations.length === 0 &&
        announcement.grantType !== null &&
        announcement.grantType === grantType;
      if (named.length === 0 && !isOfGrant) return [];
      return [{ date, kind, statement, source, disputedDate, permissions, operations: named }];
    })
    .toSorted((a, b) => (a.date ?? "9999").localeCompare(b.date ?? "9999"));
}

/** Whether the platform announced the end of a grant type, even if the announced day has passed. */
export function isEndingGrant(announcements: readonly Announcement[], grantType: string | null): boolean {
  return announcements.some(
    (announcement) =>
      grantType !== null && announcement.grantType === grantType && announcement.kind === "removal",
  );
}
