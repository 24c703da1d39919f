import type { Forecast, RehearsedCall } from "../../../access/rehearsal/rehearse-client.ts";
import { plural } from "../../../core/text.ts";
import type { Block } from "../../../output/blocks.ts";
import type { Style } from "../../../output/style.ts";
import type { InventoriedClient } from "./result.ts";
import { nameOfClient } from "./words.ts";

type Outcome = NonNullable<InventoriedClient["rehearsal"]>["outcome"];

const WORDS: Readonly<Record<Outcome, string>> = {
  breaks: "breaks",
  "may-break": "may break",
  unknown: "unknown",
  "not-seen": "not seen",
  "none-seen": "no break seen",
  "not-affected": "not affected",
};

/** Shows the effect of a change: one row per client, or the logins and calls of one client. */
export function viewRehearsal(clients: readonly InventoriedClient[], style: Style): readonly Block[] {
  const [only] = clients;
  if (only === undefined) return [];
  return only.details === null ? [tableOf(clients)] : viewOne(only, style);
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
      { name: "scopes to add", least: 14, rank: 1 },
      { name: "grant", rank: 2 },
    ],
    rows: rows
      .toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome))
      .map(({ client, outcome, login, calls, scopesToAdd }) => [
        nameOfClient(client),
        WORDS[outcome],
        login === null ? "-" : WORDS[login.forecast],
        ...(["breaks", "may-break", "unknown", "passes"] as const).map((each) => countOf(calls, each)),
        scopesToAdd.join(" ") || "-",
        client.grantType?.toLowerCase() ?? "?",
      ]),
    longCells: "wrap",
  };
}

/** Counts operations, because the number of requests says little about what breaks. */
function countOf(calls: readonly RehearsedCall[] | null, wanted: Forecast): string {
  return calls === null ? "?" : String(calls.filter(({ forecast }) => forecast === wanted).length);
}

function viewOne(client: InventoriedClient, style: Style): readonly Block[] {
  const { rehearsal } = client;
  if (rehearsal === null) return [];
  const { outcome, login, calls, scopesToAdd, notes } = rehearsal;
  return [
    {
      kind: "fields",
      rows: [
        ["client", nameOfClient(client)],
        ["id", client.id],
        ["grant", client.grantType?.toLowerCase() ?? "?"],
        ["scopes", client.grantType === "CLIENT-CREDENTIALS" ? "-" : (client.scopes?.join(" ") ?? "?")],
        ["outcome", WORDS[outcome]],
        ...(login === null ? [] : ([["login", `${WORDS[login.forecast]}: ${login.summary}`]] as const)),
        ...(scopesToAdd.length === 0 ? [] : ([["scopes to add", scopesToAdd.join(" ")]] as const)),
      ],
    },
    ...(calls === null || calls.length === 0 ? [] : [callTable(calls)]),
    { kind: "tree", nodes: notes.map((text) => ({ text: style.faint(text) })) },
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
      passed === 0 ? `${summary}; ${plural(requests, "call")}, none of which passes today` : summary,
    ]),
    longCells: "wrap",
  };
}
