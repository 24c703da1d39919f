import type { VerdictName } from "../../../../access/verdict/verdict.ts";
import { grouped, plural } from "../../../../core/text.ts";
import type { Block } from "../../../../output/blocks.ts";
import type { Style } from "../../../../output/style.ts";
import { type CheckScopesResult, nameOfItem } from "../result.ts";
import type { Callers, CallingClient, CallingRole, ListedOperations } from "./result.ts";

/** Renders who may call an operation, or which operations may be called. */
export function viewSurvey(result: CheckScopesResult, style: Style): readonly Block[] {
  const { principal, who, list } = result;
  const head = principal === null ? [] : [textBlock(style.faint(`as ${principal.description}`))];
  return [
    ...head,
    ...(who === null ? [] : viewCallers(result, who, style)),
    ...(list === null ? [] : [...viewOperations(list), ...viewDoubts(list.unreadable, style)]),
  ];
}

function viewCallers({ results }: CheckScopesResult, who: Callers, style: Style): readonly Block[] {
  const { clients, roles, deniedClients, deniedRoles, unreadable, notes } = who;
  const requirement = results.map((item) => `${nameOfItem(item)}: ${item.evidence[0]?.summary ?? ""}`);
  const denied = [
    ...(deniedClients === null ? [] : [plural(deniedClients, "OAuth client")]),
    ...(deniedRoles === null ? [] : [plural(deniedRoles, "role")]),
  ];
  return [
    ...requirement.map(textBlock),
    ...(clients === null || clients.length === 0 ? [] : [clientTable(clients)]),
    ...(roles === null || roles.length === 0 ? [] : [roleTable(roles)]),
    ...(denied.length === 0 ? [] : [textBlock(`denied: ${denied.join(" and ")}`)]),
    ...notes.map((note) => textBlock(style.faint(note))),
    ...viewDoubts(unreadable, style),
  ];
}

function viewDoubts(unreadable: Callers["unreadable"], style: Style): readonly Block[] {
  return unreadable.map(({ what, reason, permissions }) => {
    const more = permissions.length === 0 ? "" : ` (${permissions.join(" or ")} would show more)`;
    return textBlock(style.doubt(`could not read ${what}: ${reason}${more}`));
  });
}

function clientTable(clients: readonly CallingClient[]): Block {
  return {
    kind: "table",
    columns: [
      { name: "OAuth client", isKey: true, least: 16 },
      { name: "verdict", isKey: true },
      { name: "grant", rank: 1 },
      { name: "scope", rank: 2 },
      { name: "why", least: 30 },
      { name: "id", rank: 3 },
    ],
    rows: clients
      .toSorted(byVerdict)
      .map(({ id, name, grantType, verdict, scope, summary }) => [
        name ?? id,
        verdict,
        grantType?.toLowerCase() ?? "?",
        grantType === "CLIENT-CREDENTIALS" ? "-" : (scope ?? "none"),
        summary,
        id,
      ]),
    longCells: "wrap",
  };
}

function roleTable(roles: readonly CallingRole[]): Block {
  return {
    kind: "table",
    columns: [
      { name: "role", isKey: true, least: 16 },
      { name: "verdict", isKey: true },
      { name: "users", isNumber: true },
      { name: "groups", isNumber: true, rank: 1 },
      { name: "clients", isNumber: true },
      { name: "all", isNumber: true, rank: 1 },
      { name: "missing", rank: 2 },
    ],
    rows: roles
      .toSorted(byVerdict)
      .map(({ id, name, verdict, missing, holders }) => [
        name ?? id,
        missing.length > 0 ? "in part" : verdict,
        countOf(holders?.users),
        countOf(holders?.groups),
        countOf(holders?.clients),
        countOf(holders?.total),
        missing.join(", "),
      ]),
    longCells: "wrap",
  };
}

function countOf(count: number | null | undefined): string {
  return count === null || count === undefined ? "?" : String(count);
}

function viewOperations({ area, areas, totals }: ListedOperations): readonly Block[] {
  const sum = SHOWN.reduce((total, name) => total + totals[name], 0);
  const counts = SHOWN.map((name) => `${grouped(totals[name])} ${name}`).join(", ");
  return [
    area === null ? areaTable(areas) : operationTable(areas.flatMap(({ operations }) => operations)),
    textBlock(`${plural(sum, "operation")}: ${counts}`),
  ];
}

/** Verdicts, most permissive first. */
const SHOWN: readonly VerdictName[] = ["allowed", "conditional", "unknown", "denied"];

function areaTable(areas: ListedOperations["areas"]): Block {
  return {
    kind: "table",
    columns: [{ name: "area", isKey: true }, ...SHOWN.map((name) => ({ name, isNumber: true }))],
    rows: areas.map(({ area, counts }) => [area, ...SHOWN.map((name) => String(counts[name]))]),
  };
}

function operationTable(operations: ListedOperations["areas"][number]["operations"]): Block {
  return {
    kind: "table",
    columns: [
      { name: "verdict", isKey: true },
      { name: "operation", isKey: true, least: 40 },
      { name: "layer", rank: 1 },
    ],
    rows: operations
      .toSorted(byVerdict)
      .map(({ verdict, method, path, layer }) => [
        verdict,
        `${method} ${path}`,
        verdict === "allowed" ? "" : layer,
      ]),
    longCells: "wrap",
  };
}

function byVerdict(a: { readonly verdict: VerdictName }, b: { readonly verdict: VerdictName }): number {
  return SHOWN.indexOf(a.verdict) - SHOWN.indexOf(b.verdict);
}

function textBlock(text: string): Block {
  return { kind: "text", text };
}
