import type { Announcement } from "../catalogue/changes/announcement.ts";
import { hasPassed } from "../catalogue/changes/select-announcements.ts";
import type { Evidence, Layer, Remedy, Verdict } from "./verdict/verdict.ts";

/** A check that may be affected by announced changes to the platform. */
export interface AnnouncedQuestion {
  /** The operation as `METHOD path`; null for a bare permission. */
  readonly operation: string | null;
  /** The day to check for, in the form `2026-03-01`. */
  readonly asOf: string;
  readonly today: string;
  /** Grant type of the OAuth client, as the platform spells it; null when not known. */
  readonly grantType: string | null;
  /** Whether the token is known to hold a permission. */
  readonly holds: (permission: string) => boolean;
}

/** How an announced change weakens the verdict for the requested day. */
export interface AnnouncedEffect {
  /** The announced day or month, `2027-03-01` or `2027-03`. */
  readonly date: string;
  readonly weakens: "allowed" | "denied";
  readonly layer: Layer;
  readonly summary: string;
}

/**
 * Adjusts a verdict to the requested day. An announcement only ever weakens it, because the platform may postpone the
 * change. An allowed call becomes conditional if a change due by that day may block it. A denied call becomes
 * conditional if the check that denies it does not exist yet on that day.
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

/** Lists the effects of the changes announced between today and the requested day. */
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

/** Whether the announcement names the operation. If it names no operation, whether it names the client's grant type. */
function concerns({ operations, grantType }: Announcement, question: AnnouncedQuestion): boolean {
  if (operations.length > 0) return question.operation !== null && operations.includes(question.operation);
  return grantType !== null && grantType === question.grantType;
}

/**
 * Whether the change can take effect after the first day and no later than the second. A change announced for a month
 * can take effect as late as that month's last day.
 */
function isBetween(announcement: Announcement, first: string, second: string): boolean {
  const { date } = announcement;
  return date !== null && date !== first && !hasPassed(announcement, first) && date <= second;
}

/**
 * Reasons why permissions cannot be granted on the requested day, by permission. Each reason completes a
 * sentence that begins with the name of the permission.
 */
export type AbsentPermissions = ReadonlyMap<string, string>;

/**
 * Returns the permissions, in lower case, that do not exist on the requested day: those removed by then and, for
 * a day in the past, those introduced later.
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

/** Kinds of remedies that grant a permission through a role or in another division. */
const GRANTING: ReadonlySet<Remedy["kind"]> = new Set(["assign-role", "create-role", "add-division"]);

/**
 * Adjusts a verdict to a day when the permissions in `absent` do not exist. Drops the remedies that grant permissions.
 * A call that is allowed today becomes conditional.
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

/**
 * Weakens a verdict on permissions that may not exist on that day: *allowed* becomes *conditional*. Adds a note about
 * each permission.
 */
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
