import { openDiagnosis } from "../../../access/diagnose.ts";
import { groupRemedies } from "../../../access/remedy/group-remedies.ts";
import type { Remedy } from "../../../access/verdict/verdict.ts";
import { describeSubject } from "../../../access/verdict/wording.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { Clock } from "../../../core/clock.ts";
import { DIAGNOSIS_FACTS, readPrincipal } from "../../../platform/identity/identity.ts";
import type { Connection } from "../../context.ts";
import { type JudgedItem, judgeSubject } from "./judge.ts";
import { type CheckScopesResult, documentOf, nameOfItem } from "./result.ts";
import { namedSubjects, permissionsOf } from "./subject.ts";
import { summarizePrincipal } from "./summarize-principal.ts";

/** The document of `check-scopes` for checks that all have a verdict. */
export type JudgedResult = CheckScopesResult & { readonly results: readonly JudgedItem[] };

/** Returns whether a fix consists of a flag that only `check-scopes` has. */
function isOnlyOfCheckScopes({ kind, summary }: Remedy): boolean {
  return kind === "check-live" && summary.includes("`--live`");
}

/**
 * Predicts for another command whether the token may call these operations.
 * @param submissionPaths paths to which the same token submits jobs before it reads them below the same path
 * @throws UsageError for a name that the catalog does not contain; any error of reading the token
 */
export async function checkOperations(
  { api, session }: Pick<Connection, "api" | "session">,
  names: readonly string[],
  {
    catalogue,
    clock,
    submissionPaths = [],
  }: {
    readonly catalogue: Catalogue;
    readonly clock: Clock;
    readonly submissionPaths?: readonly string[];
  },
): Promise<JudgedResult> {
  const subjects = namedSubjects(catalogue, { operations: names, permissions: [] });
  const principal = await readPrincipal(api, DIAGNOSIS_FACTS, {
    permissions: permissionsOf(subjects),
    login: session.describe(),
  });
  const diagnose = openDiagnosis(principal);
  const options = {
    catalogue,
    principal,
    diagnose,
    division: null,
    topics: null,
    liveApi: null,
    submissionPaths,
  };
  const items: JudgedItem[] = [];
  for (const subject of subjects) {
    const item = await judgeSubject(subject, { ...options, nowMs: clock.now() });
    items.push({ ...item, remedies: item.remedies.filter((remedy) => !isOnlyOfCheckScopes(remedy)) });
  }
  const remedies = items.map((item) => ({
    name: nameOfItem(item),
    mode: item.requirement.permissionMode,
    remedies: item.remedies,
  }));
  return {
    ...documentOf(summarizePrincipal(principal, api.region.id ?? api.region.apiUrl), items, null),
    results: items,
    sharedRemedies: groupRemedies(remedies, describeSubject(principal)),
  };
}
