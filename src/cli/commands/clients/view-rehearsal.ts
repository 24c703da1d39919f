import type { Forecast, RehearsedCall } from "../../../access/rehearsal/rehearse-client.ts";
import { plural } from "../../../core/text.ts";
import type { Block } from "../../../output/blocks.ts";
import type { Style } from "../../../output/style.ts";
import type { InventoriedClient, OrganizationClients } from "./result.ts";
import { grantOf, nameOfClient } from "./words.ts";

type Rehearsal = NonNullable<InventoriedClient["rehearsal"]>;
type Outcome = Rehearsal["outcome"];
type SeenUsers = NonNullable<Rehearsal["users"]>;

const WORDS: Readonly<Record<Outcome, string>> = {
  breaks: "breaks",
  "may-break": "may break",
  unknown: "unknown",
  "not-seen": "not seen",
  "none-seen": "no break seen",
  "not-affected": "not affected",
};

/** Maximum number of users that the view of one client lists, unless it is wide. */
const MOST_USERS = 20;

/** Shows the effect of a change: one row per client, or the logins, calls and users of one client. */
export function viewRehearsal(
  { clients, unlisted }: Pick<OrganizationClients, "clients" | "unlisted">,
  style: Style,
  isWide: boolean,
): readonly Block[] {
  const [only] = clients;
  if (only === undefined) return [];
  if (only.details !== null) return viewOne(only, style, isWide);
  const apps = unlisted.map(({ id, name }) => name ?? id).join(", ");
  return [
    tableOf(clients),
    ...viewReasons(clients, style),
    ...(unlisted.length === 0
      ? []
      : [
          {
            kind: "text" as const,
            text: style.faint(
              `outcome unknown for clients whose scopes the organization does not list: ${apps}`,
            ),
          },
        ]),
  ];
}

function tableOf(clients: readonly InventoriedClient[]): Block {
  const order = Object.keys(WORDS);
  const rows = clients.flatMap((client) =>
    client.rehearsal === null ? [] : [{ client, ...client.rehearsal }],
  );
  return {
    kind: "table",
    columns: [
      { name: "client", isKey: true, least: 16 },
      { name: "outcome", isKey: true },
      { name: "login" },
      { name: "breaks", isNumber: true },
      { name: "may break", isNumber: true },
      { name: "unknown", isNumber: true },
      { name: "passes", isNumber: true },
      { name: "users", isNumber: true },
      { name: "scopes to add", least: 14, rank: 1 },
      { name: "grant", rank: 2 },
    ],
    rows: rows
      .toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome))
      .map(({ client, outcome, login, calls, scopesToAdd, users }) => [
        nameOfClient(client),
        WORDS[outcome],
        login === null ? "-" : WORDS[login.forecast],
        ...(["breaks", "may-break", "unknown", "passes"] as const).map((each) => countOf(calls, each)),
        outcome === "not-affected" ? "-" : usersThatBreak(users),
        scopesToAdd.join(" ") || "-",
        grantOf(client),
      ]),
    longCells: "wrap",
  };
}

/** Explains why logins break or clients are not affected. Each reason appears once, with the number of clients. */
function viewReasons(clients: readonly InventoriedClient[], style: Style): readonly Block[] {
  const counts = new Map<string, number>();
  for (const { rehearsal } of clients) {
    if (rehearsal === null) continue;
    const { outcome, login, notes } = rehearsal;
    const reasons = [
      ...(login === null ? [] : [`login ${WORDS[login.forecast]}: ${login.summary}`]),
      ...(outcome === "not-affected" ? notes.slice(0, 1).map((note) => `${WORDS[outcome]}: ${note}`) : []),
    ];
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const nodes = [...counts].map(([text, count]) => ({
    text: style.faint(`${text} (${plural(count, "client")})`),
  }));
  return nodes.length === 0 ? [] : [{ kind: "tree", nodes }];
}

/** Counts operations, not requests, because the number of requests does not show how much breaks. */
function countOf(calls: readonly RehearsedCall[] | null, wanted: Forecast): string {
  return calls === null ? "?" : String(calls.filter(({ forecast }) => forecast === wanted).length);
}

/** Returns the number of observed users with a call that breaks, and the total number of observed users. */
function usersThatBreak(seen: Rehearsal["users"]): string {
  if (seen === null) return "?";
  const breaking = seen.users.filter(({ outcome }) => outcome === "breaks").length;
  const isOpen = seen.isCut || seen.unnamedRequests > 0;
  return `${breaking} of ${seen.users.length}${isOpen ? "+" : ""}`;
}

function viewOne(client: InventoriedClient, style: Style, isWide: boolean): readonly Block[] {
  const { rehearsal } = client;
  if (rehearsal === null) return [];
  const { outcome, login, calls, scopesToAdd, notes, users } = rehearsal;
  return [
    {
      kind: "fields",
      rows: [
        ["client", nameOfClient(client)],
        ["id", client.id],
        ["grant", grantOf(client)],
        ["scopes", client.grantType === "CLIENT-CREDENTIALS" ? "-" : (client.scopes?.join(" ") ?? "?")],
        ["outcome", WORDS[outcome]],
        ...(login === null ? [] : ([["login", `${WORDS[login.forecast]}: ${login.summary}`]] as const)),
        ...(scopesToAdd.length === 0 ? [] : ([["scopes to add", scopesToAdd.join(" ")]] as const)),
      ],
    },
    ...(calls === null || calls.length === 0 ? [] : [callTable(calls)]),
    ...(users === null || users.users.length === 0 ? [] : [userTable(users.users, isWide)]),
    {
      kind: "tree",
      nodes: [...notes, ...(users === null ? [] : notesOn(users, isWide))].map((text) => ({
        text: style.faint(text),
      })),
    },
  ];
}

function callTable(calls: readonly RehearsedCall[]): Block {
  return {
    kind: "table",
    columns: [
      { name: "forecast", isKey: true },
      { name: "operation", isKey: true, least: 30 },
      { name: "calls", isNumber: true },
      { name: "why", least: 30, rank: 1 },
    ],
    rows: calls.map(({ forecast, method, path, requests, passed, summary }) => [
      forecast.replace("-", " "),
      `${method} ${path}`,
      String(requests),
      passed === 0 ? `${summary}; ${plural(requests, "call")}, all of which are refused today` : summary,
    ]),
    longCells: "wrap",
  };
}

function userTable(users: SeenUsers["users"], isWide: boolean): Block {
  return {
    kind: "table",
    columns: [
      { name: "user", isKey: true, least: 16 },
      { name: "outcome", isKey: true },
      { name: "calls", isNumber: true },
      { name: "operations that break", least: 30, rank: 1 },
      { name: "id", rank: 2 },
    ],
    rows: users.slice(0, isWide ? users.length : MOST_USERS).map(({ id, name, outcome, requests, calls }) => [
      name ?? id,
      WORDS[outcome],
      String(requests),
      calls
        .filter(({ forecast, passed }) => forecast === "breaks" && passed > 0)
        .map(({ method, path }) => `${method} ${path}`)
        .join(", ") || "-",
      id,
    ]),
    longCells: "wrap",
  };
}

function notesOn({ users, unnamedRequests, isCut }: SeenUsers, isWide: boolean): readonly string[] {
  const hidden = isWide ? 0 : users.length - MOST_USERS;
  return [
    ...(hidden > 0 ? [`${plural(hidden, "more user")} with -o wide or --json`] : []),
    ...(unnamedRequests > 0 ? [`${plural(unnamedRequests, "call")} of unknown users`] : []),
    ...(isCut ? ["users are missing, because the service truncated the result"] : []),
    "users without an observed call are not listed, because the use of their tokens is unknown",
  ];
}
