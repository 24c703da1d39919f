import type { ClientFindingKind } from "../../../access/clients/client-finding.ts";
import type { ExitName } from "../../../core/exit-codes.ts";
import type { OrganizationClients } from "./result.ts";

/**
 * Returns the names of the exit codes that apply to this run. A finding counts as denied when it is a fact, and as
 * unknown when it only means that calls were not seen or could not be read. Clients that cannot be listed always count
 * as unknown.
 */
export function exitNamesOfClients(
  organizations: readonly OrganizationClients[],
  failOn: readonly ClientFindingKind[],
): readonly ExitName[] {
  const findings = organizations
    .flatMap(({ clients }) => clients.flatMap((client) => client.findings))
    .filter(({ kind }) => failOn.includes(kind));
  const isUnlisted = organizations.some(({ unreadable }) =>
    unreadable.some(({ what }) => what === "OAuth clients"),
  );
  const rehearsed = organizations.flatMap(({ clients }) =>
    clients.flatMap(({ rehearsal }) => rehearsal ?? []),
  );
  return [
    ...(rehearsed.some(({ outcome }) => outcome === "breaks") ? (["denied"] as const) : []),
    ...(rehearsed.some(({ calls }) => calls === null) ? (["unknown"] as const) : []),
    ...(isUnlisted ? (["unknown"] as const) : []),
    ...findings.map(({ state }): ExitName => (state === "found" ? "denied" : "unknown")),
  ];
}
