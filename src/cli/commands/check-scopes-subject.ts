import { NOTHING_MISSING } from "../../access/layer-result.ts";
import { requirementEvidence } from "../../access/requirement.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { requireFound, requirePermissionIn } from "../../catalogue/lookup.ts";
import type { Operation } from "../../catalogue/operation.ts";
import type { CheckedItem } from "./check-scopes-result.ts";

/** One thing to be judged: an operation as it was named, or a bare permission. */
export type Subject =
  | {
      readonly kind: "operation";
      readonly operation: Operation;
      readonly name: string;
      readonly caution: string | null;
    }
  | {
      readonly kind: "permission";
      readonly permission: string;
      /** Of a fourth part, as refusals write it: `routing:queue:view:<division id>`. */
      readonly divisionId: string | null;
    };

/**
 * What the names on the command line mean.
 * @throws UsageError for a name that is unknown or may mean several
 */
export function resolveSubjects(
  catalogue: Catalogue,
  request: { readonly operations: readonly string[]; readonly permissions: readonly string[] },
): readonly Subject[] {
  return [
    ...request.operations.map((name) => {
      const { operation, caution } = requireFound(catalogue, name);
      return { kind: "operation" as const, operation, name, caution };
    }),
    ...request.permissions.map((text) => {
      const { permission, divisionId } = requirePermissionIn(catalogue, text);
      return { kind: "permission" as const, permission, divisionId };
    }),
  ];
}

/** The item before anything is judged, which is all there is with `--offline`. */
export function describeRequirement(catalogue: Catalogue, subject: Subject): CheckedItem {
  const open = {
    verdict: null,
    layer: null,
    missing: NOTHING_MISSING,
    remedies: [],
    location: null,
    live: null,
  };
  if (subject.kind === "permission") {
    const { permission } = subject;
    return {
      ...open,
      operation: null,
      permission,
      requirement: {
        permissionMode: "ALL",
        permissions: [permission],
        scopes: null,
        source: "--permission",
        date: catalogue.date,
      },
      evidence: [],
    };
  }
  const { method, path, operationId, permissionMode, permissions, scopes, provenance } = subject.operation;
  return {
    ...open,
    operation: { method, path, operationId },
    permission: null,
    requirement: { permissionMode, permissions, scopes, source: provenance.source, date: provenance.date },
    evidence: [requirementEvidence(subject.operation)],
  };
}
