import { decidingPermissions } from "../../../access/decide/deciding-permissions.ts";
import { openDiagnosis } from "../../../access/diagnose.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { Operation } from "../../../catalogue/facts/operation.ts";
import { AppError } from "../../../core/errors.ts";
import { presentError } from "../../../output/present.ts";
import { presentBeside } from "../../../output/present-beside.ts";
import { withProgress } from "../../../output/progress/progress.ts";
import type { Api } from "../../../platform/api/api.ts";
import type { ApiError } from "../../../platform/api/api-error.ts";
import { DIAGNOSIS_FACTS, readPrincipal } from "../../../platform/identity/identity.ts";
import type { Context, GlobalOptions } from "../../context.ts";
import { type CheckScopesResult, documentOf } from "./result.ts";
import { describeRequirement } from "./subject.ts";
import { summarizePrincipal } from "./summarize-principal.ts";
import { viewCheckScopes } from "./views/view.ts";

/**
 * Diagnoses why the service refused a call, and returns the same document as `check-scopes`. Null when even the token
 * cannot be read.
 * @throws InterruptedError
 */
export async function diagnoseRefusal(
  context: Pick<Context, "io" | "clock">,
  options: GlobalOptions,
  refusal: ApiError,
  { api, catalogue, operation }: { api: Api; catalogue: Catalogue; operation: Operation },
): Promise<CheckScopesResult | null> {
  return await withProgress(
    context,
    options,
    "diagnosing the refusal",
    async () => await diagnose(api, catalogue, operation, refusal),
  );
}

async function diagnose(
  api: Api,
  catalogue: Catalogue,
  operation: Operation,
  refusal: ApiError,
): Promise<CheckScopesResult | null> {
  try {
    const principal = await readPrincipal(api, DIAGNOSIS_FACTS, {
      permissions: decidingPermissions(operation),
    });
    const { method, path, status, apiCode, correlationId } = refusal;
    const call = { method, path, status, code: apiCode, correlationId };
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
      ...openDiagnosis(principal)(subject, { call, name: subject.name }),
      live: { status, code: apiCode },
    };
    return documentOf(summarizePrincipal(principal, api.region.id ?? api.region.apiUrl), [item], null);
  } catch (error) {
    if (!(error instanceof AppError) || error.exit === "interrupted") throw error;
    return null;
  }
}

/**
 * Prints the refusal and its diagnosis to stderr, because stdout is for data. With `--json`, the document of the
 * failure on stdout contains the diagnosis.
 */
export async function presentRefusal(
  { io }: Pick<Context, "io">,
  options: GlobalOptions,
  error: ApiError,
  diagnosis: CheckScopesResult | null,
): Promise<void> {
  // The hint only names the command that prints the diagnosis, which follows anyway.
  await presentError(io, diagnosis === null ? options : { ...options, quiet: true }, error, diagnosis);
  if (diagnosis !== null) await presentBeside(io, options, diagnosis, viewCheckScopes);
}
