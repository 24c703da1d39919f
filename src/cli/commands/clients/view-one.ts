import { plural } from "../../../core/text.ts";
import type { Block, TreeNode } from "../../../output/blocks.ts";
import type { Style } from "../../../output/style.ts";
import type { CalledOperation, InventoriedClient } from "./result.ts";
import { describeRoles, grantOf, nameOfClient, shareOf } from "./words.ts";

/** Maximum number of permissions per list in the view for a person. */
const MOST_PERMISSIONS = 12;

/** Shows one client: its identity, its calls, the permissions it holds and lacks, and coming changes. */
export function viewOneClient(client: InventoriedClient, style: Style): readonly Block[] {
  const { details } = client;
  return [
    { kind: "fields", rows: fieldsOf(client) },
    ...(details?.operations === null || details === null || details.operations.length === 0
      ? []
      : [operationsTable(details.operations)]),
    { kind: "tree", nodes: nodesOf(client, style) },
  ];
}

function fieldsOf(client: InventoriedClient): readonly (readonly [string, string])[] {
  const { id, grantType, state, scopes, createdAt, ageDays, modifiedAt, deletedAt, totals, lastDay } = client;
  return [
    ["client", nameOfClient(client)],
    ["id", id],
    ["grant", grantOf(client)],
    ["state", state ?? "?"],
    ["roles", describeRoles(client)],
    ...(grantType === "CLIENT-CREDENTIALS" || scopes === null
      ? []
      : ([["scopes", scopes.join(" ")]] as const)),
    ["created", createdAt === null ? "?" : `${createdAt.slice(0, 10)}, ${plural(ageDays ?? 0, "day")} ago`],
    ...(modifiedAt === null ? [] : ([["modified", modifiedAt.slice(0, 10)]] as const)),
    ...(deletedAt === null ? [] : ([["to be deleted", deletedAt.slice(0, 10)]] as const)),
    [
      "calls",
      totals === null
        ? "?"
        : `${totals.requests}${totals.failingShare === null ? "" : `, ${shareOf(totals.failingShare)} failing`}${lastDay === null ? "" : `, last on ${lastDay}`}`,
    ],
    ["verdict", client.verdict],
  ];
}

function operationsTable(operations: readonly CalledOperation[]): Block {
  return {
    kind: "table",
    columns: [
      { name: "operation", isKey: true, least: 30 },
      { name: "calls", isKey: true, isNumber: true },
      { name: "2xx, 3xx", isNumber: true },
      { name: "4xx", isNumber: true },
      { name: "429", isNumber: true, rank: 1 },
      { name: "5xx", isNumber: true, rank: 1 },
      { name: "last", rank: 2 },
    ],
    rows: operations.map((use) => [
      `${use.method} ${use.path}`,
      ...[use.requests, use.passed, use.refused, use.throttled, use.failed].map(String),
      use.lastDay ?? "?",
    ]),
    longCells: "wrap",
  };
}

function nodesOf(
  { findings, openings, changes, breaks, details }: InventoriedClient,
  style: Style,
): readonly TreeNode[] {
  const { permissions = null, scopes = null, refused = [] } = details ?? {};
  const section = (text: string, children: readonly TreeNode[]): readonly TreeNode[] =>
    children.length === 0 ? [] : [{ text: style.strong(text), children }];
  return [
    ...section(
      "findings",
      findings.map(({ kind, state, summary }) => ({
        text: `${(state === "found" ? style.bad : style.doubt)(`${kind} (${state})`)}: ${summary}`,
      })),
    ),
    ...section(
      "refused calls",
      refused.map(({ method, path, refused: count, summary, remedies }) => ({
        text: `${method} ${path}: ${plural(count, "refusal")}, ${summary}`,
        children: remedies.slice(0, 1).map((remedy) => ({ text: style.hint(remedy.summary) })),
      })),
    ),
    ...section("held and used", leaves(permissions?.used ?? [])),
    ...section(
      "held and not seen in use",
      (permissions?.roles ?? [])
        .filter(({ notSeen, wildcards }) => notSeen.length > 0 || wildcards.length > 0)
        .map(({ role, notSeen, wildcards }) => ({
          text: `role "${role.name ?? role.id}": ${plural(notSeen.length, "permission")}${wildcards.length === 0 ? "" : `, through ${wildcards.join(", ")}`}`,
          children: leaves(notSeen),
        })),
    ),
    ...section("scopes not seen in use", leaves(scopes?.notSeen ?? [])),
    ...section(
      "when it breaks",
      breaks.map(({ date, operations, summary }) => ({
        text: `${style.strong(date)}  ${summary}`,
        children: operations.map((text) => ({ text })),
      })),
    ),
    ...section(
      "what changes",
      changes.map(({ date, kind, statement, operations, source, disputedDate }) => ({
        text: `${date ?? "no date"}  ${kind}: ${statement}`,
        children: [
          ...operations,
          ...(disputedDate === null ? [] : [`another source gives ${disputedDate}`]),
          style.faint(source),
        ].map((text) => ({ text })),
      })),
    ),
    ...section(
      "why calls may be missing",
      openings.map(({ summary }) => ({ text: summary })),
    ),
  ];
}

function leaves(names: readonly string[]): readonly TreeNode[] {
  const shown = names.slice(0, MOST_PERMISSIONS).map((text) => ({ text }));
  const rest = names.length - shown.length;
  return rest > 0 ? [...shown, { text: `and ${rest} more (--json lists all)` }] : shown;
}
