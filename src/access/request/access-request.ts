import type { Evidence, Layer, VerdictName } from "../verdict/verdict.ts";
import type { RequestItem } from "./request-item.ts";
import { chooseChanges, type RequestedChange } from "./requested-change.ts";

/** What an administrator is asked for, and why. */
export interface AccessRequest {
  readonly needs: readonly RequestedNeed[];
  /** Each change once, with all that it is for. */
  readonly changes: readonly RequestedChange[];
  /** What no administrator has to do: other ways to call, things to wait for. */
  readonly ownSteps: readonly { readonly name: string; readonly summary: string }[];
  /** Whether tokens have to be obtained anew for the changes to count. */
  readonly needsNewLogin: boolean;
  /** Of the refusals that were seen, for the platform's support. */
  readonly correlationIds: readonly string[];
}

export interface RequestedNeed {
  readonly name: string;
  readonly verdict: Exclude<VerdictName, "allowed">;
  readonly layer: Layer;
  readonly reasons: readonly string[];
}

/**
 * What to ask the administrator for, so that every check passes: for each the smallest change of every layer
 * that refuses, changes that several share only once. Null when nothing is wrong.
 * @param labels how the organization's own catalogue, and so its role editor, calls a permission
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
 * What an administrator has to know of it: not what was almost right, not why other layers let it pass, and
 * what could not be read only where that is the reason.
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
