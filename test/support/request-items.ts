import { type DiagnosisOptions, openDiagnosis } from "../../src/access/diagnose.ts";
import type { RequestItem } from "../../src/access/request/request-item.ts";
import type { Operation } from "../../src/catalogue/facts/operation.ts";
import type { Principal } from "../../src/platform/reading/principal.ts";
import { operation } from "./principals.ts";

/** Diagnoses one operation for a principal. Returns it as an item of a request. */
export function judged(
  principal: Principal,
  differences: Partial<Operation> = {},
  options: DiagnosisOptions = {},
): RequestItem {
  const asked = operation(differences);
  const { permissionMode: mode, permissions } = asked;
  const { verdict, layer, evidence, remedies } = openDiagnosis(principal)(
    { kind: "operation", operation: asked },
    { isLivePossible: true, ...options },
  );
  return { name: `${asked.method} ${asked.path}`, verdict, layer, mode, permissions, evidence, remedies };
}
