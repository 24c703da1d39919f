import type { Evidence, Layer, VerdictName } from "../verdict/verdict.ts";
import type { RequestItem } from "./request-item.ts";
import { chooseChanges, type RequestedChange } from "./requested-change.ts";

/** A request for changes, addressed to an administrator, with reasons. */
export interface AccessRequest {
  readonly needs: readonly RequestedNeed[];
  /** The changes without duplicates, each with the names of the checks that need it. */
  readonly changes: readonly RequestedChange[];
  /** Steps for the caller rather than the administrator, such as calling another operation or waiting. */
  readonly ownSteps: readonly { readonly name: string; readonly summary: string }[];
  /** Whether the changes take effect only with a new token. */
  readonly needsNewLogin: boolean;
  /** Correlation ids of refusals that were observed, for Genesys support. */
  readonly correlationIds: readonly string[];
}

export interface RequestedNeed {
  readonly name: string;
  readonly verdict: Exclude<VerdictName, "allowed">;
  readonly layer: Layer;
  readonly reasons: readonly string[];
}

/**
 * Builds a request for the changes that make every check pass: the smallest change for each layer that refuses.
 * Changes that several checks need are listed once. Null when every check passes.
 * @param labels names of permissions as the organization's role editor shows them
 */
export function requestAccess(
  items: readonly RequestItem[],
  labels: ReadonlyMap<string, string> = new Map(),
): AccessRequest | null {
  const open = items.filter(({ verdict }) => verdict !== "allowed");
  if (open.length === 0) return null;
  const { changes, ownSteps } = chooseChanges(open, labels);
  return {
    needs: open.flatMap((item) => {
      const { name, verdict, layer } = item;
      return verdict === "allowed" ? [] : [{ name, verdict, layer, reasons: reasonsOf(item) }];
    }),
    changes,
    ownSteps,
    needsNewLogin: changes.some(({ kind }) => kind === "add-scope" || kind === "log-in-again"),
    correlationIds: [...new Set(open.flatMap(({ evidence }) => evidence.flatMap(correlationIdOf)))],
  };
}

/**
 * Selects the evidence that an administrator needs. Leaves out near misses and layers that pass, and includes
 * unreadable facts only when they decide the verdict.
 */
function reasonsOf({ verdict, layer, evidence }: RequestItem): readonly string[] {
  const isReason = ({ kind }: Evidence) => {
    switch (kind) {
      case "near-miss":
      case "call":
        return false;
      case "unreadable":
        return verdict !== "denied";
      case "scope":
        return layer === "scope";
      default:
        return true;
    }
  };
  return [...new Set(evidence.filter(isReason).map(({ summary }) => summary))];
}

function correlationIdOf(evidence: Evidence): readonly string[] {
  const id = evidence["correlationId"];
  return typeof id === "string" && id !== "" ? [id] : [];
}
