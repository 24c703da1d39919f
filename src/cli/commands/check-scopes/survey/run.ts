import { exitNamesOf, type FailOn } from "../../../../access/verdict/exit-of-verdicts.ts";
import type { Catalogue } from "../../../../catalogue/facts/catalogue.ts";
import type { Clock } from "../../../../core/clock.ts";
import type { ExitName } from "../../../../core/exit-codes.ts";
import type { Io } from "../../../../core/io.ts";
import { withProgress } from "../../../../output/progress/progress.ts";
import type { CheckConnection } from "../request.ts";
import type { CheckScopesResult } from "../result.ts";
import { listOperations } from "./list.ts";
import type { SurveyRequest } from "./request.ts";
import { listCallers } from "./who.ts";

export interface SurveyDependencies {
  readonly io: Io;
  readonly clock: Clock;
  readonly quiet: boolean | undefined;
  catalogue(): Promise<Catalogue>;
  connect(): Promise<CheckConnection>;
}

/** Returns the result of `--who` or `--list`. @throws UsageError for an unknown name; any error of connecting */
export async function runSurvey(
  dependencies: SurveyDependencies,
  request: SurveyRequest,
): Promise<CheckScopesResult> {
  const catalogue = await dependencies.catalogue();
  const connection = await dependencies.connect();
  const text = request.kind === "who" ? "reading OAuth clients and roles" : "reading roles and grants";
  return await withProgress(dependencies, dependencies, text, async () =>
    request.kind === "who"
      ? await listCallers(connection, catalogue, request)
      : await listOperations(connection, catalogue, request),
  );
}

/**
 * Returns the names of a survey's exit codes. The survey exits with 0 unless something could not be read or the token
 * is refused.
 */
export function exitNamesOfSurvey(
  { who, list }: Pick<CheckScopesResult, "who" | "list">,
  failOn: FailOn,
): readonly ExitName[] {
  const unreadable = who?.unreadable ?? list?.unreadable ?? [];
  const refused = exitNamesOf(list?.areas.flatMap((area) => area.operations) ?? [], "never");
  return unreadable.length > 0 && failOn === "unknown" ? [...refused, "unknown"] : refused;
}
