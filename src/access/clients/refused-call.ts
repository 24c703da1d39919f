import type { Diagnose } from "../diagnose.ts";
import type { Verdict } from "../verdict/verdict.ts";
import type { OperationUse } from "./operation-use.ts";

/** An operation whose calls were refused, with the likely reason. */
export interface RefusedUse {
  readonly use: OperationUse;
  /** The current diagnosis of the call; null when no operation has the path. */
  readonly verdict: Verdict | null;
  readonly summary: string;
}

/**
 * Diagnoses the operations that returned a 4xx to a client. API usage does not contain error codes, so the reason is
 * likely at best.
 */
export function refusedCalls(uses: readonly OperationUse[], diagnose: Diagnose): readonly RefusedUse[] {
  return uses
    .filter(({ refused }) => refused > 0)
    .map((use) => {
      const verdict =
        use.operation === null ? null : diagnose({ kind: "operation", operation: use.operation });
      return { use, verdict, summary: describe(use, verdict) };
    });
}

function describe({ passed }: OperationUse, verdict: Verdict | null): string {
  if (verdict === null) return "no operation in the catalog has this path, so the reason is unknown";
  const { missing, layer } = verdict;
  const lacks = missing.permissions.length > 0 ? `: missing ${missing.permissions.join(", ")}` : "";
  switch (verdict.verdict) {
    case "denied":
      return `denied at layer ${layer}${lacks}`;
    case "allowed":
      return "the client may make this call now: either the request was wrong, or the permission was granted later";
    default:
      return passed > 0
        ? `${verdict.verdict} at layer ${layer}${lacks}: some calls pass`
        : `${verdict.verdict} at layer ${layer}${lacks}`;
  }
}
