import type { Division } from "../../platform/reading/principal.ts";
import type { PlacedNeed } from "../emit/emission.ts";
import type { ClientAssessment } from "./assess-client.ts";
import { neverPasses } from "./operation-use.ts";

/** The permissions that a role must grant so that a client's observed calls pass. */
export interface NeedsFromUse {
  readonly needs: readonly PlacedNeed[];
  /** Sentences about what the role leaves out or grants more widely. */
  readonly notes: readonly string[];
}

/**
 * Derives from the calls of a client what a least-privilege role must allow. Keeps each permission that a call may
 * depend on, in the divisions where the client holds it. If the grants are unknown, uses only the called operations.
 * @param withRefused whether to include the permissions that are missing for calls that are always refused
 */
export function needsFromUse(
  { client, principal, uses, kept, openings }: ClientAssessment,
  withRefused: boolean,
): NeedsFromUse {
  const lacking = (uses ?? []).filter(neverPasses);
  const operations = (uses ?? [])
    .filter((use) => (kept === null || neverPasses(use)) && (withRefused || !neverPasses(use)))
    .flatMap(({ operation }) => operation ?? []);
  const needs: readonly PlacedNeed[] = [
    ...(kept ?? []).flatMap(({ permission, divisions }) =>
      [...divisions].map(
        (id): PlacedNeed => ({
          kind: "permission",
          permission,
          division: nameOfDivision(id, principal.divisions),
          location: null,
        }),
      ),
    ),
    ...operations.map(
      (operation): PlacedNeed => ({ kind: "operation", operation, division: null, location: null }),
    ),
  ];
  const conditional = (kept ?? []).filter(({ isConditional }) => isConditional);
  return {
    needs,
    notes: [
      ...(kept === null
        ? [`what ${client.name ?? client.id} holds is unknown: only its calls determine the role`]
        : []),
      ...conditional.map(
        ({ permission }) =>
          `wider than today: \`${permission}\` is held under a role condition, which the new role lacks`,
      ),
      ...(withRefused
        ? []
        : lacking.map(({ method, path }) => `left out: ${method} ${path}, because every call was refused`)),
      ...openings.map(({ summary }) => `open: ${summary}`),
    ],
  };
}

/** Returns the name or id of a division; null for every division. */
function nameOfDivision(id: string, divisions: readonly Division[] | null): string | null {
  if (id === "*") return null;
  return divisions?.find((division) => division.id === id)?.name ?? id;
}
