import type { ExitName } from "../../core/exit-codes.ts";
import type { Excess } from "../least/excess.ts";
import type { Verdict } from "./verdict.ts";

/** Which verdicts make a check fail: `unknown` (the default) is the strictest. */
export type FailOn = "denied" | "unknown" | "never";

/**
 * How a check ends, as the names that `exitCodeOf` weighs. A token that is refused as such is a matter of
 * authentication, whatever `--fail-on` says of verdicts.
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

/** The same for what a token holds beyond the need: too much fails like a refusal, not knowing like a doubt. */
export function exitNamesOfExcess(
  excess: Pick<Excess, "verdict"> | null,
  failOn: FailOn,
): readonly ExitName[] {
  if (excess === null || excess.verdict === "none" || failOn === "never") return [];
  if (excess.verdict === "excess") return ["denied"];
  return failOn === "unknown" ? ["unknown"] : [];
}

/**
 * The same for scanned source code: a call that does not exist, or one that can't be told apart from others,
 * leaves open whether the code may do what it does.
 */
export function exitNamesOfFindings(
  findings: readonly { readonly isMistake: boolean; readonly isOpen: boolean }[],
  failOn: FailOn,
): readonly ExitName[] {
  const isOpen = findings.some((finding) => finding.isMistake || finding.isOpen);
  return isOpen && failOn === "unknown" ? ["unknown"] : [];
}
