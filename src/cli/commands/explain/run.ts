import { decidingPermissions } from "../../../access/decide/deciding-permissions.ts";
import { openDiagnosis } from "../../../access/diagnose.ts";
import {
  checkAgainstPrincipal,
  isDecidedByToken,
  type Predictions,
} from "../../../access/explain/claims/principal-claims.ts";
import { explain } from "../../../access/explain/explain.ts";
import type { Finding } from "../../../access/explain/finding.ts";
import { createKnowledge } from "../../../access/explain/knowledge.ts";
import { remediesOfRefusal } from "../../../access/remedy/token-remedies.ts";
import { describeSubject } from "../../../access/verdict/wording.ts";
import { queriesOfMetric } from "../../../analytics/vocabulary.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { Clock } from "../../../core/clock.ts";
import type { ErrorCode } from "../../../core/error-codes.ts";
import { AppError, AuthError, UsageError } from "../../../core/errors.ts";
import type { ExitName } from "../../../core/exit-codes.ts";
import { oneLine } from "../../../core/text.ts";
import { DIAGNOSIS_FACTS, readPrincipal } from "../../../platform/identity/identity.ts";
import type { Principal } from "../../../platform/reading/principal.ts";
import { REGIONS } from "../../../platform/region/region-list.ts";
import type { Connection } from "../../context.ts";
import { namedSubjects, type SingleSubject } from "../check-scopes/subject.ts";
import { summarizePrincipal } from "../check-scopes/summarize-principal.ts";
import { readTopicRequirements, withTopicRequirement } from "../check-scopes/topic.ts";
import type { ExplainResult } from "./result.ts";

interface ExplainDependencies {
  readonly clock: Clock;
  /** Opens the catalog of the host in use. */
  catalogue(): Promise<Catalogue>;
  connect(): Promise<Pick<Connection, "api" | "session">>;
  interruptibly<Result>(work: () => Result): Promise<Result>;
}

/** An explanation, the notes for stderr, and the exit code. */
export interface ExplainOutcome {
  readonly result: ExplainResult;
  readonly notes: readonly string[];
  readonly exitNames: readonly ExitName[];
}

/**
 * Explains a paste, and compares it with the token of this environment when there is one. An unreadable token
 * prevents only that comparison, never the explanation.
 * @throws UsageError `usage.empty_paste`, `usage.nothing_recognised`; any error of the settings
 */
export async function explainPaste(
  dependencies: ExplainDependencies,
  text: string,
  isOffline: boolean,
): Promise<ExplainOutcome> {
  if (text.trim() === "") throw nothingFound("usage.empty_paste", "nothing to explain: the paste is empty");
  const catalogue = await dependencies.catalogue();
  const knowledge = createKnowledge(
    catalogue,
    REGIONS.map(({ domain }) => domain),
    queriesOfMetric,
  );
  const findings = await dependencies.interruptibly(() => explain(text, knowledge));
  if (findings.length === 0) {
    throw nothingFound("usage.nothing_recognised", "no failure of the platform was recognized in the paste");
  }
  const notes = catalogue.warning === null ? [] : [catalogue.warning];
  const alone: ExplainOutcome = {
    result: { schema: "genscope/explain/v1", principal: null, findings },
    notes,
    exitNames: [],
  };
  return isOffline || !findings.some(isDecidedByToken)
    ? alone
    : await withToken(dependencies, catalogue, alone);
}

async function withToken(
  { clock, connect }: ExplainDependencies,
  catalogue: Catalogue,
  alone: ExplainOutcome,
): Promise<ExplainOutcome> {
  try {
    const { api, session } = await connect();
    const names = alone.result.findings.flatMap(({ topics }) => topics);
    const topics = namedSubjects(catalogue, { operations: [...new Set(names)], permissions: [] });
    const reading = await readTopicRequirements(api, topics);
    const ofTopics = reading?.isRead ? reading.value.flatMap(({ permissions }) => permissions ?? []) : [];
    const principal = await readPrincipal(api, DIAGNOSIS_FACTS, {
      permissions: [...permissionsOf(alone.result.findings, catalogue), ...ofTopics],
      login: session.describe(),
    });
    const today = new Date(clock.now()).toISOString().slice(0, 10);
    const settled = topics.flatMap((topic) =>
      topic.kind === "alternatives" ? [] : [withTopicRequirement(topic, reading, principal, today)],
    );
    const predictions = predictFor(principal, catalogue, settled, new URL(api.region.apiUrl).host);
    const findings = alone.result.findings.map((finding) => checkAgainstPrincipal(finding, predictions));
    return {
      ...alone,
      result: {
        ...alone.result,
        principal: summarizePrincipal(principal, api.region.id ?? api.region.apiUrl),
        findings,
      },
      exitNames: [
        ...(principal.refusal === null ? [] : (["auth"] as const)),
        ...(findings.some(isForbidden) ? (["denied"] as const) : []),
      ],
    };
  } catch (error) {
    if (!(error instanceof AppError) || error instanceof UsageError) throw error;
    if (error instanceof AuthError && error.code === "auth.not_logged_in") return alone;
    return {
      ...alone,
      notes: [...alone.notes, `explained without the token: ${oneLine(error.message)}`],
      exitNames: [error.exit],
    };
  }
}

/** Lists the permissions of the operations in the findings. */
function permissionsOf(findings: readonly Finding[], catalogue: Catalogue): readonly string[] {
  return findings.flatMap(({ operation }) => {
    const found = operation === null ? null : catalogue.find(operation.method, operation.path);
    return found === null ? [] : decidingPermissions(found);
  });
}

function isForbidden({ status }: Finding): boolean {
  return status === 403;
}

function predictFor(
  principal: Principal,
  catalogue: Catalogue,
  topics: readonly SingleSubject[],
  host: string,
): Predictions {
  const diagnose = openDiagnosis(principal);
  return {
    holder: describeSubject(principal),
    address: { host, domains: REGIONS.map(({ domain }) => domain) },
    refused: remediesOfRefusal(principal),
    operation: ({ method, path }, divisionId) => {
      const operation = catalogue.find(method, path);
      return operation === null
        ? null
        : diagnose({ kind: "operation", operation }, { divisionId, name: path });
    },
    topic: (name, divisionId) => {
      const topic = topics.find((each) => each.name === name);
      return topic === undefined ? null : diagnose(topic, { divisionId, name });
    },
    permissions: (mode, permissions, divisionId) =>
      diagnose({ kind: "permissions", mode, permissions }, { divisionId }),
  };
}

function nothingFound(code: ErrorCode, message: string): UsageError {
  return new UsageError(code, message, {
    hint: "paste a JSON error body, `curl -v` output, a HAR, a log line or an exception with its message, or pass its file: genscope explain FILE",
  });
}
