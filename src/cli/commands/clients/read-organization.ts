import type { UsageWindow } from "../../../access/clients/openings.ts";
import type { Api } from "../../../platform/api/api.ts";
import { type ListedClient, readClients } from "../../../platform/clients/listed-client.ts";
import {
  type OrganizationFacts,
  readOrganizationFacts,
} from "../../../platform/clients/organization-facts.ts";
import { readAccessPolicies } from "../../../platform/identity/access-policies.ts";
import type { Polling } from "../../../platform/reading/polling.ts";
import type { AccessPolicy } from "../../../platform/reading/principal.ts";
import { type FailedReading, type Reading, toUnreadable } from "../../../platform/reading/reading.ts";
import { readUsage, type UsageRows } from "../../../platform/usage/read-usage.ts";
import type { UsageQuestion } from "../../../platform/usage/usage-query.ts";
import type { UsageRow } from "../../../platform/usage/usage-row.ts";
import type { UnreadableSource } from "./result.ts";

/** First and last UTC day of a period, both inclusive. */
export interface UsagePeriod {
  readonly firstDay: string;
  readonly lastDay: string;
}

/** Facts read about one organization, before their evaluation. */
export interface OrganizationReading {
  /** Null when the login may not list clients. */
  readonly clients: readonly ListedClient[] | null;
  readonly facts: OrganizationFacts;
  /** The access policies that apply to the checked clients; null when they could not be read. */
  readonly accessPolicies: readonly AccessPolicy[] | null;
  /** Null when API usage could not be read. */
  readonly rows: readonly UsageRow[] | null;
  readonly window: UsageWindow;
  /** Whether each row covers one day. */
  readonly isByDay: boolean;
  readonly unreadable: readonly UnreadableSource[];
}

const DAY_MS = 86_400_000;
/** Maximum number of days in the interval of one usage query. */
const LONGEST_DAYS = 90;

/** Returns the last whole UTC days before today. */
export function lastDays(days: number, nowMs: number): UsagePeriod {
  return { firstDay: dayOf(nowMs - days * DAY_MS), lastDay: dayOf(nowMs - DAY_MS) };
}

/**
 * Reads the clients of an organization with the permissions they hold and use, in parallel. The number of requests does
 * not grow with the number of clients, except for pages.
 * @param choose chooses the only client of interest from the listing; null for all of them
 * @throws the failure of the listing unless it is a 403, any UsageError of `choose`
 */
export async function readOrganization(
  api: Api,
  polling: Polling,
  period: UsagePeriod,
  choose: ((clients: readonly ListedClient[] | null) => string) | null,
): Promise<OrganizationReading> {
  const listing = readClients(api);
  const chosen = choose === null ? null : listing.then((reading) => choose(valueIn(reading)));
  const [clients, own, facts, uses, days] = await Promise.all([
    listing,
    // For a single client, reads only its own access policies. For many clients, reads all policies, because
    // other subjects' policies only make the result more cautious.
    chosen === null ? null : chosen.then((id) => readAccessPolicies(api, id)),
    readOrganizationFacts(api),
    readUses(api, polling, period, chosen),
    // One row per day and method is enough to reveal days without any calls.
    readAll(api, polling, period, { granularity: "Day", groupBy: ["method"], clientId: null }),
  ]);
  // A login that may not list clients can still read their usage. Any other failure ends the command.
  if (!clients.isRead && clients.status !== 403) throw clients.error;
  return {
    clients: valueIn(clients),
    facts,
    accessPolicies: own === null ? facts.accessPolicies : valueIn(own),
    rows: valueIn(uses)?.rows ?? null,
    isByDay: choose !== null,
    window: {
      ...period,
      missingDays: days.isRead && !days.value.isCut ? missingDays(period, days.value.rows) : null,
      isCut: valueIn(uses)?.isCut ?? false,
    },
    unreadable: [
      ...(clients.isRead ? [] : [sourceOf("OAuth clients", clients)]),
      ...(uses.isRead ? [] : [sourceOf("API usage", uses)]),
      ...facts.unreadable.map(({ what, reason, permissions, scopes }) => ({
        what,
        reason,
        permissions,
        scopes,
      })),
    ],
  };
}

/** Reads the calls of one client by day, or those of all clients by month, to limit the number of rows. */
async function readUses(
  api: Api,
  polling: Polling,
  period: UsagePeriod,
  chosen: Promise<string> | null,
): Promise<Reading<UsageRows>> {
  if (chosen === null) {
    const groupBy = ["client", "method", "path"] as const;
    return await readAll(api, polling, period, { granularity: "Month", groupBy, clientId: null });
  }
  const clientId = await chosen;
  const groupBy = ["client", "method", "path"] as const;
  return await readAll(api, polling, period, { granularity: "Day", groupBy, clientId });
}

/** Reads the calls by user, for every client or for one. */
export async function readUsesByUser(
  api: Api,
  polling: Polling,
  period: UsagePeriod,
  clientId: string | null,
): Promise<Reading<UsageRows>> {
  const groupBy = ["client", "user", "method", "path"] as const;
  return await readAll(api, polling, period, { granularity: "Month", groupBy, clientId });
}

/** Reads a period of any length. */
async function readAll(
  api: Api,
  polling: Polling,
  period: UsagePeriod,
  question: Omit<UsageQuestion, keyof UsagePeriod>,
): Promise<Reading<UsageRows>> {
  const parts = await Promise.all(
    split(period).map(async (part) => await readUsage(api, polling, { ...part, ...question })),
  );
  const calls = parts.flatMap((part) => part.calls);
  const failed = parts.find((part) => !part.isRead);
  if (failed !== undefined) return { ...failed, calls };
  const values = parts.flatMap((part) => valueIn(part) ?? []);
  return {
    isRead: true,
    value: { rows: values.flatMap(({ rows }) => rows), isCut: values.some(({ isCut }) => isCut) },
    calls,
  };
}

function split({ firstDay, lastDay }: UsagePeriod): readonly UsagePeriod[] {
  const parts: UsagePeriod[] = [];
  for (let startMs = Date.parse(firstDay); startMs <= Date.parse(lastDay); startMs += LONGEST_DAYS * DAY_MS) {
    const endMs = Math.min(Date.parse(lastDay), startMs + (LONGEST_DAYS - 1) * DAY_MS);
    parts.push({ firstDay: dayOf(startMs), lastDay: dayOf(endMs) });
  }
  return parts;
}

function missingDays({ firstDay, lastDay }: UsagePeriod, rows: readonly UsageRow[]): readonly string[] {
  const present = new Set(rows.map(({ day }) => day));
  const missing: string[] = [];
  for (let dayMs = Date.parse(firstDay); dayMs <= Date.parse(lastDay); dayMs += DAY_MS) {
    if (!present.has(dayOf(dayMs))) missing.push(dayOf(dayMs));
  }
  return missing;
}

function valueIn<Value>(reading: Reading<Value>): Value | null {
  return reading.isRead ? reading.value : null;
}

/** Returns the facts that a failed read leaves unknown, with the permissions that would reveal them. */
export function sourceOf(what: UnreadableSource["what"], failed: FailedReading): UnreadableSource {
  const { reason, permissions, scopes } = toUnreadable("token", failed);
  return { what, reason, permissions, scopes };
}

function dayOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}
