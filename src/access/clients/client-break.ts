import type { Announcement } from "../../catalogue/changes/announcement.ts";
import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";
import type { OAuthClient, Principal } from "../../platform/reading/principal.ts";
import { effectsAsOf } from "../announced.ts";
import { openDiagnosis } from "../diagnose.ts";
import { neverPasses, type OperationUse } from "./operation-use.ts";

/** A day when a client, or some of its calls, may stop working. */
export interface ClientBreak {
  /** Day or month, `2027-03-01` or `2027-03`. */
  readonly date: string;
  /** What breaks. `deletion`: the client itself. `grant`: its grant type. `calls`: only some of its calls. */
  readonly kind: "deletion" | "grant" | "calls";
  /** The called operations that break; empty when the whole client breaks. */
  readonly operations: readonly string[];
  readonly summary: string;
}

/** The facts that determine when a client breaks. */
export interface BreakQuestion {
  readonly client: OAuthClient;
  readonly principal: Principal;
  /** Calls by operation; null when API usage could not be read. */
  readonly uses: readonly OperationUse[] | null;
  readonly announcements: readonly Announcement[];
  /** Today and the last day to check, in UTC. `asOf` is null for no limit. */
  readonly today: string;
  readonly asOf: string | null;
}

const NO_END = "9999-12-31";

/**
 * Lists when a client will break, soonest first: when the platform deletes it, its grant type ends, an operation that
 * it calls is removed, or the platform begins to check permissions that it may lack. Leaves out calls that are
 * already refused.
 */
export function findBreaks(question: BreakQuestion): readonly ClientBreak[] {
  const { client, principal, uses, announcements, today } = question;
  const asOf = question.asOf ?? NO_END;
  const diagnose = openDiagnosis(principal);
  const asked = {
    asOf,
    today,
    grantType: client.grantType,
    holds: (permission: string) => diagnose({ kind: "permission", permission }).verdict === "allowed",
  };
  const breaks = new Map<string, ClientBreak>();
  const add = (one: ClientBreak) => {
    const key = `${one.date} ${one.kind} ${one.summary}`;
    const known = breaks.get(key);
    breaks.set(key, { ...one, operations: [...(known?.operations ?? []), ...one.operations] });
  };
  const deletion = client.dateToDelete?.slice(0, 10) ?? null;
  if (deletion !== null && deletion <= asOf) {
    add({ date: deletion, kind: "deletion", operations: [], summary: "the platform deletes the client" });
  }
  for (const { date, weakens, summary } of effectsAsOf(announcements, { ...asked, operation: null })) {
    if (weakens === "allowed") add({ date, kind: "grant", operations: [], summary });
  }
  const named = announcements.filter(({ operations }) => operations.length > 0);
  for (const use of uses ?? []) {
    if (use.operation === null || neverPasses(use)) continue;
    const operation = nameOf(use.operation);
    for (const { date, weakens, summary } of effectsAsOf(named, { ...asked, operation })) {
      if (weakens === "allowed") add({ date, kind: "calls", operations: [operation], summary });
    }
  }
  return [...breaks.values()].toSorted((a, b) => a.date.localeCompare(b.date));
}
