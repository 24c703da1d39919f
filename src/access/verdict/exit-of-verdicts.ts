import type { ExitName } from "../../core/exit-codes.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Which verdicts make a check fail. `denied`: only denied ones. `unknown`, the default: all except allowed.
 * `never`: no verdict.
 */
export type FailOn = "denied" | "unknown" | "never";

/**
 * Returns the outcomes of a check by name, for `exitCodeOf`. A refused token counts as an authentication
 * failure, regardless of `--fail-on`.
 */
export function exitNamesOf(
  verdicts: readonly Pick<Verdict, "verdict" | "layer">[],
  failOn: FailOn,
): readonly ExitName[] {
  return verdicts.flatMap(({ verdict, layer }): readonly ExitName[] => {
    if (verdict === "denied" && (layer === "token" || layer === "ip")) return ["auth"];
    if (verdict === "denied") return failOn === "never" ? [] : ["denied"];
    if (verdict === "allowed") return [];
    return failOn === "unknown" ? ["unknown"] : [];
  });
}

/**
 * Returns the outcomes of a check for excess permissions. Excess counts as denied, and unknown excess as
 * unknown.
 */
export function exitNamesOfExcess(
  excess: { readonly verdict: "none" | "excess" | "unknown" } | null,
  failOn: FailOn,
): readonly ExitName[] {
  if (excess === null || excess.verdict === "none" || failOn === "never") return [];
  if (excess.verdict === "excess") return ["denied"];
  return failOn === "unknown" ? ["unknown"] : [];
}

/**
 * Returns the outcomes of a source code scan. A call that does not exist or is ambiguous counts as unknown,
 * because it has no verdict.
 */
export function exitNamesOfFindings(
  findings: readonly { readonly isMistake: boolean; readonly isOpen: boolean }[],
  failOn: FailOn,
): readonly ExitName[] {
  const isOpen = findings.some((finding) => finding.isMistake || finding.isOpen);
  return isOpen && failOn === "unknown" ? ["unknown"] : [];
}
