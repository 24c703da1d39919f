import { plural } from "../../../core/text.ts";
import type { Block } from "../../../output/blocks.ts";
import type { Style } from "../../../output/style.ts";
import type { TableColumn } from "../../../output/table/table-block.ts";
import type { ClientsResult, InventoriedClient, OrganizationClients, UnlistedClient } from "./result.ts";
import { viewOneClient } from "./view-one.ts";
import { viewRehearsal } from "./view-rehearsal.ts";
import { describeRoles, grantOf, nameOfClient, shareOf } from "./words.ts";

const COLUMNS: readonly TableColumn[] = [
  { name: "client", isKey: true, least: 16 },
  { name: "verdict", isKey: true, least: 25 },
  { name: "calls", isNumber: true },
  { name: "failing", isNumber: true, rank: 1 },
  { name: "breaks", rank: 1 },
  { name: "grant", rank: 2 },
  { name: "state", rank: 3 },
  { name: "roles", least: 14, rank: 5 },
  { name: "scopes", least: 10, rank: 6 },
  { name: "created", rank: 7 },
  { name: "age", isNumber: true, rank: 4 },
  { name: "id", rank: 8 },
];

/** Shows the inventory as one table per organization, or one client with the permissions it uses and holds. */
export function viewClients(result: ClientsResult, style: Style, isWide = false): readonly Block[] {
  const { asOf, emitted, organizations, window } = result;
  if (emitted !== null) return [{ kind: "verbatim", lines: emitted.lines }];
  const isRehearsal = organizations.some(({ clients }) =>
    clients.some(({ rehearsal }) => rehearsal !== null),
  );
  return organizations.flatMap((organization) => {
    const { clients, profile, region } = organization;
    const head: Block = {
      kind: "text",
      text: style.strong(
        `${profile === null ? region : `${profile} (${region})`}: API usage from ${window.firstDay} to ${window.lastDay}`,
      ),
    };
    const [only] = clients;
    const body = isRehearsal
      ? viewRehearsal(organization, style, isWide)
      : only?.details === null || only === undefined
        ? [...viewInventory(organization, isWide), ...viewBreaking(organization, asOf, style)]
        : viewOneClient(only, style);
    return [head, ...body, ...viewNotes(organization, style)];
  });
}

function viewInventory({ clients, unlisted }: OrganizationClients, isWide: boolean): readonly Block[] {
  if (clients.length === 0 && unlisted.length === 0) return [];
  return [
    {
      kind: "table",
      columns: COLUMNS,
      rows: [...clients.toSorted(byUrgency).map(rowOf), ...unlisted.map(unlistedRowOf)],
      longCells: isWide ? "whole" : "cut",
      shownBy: "-o wide",
    },
  ];
}

/** Shows by day which clients stop working, or may stop, according to the platform's announcements. */
function viewBreaking(
  { clients, unlisted }: OrganizationClients,
  asOf: string | null,
  style: Style,
): readonly Block[] {
  const days = new Map<string, { readonly why: Set<string>; readonly names: Set<string> }>();
  for (const { breaks, name, id } of [...clients, ...unlisted]) {
    for (const { date, summary } of breaks) {
      const known = days.get(date) ?? { why: new Set(), names: new Set() };
      days.set(date, known);
      known.why.add(summary);
      known.names.add(name ?? id);
    }
  }
  const title = asOf === null ? "what breaks next" : `what breaks by ${asOf}`;
  if (days.size === 0) {
    if (asOf === null) return [];
    const text = `according to announcements and observed calls, nothing breaks by ${asOf}`;
    return [{ kind: "text", text: style.strong(text) }];
  }
  const nodes = [...days]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([day, { why, names }]) => ({
      text: `${style.strong(day)}  ${plural(names.size, "client")}: ${[...names].join(", ")}`,
      children: [...why].map((text) => ({ text })),
    }));
  return [{ kind: "tree", nodes: [{ text: style.strong(title), children: nodes }] }];
}

/**
 * Sorts clients with definite findings first, then those that may break, then those with other findings, and each group
 * by name.
 */
function byUrgency(a: InventoriedClient, b: InventoriedClient): number {
  const rank = ({ findings }: InventoriedClient) => {
    if (findings.some(({ state }) => state === "found")) return 0;
    if (findings.some(({ kind }) => kind === "expiring")) return 1;
    return findings.length > 0 ? 2 : 3;
  };
  return rank(a) - rank(b) || nameOfClient(a).localeCompare(nameOfClient(b), "en");
}

function rowOf(client: InventoriedClient): readonly string[] {
  const { verdict, totals, state, createdAt, ageDays, breaks, id } = client;
  return [
    nameOfClient(client),
    verdict,
    totals === null ? "?" : String(totals.requests),
    shareOf(totals?.failingShare ?? null),
    breaks[0]?.date ?? "-",
    grantOf(client),
    state ?? "?",
    describeRoles(client),
    describeScopes(client),
    createdAt?.slice(0, 10) ?? "?",
    ageDays === null ? "?" : `${ageDays} d`,
    id,
  ];
}

function unlistedRowOf({ id, name, totals, breaks }: UnlistedClient): readonly string[] {
  return [
    name ?? id,
    "not listed here",
    String(totals.requests),
    shareOf(totals.failingShare),
    breaks[0]?.date ?? "-",
    ...["?", "?", "?", "?", "?", "?"],
    id,
  ];
}

function describeScopes({ scopes, grantType }: InventoriedClient): string {
  if (grantType === "CLIENT-CREDENTIALS") return "-";
  return scopes === null ? "?" : scopes.join(" ");
}

function viewNotes({ unreadable, usage }: OrganizationClients, style: Style): readonly Block[] {
  const lines = [
    ...unreadable.map(({ what, reason, permissions }) => {
      const more = permissions.length === 0 ? "" : ` (${permissions.join(" or ")} would show more)`;
      return `could not read ${what}: ${reason}${more}`;
    }),
    ...(usage.isRead && usage.missingDays !== null && usage.missingDays.length > 0
      ? [`API usage contains no request from any client on ${usage.missingDays.length} of these days`]
      : []),
  ];
  return lines.map((text) => ({ kind: "text", text: style.doubt(text) }));
}
