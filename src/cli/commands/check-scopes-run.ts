import type { VerdictName } from "../../access/verdict.ts";
import { loadCatalogue } from "../../catalogue/load-catalogue.ts";
import type { Clock } from "../../core/clock.ts";
import type { Connection } from "../context.ts";
import type { CheckedItem, CheckScopesResult } from "./check-scopes-result.ts";
import { describeRequirement, resolveSubjects } from "./check-scopes-subject.ts";

/** What to check, validated. */
export interface CheckRequest {
  /** Names in any of the ways the catalogue knows. */
  readonly operations: readonly string[];
  readonly permissions: readonly string[];
  /** Name or id. */
  readonly division: string | null;
  readonly isLive: boolean;
  readonly isOffline: boolean;
}

interface CheckDependencies {
  cacheDirectory(): Promise<string>;
  readonly clock: Clock;
  connect(): Promise<Pick<Connection, "api">>;
}

/**
 * The walk of one diagnosis: names to requirements, token to principal, both to verdicts and remedies.
 * All names are resolved before anything is sent, and what the token holds is read once for all of them.
 * @throws UsageError for an unknown operation, permission or division; whatever connecting throws
 */
export async function checkScopes(
  dependencies: CheckDependencies,
  request: CheckRequest,
): Promise<{ readonly result: CheckScopesResult; readonly notes: readonly string[] }> {
  const catalogue = loadCatalogue({ cacheDirectory: await dependencies.cacheDirectory() });
  const subjects = resolveSubjects(catalogue, request);
  const cautions = subjects.flatMap((subject) =>
    subject.kind === "operation" ? (subject.caution ?? []) : [],
  );
  const notes = [...(catalogue.warning === null ? [] : [catalogue.warning]), ...cautions];
  if (request.isOffline) {
    return {
      result: summarize(
        null,
        subjects.map((subject) => describeRequirement(catalogue, subject)),
      ),
      notes,
    };
  }
  const { api } = await dependencies.connect();
  // Loaded late: `--offline` starts as fast as help does.
  const { judgeSubjects } = await import("./check-scopes-judge.ts");
  const { division, isLive } = request;
  const { principal, results } = await judgeSubjects(subjects, {
    catalogue,
    api,
    division,
    isLive,
    nowMs: dependencies.clock.now(),
  });
  return { result: summarize(principal, results), notes };
}

function summarize(
  principal: CheckScopesResult["principal"],
  results: readonly CheckedItem[],
): CheckScopesResult {
  const count = (verdict: VerdictName) => results.filter((item) => item.verdict === verdict).length;
  return {
    schema: "genscope/check-scopes/v1",
    principal,
    summary: {
      allowed: count("allowed"),
      denied: count("denied"),
      conditional: count("conditional"),
      unknown: count("unknown"),
    },
    results,
  };
}
