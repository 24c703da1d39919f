import type { ExitName } from "../../core/exit-codes.ts";
import type { Verdict } from "./verdict.ts";

/** The verdicts that make a check fail; `unknown`, the default, is the strictest. */
export type FailOn = "denied" | "unknown" | "never";

/**
 * Returns how a check ends, as names for `exitCodeOf`. A refused token is an authentication failure, regardless of
 * `--fail-on`.
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

/** Returns how a check for excess ends: excess counts as denied, and unknown excess as unknown. */
export function exitNamesOfExcess(
  excess: { readonly verdict: "none" | "excess" | "unknown" } | null,
  failOn: FailOn,
): readonly ExitName[] {
  if (excess === null || excess.verdict === "none" || failOn === "never") return [];
  if (excess.verdict === "excess") return ["denied"];
  return failOn === "unknown" ? ["unknown"] : [];
}

/**
 * Returns how a scan of source code ends: a call that does not exist or is ambiguous counts as unknown, because no
 * verdict covers it.
 */
export function exitNamesOfFindings(
  findings: readonly { readonly isMistake: boolean; readonly isOpen: boolean }[],
  failOn: FailOn,
): readonly ExitName[] {
  const isOpen = findings.some((finding) => finding.isMistake || finding.isOpen);
  return isOpen && failOn === "unknown" ? ["unknown"] : [];
}
