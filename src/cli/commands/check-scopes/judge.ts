import { chooseDivision, type DivisionChoice } from "../../../access/decide/division-choice.ts";
import type { Diagnose } from "../../../access/diagnose.ts";
import type { Evidence, VerdictName } from "../../../access/verdict/verdict.ts";
import { isOther } from "../../../access/verdict/wording.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import { impactOf } from "../../../catalogue/facts/read-only.ts";
import type { Api } from "../../../platform/api/api.ts";
import { callHarmlessly, harmlessCall } from "../../../platform/reading/live-call.ts";
import type { Principal } from "../../../platform/reading/principal.ts";
import type { CheckedItem } from "./result.ts";
import { type CheckSubject, describeRequirement, type SingleSubject } from "./subject.ts";
import { countsDivision, type TopicReading, withTopicRequirement } from "./topic.ts";

/** Everything that a verdict depends on in addition to its subject. */
export interface JudgeOptions {
  readonly catalogue: Catalogue;
  readonly principal: Principal;
  /** The diagnosis function for this principal. All subjects share it, because it caches results. */
  readonly diagnose: Diagnose;
  /** Name or id of the objects' division; null when not known. A subject's own division takes precedence. */
  readonly division: string | null;
  /** The topics that the organization offers; null when no subject is a topic. */
  readonly topics: TopicReading;
  /** The API for confirming a verdict with the service; null to only predict. */
  readonly liveApi: Api | null;
  readonly nowMs: number;
  /** Paths to which the caller submits jobs before it reads them below the same path; empty by default. */
  readonly submissionPaths?: readonly string[];
}

/** A checked item with a verdict. */
export type JudgedItem = CheckedItem & {
  readonly verdict: VerdictName;
  readonly layer: NonNullable<CheckedItem["layer"]>;
};

const BEST_FIRST: readonly VerdictName[] = ["allowed", "conditional", "unknown", "denied"];

/**
 * Evaluates one subject. If the subject has alternatives, the best one determines the verdict, because one of
 * them suffices.
 * @throws UsageError for a division that does not exist
 */
export async function judgeSubject(subject: CheckSubject, options: JudgeOptions): Promise<JudgedItem> {
  if (subject.kind !== "alternatives") return await judge(subject, options);
  const items: JudgedItem[] = [];
  for (const alternative of subject.alternatives) items.push(await judge(alternative, options));
  const [best] = items.toSorted((a, b) => BEST_FIRST.indexOf(a.verdict) - BEST_FIRST.indexOf(b.verdict));
  if (best === undefined) throw new Error("a policy has no empty alternatives");
  const summary = `one of these suffices: ${subject.name}`;
  return { ...best, location: subject.location, evidence: [{ kind: "note", summary }, ...best.evidence] };
}

async function judge(given: SingleSubject, options: JudgeOptions): Promise<JudgedItem> {
  const { catalogue, principal, diagnose, liveApi, topics, nowMs } = options;
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const subject = withTopicRequirement(given, topics, principal, today);
  const isPlaced = countsDivision(subject, topics);
  const division = divisionOf(principal, isPlaced ? (subject.division ?? options.division) : null);
  // Sends only reads that were reviewed, because some GETs start work or change something.
  const request =
    subject.kind === "permission" || impactOf(subject.operation) !== "reads"
      ? null
      : harmlessCall(subject.operation, subject.name, nowMs);
  const call = liveApi === null || request === null ? null : await callHarmlessly(liveApi, request);
  // A call with the token in use proves nothing about another identity.
  const isLivePossible = request !== null && liveApi === null && !isOther(principal);
  const { verdict, layer, missing, evidence, remedies } = diagnose(subject, {
    divisionId: division.id,
    name: subject.name,
    caution: subject.caution,
    call,
    isLivePossible,
    isSubmitter: isBelow(subject, options.submissionPaths ?? []),
  });
  const doubts: readonly Evidence[] =
    division.doubt === null ? [] : [{ kind: "unreadable", summary: division.doubt }];
  return {
    ...describeRequirement(catalogue, subject),
    // Copies field by field, because a second object spread is so slow that it would take longer than the diagnosis.
    verdict,
    layer,
    missing,
    evidence: [...evidence, ...doubts, ...(liveApi !== null && call === null ? [NOT_ASKED] : [])],
    remedies,
    live: call === null ? null : { status: call.status, code: call.code },
  };
}

function isBelow(subject: SingleSubject, paths: readonly string[]): boolean {
  return (
    subject.kind !== "permission" && paths.some((path) => subject.operation.path.startsWith(`${path}/{`))
  );
}

const NOT_ASKED: Evidence = {
  kind: "note",
  summary: "live: not tried, because no call to this operation is certain to be harmless",
};

/**
 * Resolves the division. A refused token has none, because the token can't read divisions and the refusal is
 * the finding.
 */
export function divisionOf(principal: Principal, division: string | null): DivisionChoice {
  return division === null || principal.refusal !== null
    ? { id: null, doubt: null }
    : chooseDivision(principal, division);
}
