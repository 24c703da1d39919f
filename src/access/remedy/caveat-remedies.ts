import type { Caveat } from "../../catalogue/facts/caveat.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import { holdingOf } from "../verdict/holding-of.ts";
import type { LayerResult } from "../verdict/layer-result.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { contextRemedies } from "./context-remedies.ts";
import { checkLive } from "./live-remedies.ts";
import { permissionRemedies } from "./permission-remedies.ts";
import type { RemedyQuestion } from "./question.ts";

/** Returns ways to settle the doubt that a caveat raises: name a value, make a real call, or add a permission. */
export function caveatRemedies(
  principal: Principal,
  objection: LayerResult & { readonly caveat: Caveat },
  question: RemedyQuestion,
): readonly Remedy[] {
  const { caveat, afterSuccess, settledBy = [] } = objection;
  const live = afterSuccess === "settled" ? checkLive(question) : [];
  if (caveat.kind === "current-user") return [...live, ...contextRemedies(question)];
  const settling = [...nameValue(objection, question), ...live];
  if (settledBy.length === 0) return settling;
  const divisionId = caveat.kind === "all-divisions" ? null : question.divisionId;
  const states = settledBy.map((permission) => ({
    permission,
    state: holdingOf(principal, permission, divisionId).state,
  }));
  const isElsewhere = states.some(({ state }) => state === "some-divisions" || state === "other-divisions");
  const missing = {
    permissions: states.filter(({ state }) => state === "absent").map(({ permission }) => permission),
    scopes: [],
    divisions: [],
  };
  const changes = permissionRemedies(
    principal,
    { ...objection, layer: isElsewhere ? "division" : "permission", missing },
    { ...question, mode: "ALL", permissions: settledBy, divisionId },
  );
  return [...settling, ...changes];
}

/** Suggests repeating the check with the value that determines the required permission. */
function nameValue({ caveat, evidence }: LayerResult, { operation }: RemedyQuestion): readonly Remedy[] {
  const open = evidence.map((each) => each["open"]).find((name) => typeof name === "string");
  const [example] = caveat?.cases.flatMap(({ when }) => ("in" in when ? [when.value] : [])) ?? [];
  if (open === undefined || operation === null) return [];
  const path = operation.path.replace(`{${open}}`, example ?? `{${open}}`);
  return [
    {
      kind: "use-operation",
      summary: `check the call with its real \`${open}\`, because the required permission depends on that value`,
      command: `genscope check-scopes "${operation.method} ${path}"`,
    },
  ];
}
