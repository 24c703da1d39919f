import { expect, test } from "vitest";
import { explain } from "../../../src/access/explain/explain.ts";
import { viewExplain } from "../../../src/cli/commands/explain/view.ts";
import { plainStyle } from "../../../src/output/style.ts";
import { knowledge, quickKnowledge } from "./packaged-knowledge.ts";
import { leakedPart, plantSecret } from "./planted-secrets.ts";

const PASTES = 10_000;

test("never prints 12 consecutive characters of a planted secret, in any encoding, as JSON or text", () => {
  const leaks: { seed: number; kind: string; part: string }[] = [];
  let explained = 0;
  for (let seed = 1; seed <= PASTES; seed += 1) {
    const { kind, secret, text } = plantSecret(seed);
    // Only every twentieth paste uses the search for near misses, because it is slow.
    const findings = explain(text, seed % 20 === 0 ? knowledge : quickKnowledge);
    if (findings.length > 0) explained += 1;
    const shown = viewExplain({ schema: "genscope/explain/v1", principal: null, findings }, plainStyle);
    const part = leakedPart(secret, `${JSON.stringify(findings)}\n${JSON.stringify(shown)}`);
    if (part !== null) leaks.push({ seed, kind, part });
  }
  expect(leaks).toEqual([]);
  expect(explained).toBeGreaterThan(PASTES * 0.95);
});
