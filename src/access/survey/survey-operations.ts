import type { Operation } from "../../catalogue/facts/operation.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import { decideOperation } from "../decide/decide.ts";
import { openLayerCache } from "../decide/layer-cache.ts";
import type { Layer, VerdictName } from "../verdict/verdict.ts";

/** An operation with its verdict, without evidence. */
export interface SurveyedOperation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly verdict: VerdictName;
  readonly layer: Layer;
}

/** The operations of one API area, such as `routing`. */
export interface SurveyedArea {
  /** The path segment after the version. */
  readonly area: string;
  readonly counts: Readonly<Record<VerdictName, number>>;
  readonly operations: readonly SurveyedOperation[];
}

/** Returns the area of an operation, which is the path segment after the version. */
export function areaOf({ path }: Pick<Operation, "path">): string {
  return /^\/api\/v\d+\/([^/]+)/.exec(path)?.[1] ?? path;
}

/**
 * Diagnoses operations and groups them by area, in alphabetical order.
 * @param divisionId id of the objects' division; null when it is unknown
 */
export function surveyOperations(
  principal: Principal,
  operations: Iterable<Operation>,
  divisionId: string | null,
): readonly SurveyedArea[] {
  const layers = openLayerCache(principal);
  const areas = new Map<string, SurveyedOperation[]>();
  for (const operation of operations) {
    const { method, path, operationId } = operation;
    const { verdict, layer } = decideOperation(principal, operation, { divisionId }, layers);
    const area = areaOf(operation);
    const known = areas.get(area) ?? [];
    areas.set(area, known);
    known.push({ method, path, operationId, verdict, layer });
  }
  return [...areas]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([area, surveyed]) => ({ area, counts: countVerdicts(surveyed), operations: surveyed }));
}

/** Returns the number of operations by verdict. */
export function countVerdicts(
  operations: readonly Pick<SurveyedOperation, "verdict">[],
): Readonly<Record<VerdictName, number>> {
  const counts = { allowed: 0, denied: 0, conditional: 0, unknown: 0 };
  for (const { verdict } of operations) counts[verdict] += 1;
  return counts;
}
