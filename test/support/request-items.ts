import { decideOperation } from "../../src/access/decide/decide.ts";
import { remediesFor } from "../../src/access/remedy/remedies.ts";
import { openRoleBook } from "../../src/access/remedy/role-pool.ts";
import type { RequestItem } from "../../src/access/request/request-item.ts";
import type { Operation } from "../../src/catalogue/operation.ts";
import type { Principal } from "../../src/platform/principal.ts";
import { operation } from "./principals.ts";

/** One operation judged for a principal, by the real diagnosis. */
export function judged(
  principal: Principal,
  differences: Partial<Operation> = {},
  divisionId: string | null = null,
): RequestItem {
  const asked = operation(differences);
  const { permissionMode: mode, permissions } = asked;
  const decision = decideOperation(principal, asked, divisionId);
  const question = {
    operation: asked,
    mode,
    permissions,
    divisionId,
    isLivePossible: true,
    roles: openRoleBook(principal),
  };
  return {
    name: `${asked.method} ${asked.path}`,
    verdict: decision.verdict,
    layer: decision.layer,
    mode,
    permissions,
    evidence: decision.evidence,
    remedies: remediesFor(principal, decision, question),
  };
}
