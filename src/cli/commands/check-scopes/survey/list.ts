import { areaOf, countVerdicts, surveyOperations } from "../../../../access/survey/survey-operations.ts";
import type { Catalogue } from "../../../../catalogue/facts/catalogue.ts";
import { nearestNames } from "../../../../core/closest.ts";
import { UsageError } from "../../../../core/errors.ts";
import type { Principal } from "../../../../platform/reading/principal.ts";
import { readJudged } from "../identity/read-judged.ts";
import { divisionOf } from "../judge.ts";
import type { CheckConnection } from "../request.ts";
import { type CheckScopesResult, documentOf } from "../result.ts";
import { summarizePrincipal } from "../summarize-principal.ts";
import type { SurveyRequest } from "./request.ts";
import type { UnreadFact } from "./result.ts";

/**
 * Evaluates every operation in the catalog, or those of one area, for the token in use or another identity.
 * @throws UsageError `usage.unknown_operation` for an area without operations
 */
export async function listOperations(
  { api, session }: CheckConnection,
  catalogue: Catalogue,
  { area, identity, division }: Extract<SurveyRequest, { kind: "list" }>,
): Promise<CheckScopesResult> {
  const operations = [...catalogue.operations()];
  const chosen = area === null ? null : chooseArea(new Set(operations.map(areaOf)), area);
  const principal = await readJudged(identity, { api, session, permissions: [] });
  const areas = surveyOperations(
    principal,
    operations.filter((operation) => chosen === null || areaOf(operation) === chosen),
    divisionOf(principal, division).id,
  );
  const totals = countVerdicts(areas.flatMap((each) => each.operations));
  return {
    ...documentOf(summarizePrincipal(principal, api.region.id ?? api.region.apiUrl), [], null),
    list: { area: chosen, totals, areas, unreadable: unreadIn(principal) },
  };
}

/** Lists the facts that weaken verdicts. The organization's roles only matter for fixes. */
function unreadIn({ unreadable, tokenDoubts = [] }: Principal): readonly UnreadFact[] {
  return [
    ...unreadable
      .filter(({ what }) => what !== "roles")
      .map(({ what, reason, permissions, scopes }) => ({ what, reason, permissions, scopes })),
    ...tokenDoubts.map(({ layer, reason, permissions, scopes }) => ({
      what: layer === "token" ? "the token" : "its scopes",
      reason,
      permissions,
      scopes,
    })),
  ];
}

/** @throws UsageError `usage.unknown_operation` */
function chooseArea(areas: ReadonlySet<string>, text: string): string {
  const wanted = text.toLowerCase().replace(/^\/?api\/v2\/|\/$/g, "");
  if (areas.has(wanted)) return wanted;
  const near = nearestNames(wanted, [...areas]);
  throw new UsageError("usage.unknown_operation", `the catalog has no area \`${text}\``, {
    hint:
      near.length === 0
        ? "list the areas: genscope check-scopes --list"
        : `did you mean ${near.map((name) => `\`${name}\``).join(" or ")}?`,
  });
}
