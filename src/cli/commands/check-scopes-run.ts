import { confirmDecision } from "../../access/confirm.ts";
import {
  type Decision,
  decideOperation,
  decidePermission,
  requirementEvidence,
} from "../../access/decide.ts";
import { chooseDivision } from "../../access/division-choice.ts";
import { NOTHING_MISSING } from "../../access/layer-result.ts";
import type { Question } from "../../access/question.ts";
import { remediesFor } from "../../access/remedy.ts";
import type { VerdictName } from "../../access/verdict.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { loadCatalogue } from "../../catalogue/load-catalogue.ts";
import { requireOperation, requirePermission } from "../../catalogue/lookup.ts";
import type { Operation } from "../../catalogue/operation.ts";
import type { Clock } from "../../core/clock.ts";
import type { Api } from "../../platform/api.ts";
import { DIAGNOSIS_FACTS, readPrincipal } from "../../platform/identity.ts";
import { callHarmlessly, harmlessCall } from "../../platform/live-call.ts";
import type { Principal } from "../../platform/principal.ts";
import type { Connection } from "../context.ts";
import { type CheckedItem, type CheckScopesResult, summarizePrincipal } from "./check-scopes-result.ts";

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

/** One thing to be judged: an operation as it was named, or a bare permission. */
type Subject =
  | { readonly kind: "operation"; readonly operation: Operation; readonly name: string }
  | { readonly kind: "permission"; readonly permission: string };

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
  const notes = catalogue.warning === null ? [] : [catalogue.warning];
  const subjects = resolveSubjects(catalogue, request);
  if (request.isOffline)
    return {
      result: summarize(
        null,
        subjects.map((subject) => describeRequirement(catalogue, subject)),
      ),
      notes,
    };

  const { api } = await dependencies.connect();
  const principal = await readPrincipal(api, DIAGNOSIS_FACTS);
  const divisionId = request.division === null ? null : chooseDivision(principal, request.division);
  const results: CheckedItem[] = [];
  for (const subject of subjects) {
    results.push(
      await judge(subject, {
        catalogue,
        principal,
        divisionId,
        nowMs: dependencies.clock.now(),
        api: request.isLive ? api : null,
      }),
    );
  }
  return {
    result: summarize(summarizePrincipal(principal, api.region.id ?? api.region.apiUrl), results),
    notes,
  };
}

function resolveSubjects(catalogue: Catalogue, request: CheckRequest): readonly Subject[] {
  return [
    ...request.operations.map((name) => ({
      kind: "operation" as const,
      operation: requireOperation(catalogue, name),
      name,
    })),
    ...request.permissions.map((text) => ({
      kind: "permission" as const,
      permission: requirePermission(catalogue, text),
    })),
  ];
}

interface Circumstances {
  readonly catalogue: Catalogue;
  readonly principal: Principal;
  readonly divisionId: string | null;
  readonly nowMs: number;
  /** Null: no live calls. */
  readonly api: Api | null;
}

async function judge(
  subject: Subject,
  { catalogue, principal, divisionId, nowMs, api }: Circumstances,
): Promise<CheckedItem> {
  const predicted =
    subject.kind === "operation"
      ? decideOperation(principal, subject.operation, divisionId)
      : decidePermission(principal, subject.permission, divisionId);
  const request =
    api === null || subject.kind === "permission"
      ? null
      : harmlessCall(subject.operation, subject.name, nowMs);
  const call = api === null || request === null ? null : await callHarmlessly(api, request);
  const decision = call === null ? predicted : confirmDecision(predicted, call);
  return {
    ...describeRequirement(catalogue, subject),
    ...withRemedies(principal, decision, questionOf(subject, divisionId)),
    live: call === null ? null : { status: call.status, code: call.code },
  };
}

function withRemedies(principal: Principal, decision: Decision, question: Question) {
  const { verdict, layer, missing, evidence } = decision;
  return { verdict, layer, missing, evidence, remedies: remediesFor(principal, decision, question) };
}

function questionOf(subject: Subject, divisionId: string | null): Question {
  return subject.kind === "permission"
    ? { operation: null, mode: "ALL", permissions: [subject.permission], divisionId }
    : {
        operation: subject.operation,
        mode: subject.operation.permissionMode,
        permissions: subject.operation.permissions,
        divisionId,
      };
}

/** The item before anything is judged, which is all there is with `--offline`. */
function describeRequirement(catalogue: Catalogue, subject: Subject): CheckedItem {
  const open = {
    verdict: null,
    layer: null,
    missing: NOTHING_MISSING,
    remedies: [],
    location: null,
    live: null,
  };
  if (subject.kind === "permission") {
    return {
      ...open,
      operation: null,
      permission: subject.permission,
      requirement: {
        permissionMode: "ALL",
        permissions: [subject.permission],
        scopes: null,
        source: "--permission",
        date: catalogue.date,
      },
      evidence: [],
    };
  }
  const { method, path, operationId, permissionMode, permissions, scopes, provenance } = subject.operation;
  return {
    ...open,
    operation: { method, path, operationId },
    permission: null,
    requirement: { permissionMode, permissions, scopes, source: provenance.source, date: provenance.date },
    evidence: [requirementEvidence(subject.operation)],
  };
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
