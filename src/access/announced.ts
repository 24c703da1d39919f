import type { Announcement } from "../catalogue/changes/announcement.ts";
import { hasPassed } from "../catalogue/changes/select-announcements.ts";
import type { Evidence, Layer, Verdict } from "./verdict/verdict.ts";

/** What an announcement is held against. */
export interface AnnouncedQuestion {
  /** The operation as `METHOD path`; null for a bare permission. */
  readonly operation: string | null;
  /** Day for which the verdict is asked, and today, as `2026-03-01`. */
  readonly asOf: string;
  readonly today: string;
  /** Grant type of the OAuth client, as the platform spells it; null when not known. */
  readonly grantType: string | null;
  /** Whether the token certainly holds a permission. */
  readonly holds: (permission: string) => boolean;
}

/** How an announcement changes a verdict for the day that is asked about. */
interface Effect {
  readonly weakens: "allowed" | "denied";
  readonly layer: Layer;
  readonly summary: string;
}

/**
 * Returns the verdict as of another day. An announcement only weakens it, because the platform may move a date: an
 * allowed call becomes conditional before what may refuse it, and a denied one before the check that denies it.
 */
export function asOfDay<Judged extends Verdict>(
  verdict: Judged,
  announcements: readonly Announcement[],
  question: AnnouncedQuestion,
): Judged {
  const effects = announcements.flatMap((announcement) => effectOf(announcement, question) ?? []);
  const evidence = effects.map(({ summary }): Evidence => ({ kind: "note", summary }));
  const deciding = effects.find(({ weakens }) => weakens === verdict.verdict);
  return {
    ...verdict,
    evidence: [...verdict.evidence, ...evidence],
    ...(deciding === undefined ? {} : { verdict: "conditional", layer: deciding.layer }),
  };
}

function effectOf(announcement: Announcement, question: AnnouncedQuestion): Effect | null {
  const { kind, date, statement, source, supersededBy } = announcement;
  if (date === null || supersededBy !== null || !concerns(announcement, question)) return null;
  const { asOf, today } = question;
  const words = `${statement.replace(/\.$/, "")} (${source})`;
  if (isBetween(announcement, today, asOf)) {
    if (kind === "removal") {
      const layer = announcement.operations.length > 0 ? "path" : "credentials";
      return { weakens: "allowed", layer, summary: `announced to end on ${date}: ${words}` };
    }
    if (kind === "enforcement" && !announcement.permissions.every(question.holds)) {
      return { weakens: "allowed", layer: "permission", summary: `may be denied from ${date}: ${words}` };
    }
    return null;
  }
  if (kind === "enforcement" && isBetween(announcement, asOf, today)) {
    return { weakens: "denied", layer: "permission", summary: `not checked before ${date}: ${words}` };
  }
  return null;
}

/** Returns whether the announcement names the operation, or the grant of the client and no operation. */
function concerns({ operations, grantType }: Announcement, question: AnnouncedQuestion): boolean {
  if (operations.length > 0) return question.operation !== null && operations.includes(question.operation);
  return grantType !== null && grantType === question.grantType;
}

/** Returns whether the change can come after the first day, and by the second. A month can still come until it ends. */
function isBetween(announcement: Announcement, first: string, second: string): boolean {
  const { date } = announcement;
  return date !== null && date !== first && !hasPassed(announcement, first) && date <= second;
}
