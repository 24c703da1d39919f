import { type ClientAssessment, totalsOf, type UseTotals } from "../../../access/clients/assess-client.ts";
import type { ClientFinding } from "../../../access/clients/client-finding.ts";
import { usesOf } from "../../../access/clients/operation-use.ts";
import { refusedCalls } from "../../../access/clients/refused-call.ts";
import { openDiagnosis } from "../../../access/diagnose.ts";
import type { ListedClient } from "../../../platform/clients/listed-client.ts";
import type { Principal } from "../../../platform/reading/principal.ts";
import type { UsageRow } from "../../../platform/usage/usage-row.ts";
import { groupBy } from "./group-by.ts";
import type { ClientDetails, ClientRole, InventoriedClient, UnlistedClient } from "./result.ts";

const DAY_MS = 86_400_000;

/** Returns one client as the result document contains it. */
export function describeClient(
  assessment: ClientAssessment,
  listed: ListedClient | undefined,
  {
    nowMs,
    isWhole,
    rehearsal,
  }: {
    readonly nowMs: number;
    readonly isWhole: boolean;
    readonly rehearsal: InventoriedClient["rehearsal"];
  },
): InventoriedClient {
  const { client, principal, uses, totals, findings, openings, changes, breaks } = assessment;
  const createdMs = Date.parse(listed?.dateCreated ?? "");
  const lastDays = (uses ?? []).flatMap(({ lastDay }) => lastDay ?? []);
  return {
    id: client.id,
    name: client.name,
    grantType: client.grantType,
    state: client.state,
    roles: rolesOf(principal),
    scopes: client.scopes,
    createdAt: listed?.dateCreated ?? null,
    modifiedAt: client.dateModified,
    deletedAt: client.dateToDelete,
    ageDays: Number.isNaN(createdMs) ? null : Math.floor((nowMs - createdMs) / DAY_MS),
    totals,
    lastDay: lastDays.toSorted().at(-1) ?? null,
    verdict: verdictOf(findings),
    findings,
    openings,
    changes,
    breaks,
    details: isWhole ? detailsOf(assessment) : null,
    rehearsal,
  };
}

/**
 * Returns the clients that made calls but are not listed: those of vendors and other organizations, and deleted
 * ones.
 * @param breaksOf returns when calls of a client may be refused
 */
export function unlistedOf(
  listed: readonly ListedClient[],
  rows: readonly UsageRow[],
  breaksOf: (client: { readonly id: string; readonly name: string | null }) => UnlistedClient["breaks"],
): readonly UnlistedClient[] {
  const known = new Set(listed.map(({ id }) => id));
  const others = groupBy(rows, ({ clientId }) => clientId);
  return [...others].flatMap(([id, own]) => {
    if (id === null || known.has(id)) return [];
    const name = own.find(({ clientName }) => clientName !== null)?.clientName ?? null;
    return [{ id, name, totals: totalsIn(own), breaks: breaksOf({ id, name }) }];
  });
}

function totalsIn(rows: readonly UsageRow[]): UseTotals {
  return totalsOf(usesOf(rows, () => null, false));
}

/** Returns the findings in a few words; `?` marks findings that only mean *not seen*. */
function verdictOf(findings: readonly ClientFinding[]): string {
  const words = findings.flatMap(({ kind, state }) => {
    if (state === "unknown") return [];
    if (state === "found") return [kind];
    return [kind === "unused" ? "not seen" : `${kind}?`];
  });
  if (words.length > 0) return words.join(", ");
  return findings.length > 0 ? "unknown" : "ok";
}

function rolesOf({ grants }: Principal): readonly ClientRole[] | null {
  if (grants === null) return null;
  return [...groupBy(grants, ({ role }) => role.id)].map(([id, own]) => ({
    id,
    name: own[0]?.role.name ?? null,
    divisions: own.map(({ division }) => (division === "*" ? "*" : (division.name ?? division.id))),
  }));
}

function detailsOf({ principal, uses, permissions, scopes }: ClientAssessment): ClientDetails {
  return {
    operations:
      uses?.map(({ operation, ...use }) => ({
        ...use,
        operationId: operation?.operationId ?? null,
        permissions: operation?.permissions ?? [],
      })) ?? null,
    permissions,
    scopes,
    refused: refusedCalls(uses ?? [], openDiagnosis(principal)).map(({ use, verdict, summary }) => ({
      method: use.method,
      path: use.path,
      refused: use.refused,
      passed: use.passed,
      verdict: verdict?.verdict ?? null,
      layer: verdict?.layer ?? null,
      missing: verdict?.missing ?? null,
      summary,
      remedies: verdict?.remedies ?? [],
    })),
  };
}
