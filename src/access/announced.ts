import type { Announcement } from "../catalogue/changes/announcement.ts";
import { hasPassed } from "../catalogue/changes/select-announcements.ts";
import type { Evidence, Layer, Remedy, Verdict } from "./verdict/verdict.ts";

/** The facts that announcements are compared with. */
export interface AnnouncedQuestion {
  /** The operation as `METHOD path`; null for a bare permission. */
  readonly operation: string | null;
  /** Day to judge, and today, as `2026-03-01`. */
  readonly asOf: string;
  readonly today: string;
  /** Grant type of the OAuth client, as the platform spells it; null when not known. */
  readonly grantType: string | null;
  /** Whether the token is certain to hold a permission. */
  readonly holds: (permission: string) => boolean;
}

/** How an announcement changes a verdict for the requested day. */
export interface AnnouncedEffect {
  /** Announced day or month. */
  readonly date: string;
  readonly weakens: "allowed" | "denied";
  readonly layer: Layer;
  readonly summary: string;
}

/**
 * Returns the verdict as of another day. An announcement only weakens it, because the platform may move a
 * date. An allowed call becomes conditional when a change by that day may refuse it, and a denied one when
 * the check that denies it begins only later.
 */
export function asOfDay<Judged extends Verdict>(
  verdict: Judged,
  announcements: readonly Announcement[],
  question: AnnouncedQuestion,
): Judged {
  const effects = effectsAsOf(announcements, question);
  const evidence = effects.map(({ summary }): Evidence => ({ kind: "note", summary }));
  const deciding = effects.find(({ weakens }) => weakens === verdict.verdict);
  return {
    ...verdict,
    evidence: [...verdict.evidence, ...evidence],
    ...(deciding === undefined ? {} : { verdict: "conditional", layer: deciding.layer }),
  };
}

/** Lists the announced changes between today and the requested day. */
export function effectsAsOf(
  announcements: readonly Announcement[],
  question: AnnouncedQuestion,
): readonly AnnouncedEffect[] {
  return announcements.flatMap((announcement) => effectOf(announcement, question) ?? []);
}

function effectOf(announcement: Announcement, question: AnnouncedQuestion): AnnouncedEffect | null {
  const { kind, date, statement, source, supersededBy } = announcement;
  if (date === null || supersededBy !== null || !concerns(announcement, question)) return null;
  const { asOf, today } = question;
  const words = `${statement.replace(/\.$/, "")} (${source})`;
  if (isBetween(announcement, today, asOf)) {
    if (kind === "removal") {
      const layer = announcement.operations.length > 0 ? "path" : "credentials";
      return { date, weakens: "allowed", layer, summary: `announced to end ${onDate(date)}: ${words}` };
    }
    if (kind === "enforcement" && !announcement.permissions.every(question.holds)) {
      return {
        date,
        weakens: "allowed",
        layer: "permission",
        summary: `may be denied from ${date}: ${words}`,
      };
    }
    return null;
  }
  if (kind === "enforcement" && isBetween(announcement, asOf, today)) {
    return { date, weakens: "denied", layer: "permission", summary: `not checked before ${date}: ${words}` };
  }
  return null;
}

/** Returns `on 2027-03-01` for a day and `in 2027-03` for a month. */
function onDate(date: string | null): string {
  return `${date?.length === "2027-03".length ? "in" : "on"} ${date}`;
}

/** Returns whether the announcement names the operation, or names the client's grant and no operation. */
function concerns({ operations, grantType }: Announcement, question: AnnouncedQuestion): boolean {
  if (operations.length > 0) return question.operation !== null && operations.includes(question.operation);
  return grantType !== null && grantType === question.grantType;
}

/**
 * Returns whether the change can happen after the first day and no later than the second. A month counts
 * until it ends.
 */
function isBetween(announcement: Announcement, first: string, second: string): boolean {
  const { date } = announcement;
  return date !== null && date !== first && !hasPassed(announcement, first) && date <= second;
}

/**
 * The reason why each permission cannot be granted on the requested day, phrased to follow the permission's
 * name.
 */
export type AbsentPermissions = ReadonlyMap<string, string>;

/**
 * Returns the permissions that do not exist on the requested day, in lower case: those that end by then, and
 * for an earlier day those that were introduced later.
 */
export function absentPermissions(
  announcements: readonly Announcement[],
  { asOf, today }: Pick<AnnouncedQuestion, "asOf" | "today">,
): AbsentPermissions {
  return new Map(
    announcements
      .filter(({ supersededBy }) => supersededBy === null)
      .flatMap((announcement) => {
        const { kind, date, permissions } = announcement;
        const why =
          kind === "removal" && isBetween(announcement, today, asOf)
            ? `is announced to end ${onDate(date)}`
            : kind === "new-permission" && isBetween(announcement, asOf, today)
              ? `was introduced only ${onDate(date)}`
              : null;
        return why === null ? [] : permissions.map((name) => [name.toLowerCase(), why] as const);
      }),
  );
}

/** Kinds of remedies that grant a permission, through a role of any kind or in another division. */
const GRANTING: ReadonlySet<Remedy["kind"]> = new Set(["assign-role", "create-role", "add-division"]);

/**
 * Returns a verdict for a day on which neither its permissions nor replacements for them exist: no role helps
 * then, and a call that is allowed today may not be.
 */
export function withoutPermissions<Judged extends Verdict>(
  verdict: Judged,
  names: readonly string[],
  absent: AbsentPermissions,
): Judged {
  const isAbsent = (name: string) => absent.has(name.toLowerCase());
  const nothing = names.filter(isAbsent).map(
    (name): Remedy => ({
      kind: "none",
      summary: `nothing to grant: \`${name}\` ${absent.get(name.toLowerCase())}`,
      command: "genscope catalog changes",
    }),
  );
  const others = verdict.remedies.filter(({ kind }) => !GRANTING.has(kind));
  return {
    ...weakened(verdict, names.filter(isAbsent), absent),
    missing: {
      ...verdict.missing,
      permissions: verdict.missing.permissions.filter((name) => !isAbsent(name)),
    },
    remedies: [...others, ...nothing],
  };
}

/** Returns a verdict based on permissions that may not exist: never *allowed*, with a note about each. */
export function weakened<Judged extends Verdict>(
  verdict: Judged,
  names: readonly string[],
  absent: AbsentPermissions,
): Judged {
  const evidence = names.map(
    (name): Evidence => ({
      kind: "note",
      summary: `\`${name}\` ${absent.get(name.toLowerCase())}`,
    }),
  );
  return {
    ...verdict,
    evidence: [...verdict.evidence, ...evidence],
    ...(verdict.verdict === "allowed" ? { verdict: "conditional", layer: "permission" } : {}),
  };
}
