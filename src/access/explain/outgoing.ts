import type { Finding } from "./finding.ts";
import type { ExplainKnowledge } from "./knowledge.ts";
import { keepKnown } from "./known-text.ts";

/**
 * Returns the findings with all unknown text withheld. Every finding leaves `explain` through this function, so
 * no field can repeat a secret of the paste.
 */
export function releaseFindings(
  findings: readonly Finding[],
  { isKnownWord }: Pick<ExplainKnowledge, "isKnownWord">,
): readonly Finding[] {
  const released = new Map<string, string>();
  const release = (text: string): string => {
    const known = released.get(text) ?? keepKnown(text, isKnownWord);
    released.set(text, known);
    return known;
  };
  return findings.map((finding) => mapTexts(finding, release));
}

function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
  if (typeof value === "string") return change(value) as Value;
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, change)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [key, mapTexts(item, change)]),
  ) as Value;
}
