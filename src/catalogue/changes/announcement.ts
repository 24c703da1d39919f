import type { Provenance } from "../facts/operation.ts";
import { readTable } from "../facts/text/text-table.ts";

/**
 * Kinds of announced changes. In order: the platform begins to check a permission, introduces one, adds one to existing
 * roles, deprecates a call, removes a call, limits a call, or announces something else.
 */
export const ANNOUNCEMENT_KINDS = [
  "enforcement",
  "new-permission",
  "backfill",
  "deprecation",
  "removal",
  "limit",
  "announced",
] as const;
export type AnnouncementKind = (typeof ANNOUNCEMENT_KINDS)[number];

/** A change that the platform announced. It is not known whether the platform kept the date. */
export interface Announcement {
  /** Announced day or month, `2026-03-01` or `2026-03`; null without a date. */
  readonly date: string | null;
  readonly kind: AnnouncementKind;
  readonly statement: string;
  /** Operations as `METHOD path`. */
  readonly operations: readonly string[];
  readonly permissions: readonly string[];
  /** Grant type of the affected OAuth clients, as the platform spells it; null for all. */
  readonly grantType: string | null;
  /** A different date that another source gives; null when all sources agree. */
  readonly disputedDate: string | null;
  /** Later date to which the platform moved the change; null when it did not. */
  readonly supersededBy: string | null;
  readonly isConfirmed: boolean;
  readonly source: string;
}

/** First field in the table of announcements. */
export const ANNOUNCEMENTS_KIND = "genscope-announcements";

/** Returns an announcement as a row of the table. */
export function encodeAnnouncement(given: Announcement): readonly string[] {
  return [
    given.date ?? "",
    given.kind,
    given.statement,
    given.operations.join("|"),
    given.permissions.join(" "),
    given.grantType ?? "",
    given.disputedDate ?? "",
    given.supersededBy ?? "",
    given.isConfirmed ? "confirmed" : "inferred",
    given.source,
  ];
}

/** Returns the announcements in the text of a table, with their source and date. */
export function readAnnouncements(text: string): {
  readonly provenance: Provenance;
  readonly announcements: readonly Announcement[];
} {
  const { provenance, rows } = readTable(text, ANNOUNCEMENTS_KIND);
  return { provenance, announcements: rows.map(readAnnouncement) };
}

function readAnnouncement([
  date = "",
  kind = "",
  statement = "",
  operations = "",
  permissions = "",
  grantType = "",
  disputedDate = "",
  supersededBy = "",
  confidence = "",
  source = "",
]: readonly string[]): Announcement {
  return {
    date: date || null,
    kind: kind as AnnouncementKind,
    statement,
    operations: operations === "" ? [] : operations.split("|"),
    permissions: permissions === "" ? [] : permissions.split(" "),
    grantType: grantType || null,
    disputedDate: disputedDate || null,
    supersededBy: supersededBy || null,
    isConfirmed: confidence === "confirmed",
    source,
  };
}
