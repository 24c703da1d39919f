import { confirmDecision } from "../../access/confirm.ts";
import { decideOperation } from "../../access/decide/decide.ts";
import { remediesFor } from "../../access/remedy/remedies.ts";
import { openRoleBook } from "../../access/remedy/role-pool.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { Operation } from "../../catalogue/operation.ts";
import { AppError } from "../../core/errors.ts";
import { presentBeside, presentError } from "../../output/present.ts";
import { withProgress } from "../../output/progress.ts";
import type { Api } from "../../platform/api.ts";
import type { ApiError } from "../../platform/api-error.ts";
import { DIAGNOSIS_FACTS, readPrincipal } from "../../platform/identity.ts";
import type { Context, GlobalOptions } from "../context.ts";
import { type CheckScopesResult, documentOf, summarizePrincipal } from "./check-scopes-result.ts";
import { describeRequirement } from "./check-scopes-subject.ts";
import { viewCheckScopes } from "./check-scopes-view.ts";

/**
 * Why the service refused a call: what the operation requires against what the token holds, held to the refusal itself. The same
 * document as that of `check-scopes`. Null where the token can't be read either: then the refusal has to speak for itself.
 * @throws InterruptedError
 */
async function diagnoseRefusal(
  api: Api,
  catalogue: Catalogue,
  operation: Operation,
  refusal: ApiError,
): Promise<CheckScopesResult | null> {
  try {
    const principal = await readPrincipal(api, DIAGNOSIS_FACTS);
    const { method, path, status, apiCode, correlationId } = refusal;
    const call = { method, path, status, code: apiCode, correlationId };
    const decision = confirmDecision(decideOperation(principal, operation, null), call);
    const { verdict, layer, missing, evidence } = decision;
    const remedies = remediesFor(principal, decision, {
      operation,
      mode: operation.permissionMode,
      permissions: operation.permissions,
      divisionId: null,
      isLivePossible: false,
      roles: openRoleBook(principal),
    });
    const subject = {
      kind: "operation" as const,
      operation,
      name: `${method} ${path}`,
      caution: null,
      division: null,
      location: null,
      service: null,
    };
    const item = {
      ...describeRequirement(catalogue, subject),
      verdict,
      layer,
      missing,
      evidence,
      remedies,
      live: { status, code: apiCode },
    };
    return documentOf(summarizePrincipal(principal, api.region.id ?? api.region.apiUrl), [item], null);
  } catch (error) {
    if (!(error instanceof AppError) || error.exit === "interrupted") throw error;
    return null;
  }
}

/** The refusal itself, and below it what `check-scopes` makes of it; on stderr, because it is no data. */
export async function presentRefusal(
  { io }: Pick<Context, "io">,
  options: GlobalOptions,
  error: ApiError,
  { api, catalogue, operation }: { api: Api; catalogue: Catalogue; operation: Operation },
): Promise<void> {
  const diagnosis = await withProgress(io, options, "finding out why", async () =>
    diagnoseRefusal(api, catalogue, operation, error),
  );
  await presentError(io, options, error);
  if (diagnosis !== null) await presentBeside(io, options, diagnosis, viewCheckScopes);
}
