import type { Block } from "../../../output/blocks.ts";
import type { Style } from "../../../output/style.ts";
import type { Check, CheckStatus } from "../../doctor/check.ts";
import type { DoctorResult } from "./result.ts";

/** Renders one line per check, with the fix if there is one, then the number of checks per status. */
export function viewDoctor({ checks, summary, bundle }: DoctorResult, style: Style): readonly Block[] {
  const counts = [
    `${summary.ok} ok`,
    `${summary.warning} warning${summary.warning === 1 ? "" : "s"}`,
    `${summary.failed} failed`,
    `${summary.skipped} skipped`,
  ];
  return [
    { kind: "fields", rows: checks.map((check) => [check.name, viewCheck(check, style)]) },
    { kind: "text", text: counts.join(", ") },
    ...(bundle === null
      ? []
      : [{ kind: "text", text: `support bundle: ${bundle} (review it before you send it)` } as const]),
  ];
}

function viewCheck({ status, summary, hint }: Check, style: Style): string {
  const colors: Readonly<Record<CheckStatus, (text: string) => string>> = {
    ok: style.good,
    warning: style.doubt,
    failed: style.bad,
    skipped: style.faint,
  };
  const line = `${colors[status](`${status}:`)} ${summary}`;
  return hint === null ? line : `${line}\n${style.hint("hint:")} ${hint}`;
}
