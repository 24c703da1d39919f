import type { ClientAssessment } from "../../../access/clients/assess-client.ts";
import { needsFromUse } from "../../../access/clients/role-from-use.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import { emitLeastPrivilege } from "../check-scopes/emit.ts";
import type { Emitted } from "../check-scopes/result.ts";

/** Writes the least-privilege role that lets a client's observed calls pass. */
export function emitFromUse(
  assessment: ClientAssessment,
  kind: "role" | "terraform",
  withRefused: boolean,
  catalogue: Pick<Catalogue, "findByPermission">,
): Emitted {
  const { name, id } = assessment.client;
  const { needs, notes } = needsFromUse(assessment, withRefused);
  return emitLeastPrivilege(kind, needs, {
    name: `${name ?? id} (least privilege)`,
    division: null,
    notes,
    catalogue,
  });
}
