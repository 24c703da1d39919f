import type { Evidence } from "../../../../access/verdict/verdict.ts";
import type { Block } from "../../../../output/blocks.ts";
import type { Style } from "../../../../output/style.ts";

/** Renders the source and date of requirements, shown once above the checks; empty when there is no source. */
export function viewSource(source: string | null, style: Style): readonly Block[] {
  return source === null ? [] : [{ kind: "text", text: style.faint(`requirements from ${source}`) }];
}

/** Returns evidence without the source that is shown above the checks. */
export function withoutSource(evidence: Evidence, source: string | null): Evidence {
  const end = ` (${source})`;
  const { kind, summary } = evidence;
  return kind === "requirement" && summary.endsWith(end)
    ? { ...evidence, summary: summary.slice(0, -end.length) }
    : evidence;
}
