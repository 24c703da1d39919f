import type { UsedOperation } from "../../../access/record/count-calls.ts";
import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import { plural } from "../../../core/text.ts";
import type { CheckScopesResult } from "../check-scopes/result.ts";

/**
 * Returns notes on recorded responses that the verdicts alone would hide: a refusal of a call that the token in
 * use may make, and calls without a valid token.
 * @param results the verdicts, in the order of the operations; empty when nothing was checked
 */
export function noteContradictions(
  operations: readonly UsedOperation[],
  results: CheckScopesResult["results"],
): readonly string[] {
  const refused = operations.filter(
    (used, index) => callsWith(used, 403) > 0 && results[index]?.verdict === "allowed",
  );
  const unauthorized = operations.reduce((sum, used) => sum + callsWith(used, 401), 0);
  return [
    ...refused.map(
      ({ operation }) =>
        `\`${nameOf(operation)}\` returned 403 in the recording, but this token is allowed to call it: the recording used another token, or access has changed since`,
    ),
    ...(unauthorized === 0
      ? []
      : [
          `${plural(unauthorized, "call")} returned 401: sent without a token, or with an expired or revoked one`,
        ]),
  ];
}

function callsWith({ statuses }: UsedOperation, status: number): number {
  return statuses.find((count) => count.status === status)?.calls ?? 0;
}
