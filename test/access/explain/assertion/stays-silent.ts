import { expect, test } from "vitest";
import { explainText } from "../packaged-knowledge.ts";

/** Returns the parts of an explanation that conclude something from the text. */
export function conclusionsIn(text: string): string {
  return explainText(text)
    .flatMap(({ layer, summary, claims, remedies }) => [
      `layer ${layer}: ${summary}`,
      ...claims.map((claim) => `${claim.text}: ${claim.truth ?? ""}`),
      ...remedies.map((remedy) => remedy.summary),
    ])
    .join("\n");
}

/** Tests that texts that contain the trigger of a rule do not lead to its conclusion. */
export function staysSilent(topic: string, conclusion: RegExp, texts: readonly string[]): void {
  test(`draws no conclusion about ${topic}`, () => {
    expect(texts.filter((text) => conclusion.test(conclusionsIn(text)))).toEqual([]);
  });
}
