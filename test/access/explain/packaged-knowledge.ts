import { explain } from "../../../src/access/explain/explain.ts";
import type { Finding } from "../../../src/access/explain/finding.ts";
import { createKnowledge, type ExplainKnowledge } from "../../../src/access/explain/knowledge.ts";
import { queriesOfMetric } from "../../../src/analytics/vocabulary.ts";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { REGIONS } from "../../../src/platform/region/region-list.ts";

/** The packaged catalog with the domains of all regions, as in the command. */
export const knowledge = createKnowledge(
  loadCatalogue(),
  REGIONS.map(({ domain }) => domain),
  queriesOfMetric,
);

/** The same catalog without the slow search for near misses, so that tests can use thousands of texts. */
export const quickKnowledge: ExplainKnowledge = {
  ...knowledge,
  findOperation: () => ({ kind: "unknown", closest: [], correction: null, isCertain: false, removed: null }),
  findNamed: () => null,
  classifyName: () => ({
    kind: "invented",
    correction: "not known",
    closestPermissions: [],
    closestScopes: [],
    isCertain: false,
  }),
  isNameKnown: () => false,
};

export function explainText(text: string): readonly Finding[] {
  return explain(text, knowledge);
}

/** Formats a finding as `layer status code operation | permissions | scopes | divisions` for table rows. */
export function brief({ layer, status, code, operation, missing }: Finding): string {
  const names = (list: readonly string[]) => (list.length === 0 ? "-" : list.join(","));
  return [
    `${layer} ${status ?? "-"} ${code ?? "-"} ${operation?.operationId ?? "-"}`,
    names(missing.permissions),
    names(missing.scopes),
    names(missing.divisions),
  ].join(" | ");
}

/** Returns the verdict and text of each claim for table rows. */
export function claimsOf(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ claims }) => claims.map(({ verdict, text }) => `${verdict}: ${text}`));
}
