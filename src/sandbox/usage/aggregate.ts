import { requestsOf, type UsageCount } from "../state/usage-ledger.ts";
import type { World } from "../world.ts";
import type { UsageQuestion } from "./question.ts";

/** The sums of one group. */
export interface UsageGroup {
  /** First day of the period, which is a day, week or month. */
  readonly date: string;
  /**
   * Id of the client; null when the query does not group by client. Each of the next four fields is null when the query
   * does not group by it.
   */
  readonly clientId: string | null;
  readonly userId: string | null;
  readonly organizationId: string | null;
  readonly method: string | null;
  readonly templateUri: string | null;
  readonly isByPlatform: boolean;
  readonly sums: Readonly<Record<(typeof SUMS)[number], number>>;
}

const COUNTS = ["status200", "status300", "status400", "status500", "status429"] as const;
export const SUMS = ["requests", ...COUNTS] as const;

const DAY_MS = 86_400_000;

/**
 * Sums the requests of an organization that are reported at `nowMs`. A day is reported once the configured delay after
 * its end has passed, unless it is one of the missing days.
 */
export function aggregateUsage(
  world: World,
  organizationId: string,
  question: UsageQuestion,
  nowMs: number,
): readonly UsageGroup[] {
  const groups = new Map<string, UsageGroup & { readonly sums: Record<(typeof SUMS)[number], number> }>();
  for (const count of world.usage.values()) {
    if (count.organizationId !== organizationId || !isReported(world, count, nowMs)) continue;
    if (count.day < question.firstDay || count.day > question.lastDay) continue;
    if (!isChosen(world, count, question)) continue;
    const group = groupOf(world, count, question);
    const key = JSON.stringify(group);
    const known = groups.get(key) ?? {
      ...group,
      sums: { requests: 0, status200: 0, status300: 0, status400: 0, status500: 0, status429: 0 },
    };
    groups.set(key, known);
    known.sums.requests += requestsOf(count);
    for (const name of COUNTS) known.sums[name] += count[name];
  }
  return [...groups.values()].toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function isReported({ settings }: World, { day }: UsageCount, nowMs: number): boolean {
  const endMs = Date.parse(`${day}T00:00:00.000Z`) + DAY_MS;
  return nowMs >= endMs + settings.usageDelaySeconds * 1000 && !settings.usageMissingDays.includes(day);
}

function isChosen(world: World, count: UsageCount, question: UsageQuestion): boolean {
  const { clientIds, clientNames, userIds, methods, templates } = question;
  const name = world.organizations.get(count.organizationId)?.clients.get(count.clientId)?.name ?? "";
  return (
    (clientIds === null || clientIds.includes(count.clientId)) &&
    (clientNames === null || clientNames.includes(name)) &&
    (userIds === null || (count.userId !== null && userIds.includes(count.userId))) &&
    (methods === null || methods.includes(count.method)) &&
    (templates === null || templates.includes(templateOf(world, count)))
  );
}

function groupOf(
  world: World,
  count: UsageCount,
  { groupBy, granularity }: UsageQuestion,
): Omit<UsageGroup, "sums"> {
  const by = (dimension: "client" | "user" | "organization" | "method" | "template" | "platform") =>
    groupBy === null || groupBy.has(dimension);
  return {
    date: startOf(count.day, granularity),
    clientId: by("client") ? count.clientId : null,
    userId: by("user") ? count.userId : null,
    organizationId: by("organization") ? count.organizationId : null,
    method: by("method") ? count.method : null,
    templateUri: by("template") ? templateOf(world, count) : null,
    isByPlatform: by("platform"),
  };
}

/**
 * Returns the path as API usage reports it. It is not published whether its parameter names are the same as in the
 * definition.
 */
function templateOf({ settings }: World, { templateUri }: UsageCount): string {
  return settings.usageTemplates === "definition" ? templateUri : templateUri.replace(/\{[^}]*\}/g, "{id}");
}

function startOf(day: string, granularity: UsageQuestion["granularity"]): string {
  if (granularity === "Day") return day;
  if (granularity === "Month") return `${day.slice(0, 7)}-01`;
  const dateMs = Date.parse(`${day}T00:00:00.000Z`);
  const sinceMonday = (new Date(dateMs).getUTCDay() + 6) % 7;
  return new Date(dateMs - sinceMonday * DAY_MS).toISOString().slice(0, 10);
}
