import type { View } from "../../../../output/blocks.ts";
import type { CheckScopesResult } from "../result.ts";
import { viewCheckScopes, viewWholeChecks } from "./view.ts";

/**
 * Chooses the view: the whole tree of every check, the short form for several checks, or a comparison. Loads only the
 * chosen view.
 */
export async function viewFor(result: CheckScopesResult, isWhole: boolean): Promise<View<CheckScopesResult>> {
  const { comparison, emitted, request } = result;
  if (comparison !== null && emitted === null && request === null) {
    const { viewComparison } = await import("./comparison-view.ts");
    // Uses the comparison that `present` passes, because its names are printable.
    return (shown, style) => (shown.comparison === null ? [] : viewComparison(shown.comparison, style));
  }
  const isOne = result.results.length < 2;
  const checks = isWhole ? viewWholeChecks : isOne ? viewCheckScopes : await loadShortView();
  const isReplaced = emitted !== null || request !== null;
  const view = result.history === null || isReplaced ? checks : await followedByHistory(checks);
  if (result.excess === null || isReplaced) return view;
  const { viewExcess } = await import("./excess-view.ts");
  return (shown, style) => [
    ...view(shown, style),
    ...(shown.excess === null ? [] : [{ kind: "tree" as const, nodes: [viewExcess(shown.excess, style)] }]),
  ];
}

async function followedByHistory(view: View<CheckScopesResult>): Promise<View<CheckScopesResult>> {
  const { viewHistory } = await import("../history/view.ts");
  return (shown, style) => [
    ...view(shown, style),
    ...(shown.history === null ? [] : viewHistory(shown.history, style)),
  ];
}

async function loadShortView(): Promise<View<CheckScopesResult>> {
  const { viewSeveralChecks } = await import("./several-checks.ts");
  return viewSeveralChecks;
}
