import { permissionsOfCall } from "../../../access/decide/call-permissions.ts";
import { caveatEvidence } from "../../../access/decide/caveat-result.ts";
import { decidingPermissions } from "../../../access/decide/deciding-permissions.ts";
import { requirementEvidence } from "../../../access/decide/requirement-evidence.ts";
import type { AlternativesNeed, SingleNeed } from "../../../access/least/need.ts";
import type { PolicyItem, PolicyOperation, PolicyPermission } from "../../../access/policy/policy.ts";
import type { PolicySubject } from "../../../access/policy/select-requirements.ts";
import { NOTHING_MISSING } from "../../../access/verdict/layer-result.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { Operation } from "../../../catalogue/facts/operation.ts";
import { lookUpPermission } from "../../../catalogue/lookup/permission-name.ts";
import { requireFound, requirePermissionIn } from "../../../catalogue/lookup/require-name.ts";
import type { CheckedItem } from "./result.ts";

/** The origin of a subject, with the details that the origin supplies. */
export interface SubjectOrigin {
  /** The name as typed, possibly with real ids in the path. */
  readonly name: string;
  /** The reason why another operation may be meant; null when there is no doubt. */
  readonly caution: string | null;
  /** Name or id of the objects' division; null for the division of the whole check. */
  readonly division: string | null;
  /** The line in a policy or in source code that requires the operation or permission. */
  readonly location: CheckedItem["location"];
  /** The service in the policy that needs the operation or permission. */
  readonly service: string | null;
}

export type SingleSubject = SingleNeed & SubjectOrigin;

/** One subject of a check: an operation, a bare permission, or alternatives, any one of which is enough. */
export type CheckSubject =
  | SingleSubject
  | (Omit<AlternativesNeed, "alternatives"> &
      SubjectOrigin & { readonly alternatives: readonly SingleSubject[] });

/**
 * Resolves the names from the command line.
 * @throws UsageError for an unknown or ambiguous name
 */
export function namedSubjects(
  catalogue: Catalogue,
  request: { readonly operations: readonly string[]; readonly permissions: readonly string[] },
): readonly CheckSubject[] {
  return [
    ...request.operations.map((name) =>
      isPermission(catalogue, name) ? permissionSubject(catalogue, name) : operationSubject(catalogue, name),
    ),
    ...request.permissions.map((name) => permissionSubject(catalogue, name)),
  ];
}

const UNPLACED = { location: null, service: null, caution: null, division: null } as const;

/** Returns whether a name given as an operation is actually a permission. Only permissions contain `>`. */
function isPermission(catalogue: Catalogue, name: string): boolean {
  if (/[>›»→]/.test(name) && !name.includes("/")) return true;
  return name.includes(":") && lookUpPermission(catalogue, name).kind === "found";
}

function operationSubject(catalogue: Catalogue, name: string): SingleSubject {
  const { operation, caution } = requireFound(catalogue, name);
  const callPermissions = permissionsOfCall(operation, name);
  return { ...UNPLACED, kind: "operation", operation, callPermissions, name, caution };
}

/**
 * Returns the subject that checks a permission. A fourth part of its name is a division, as it appears in refusals:
 * `routing:queue:view:<division id>`.
 */
function permissionSubject(catalogue: Catalogue, name: string): SingleSubject {
  const { permission, divisionId } = requirePermissionIn(catalogue, name);
  return { ...UNPLACED, kind: "permission", permission, name, division: divisionId };
}

/** Returns the entries of a policy as subjects. */
export function policySubjects(lines: readonly PolicySubject[]): readonly CheckSubject[] {
  return lines.map((line): CheckSubject => {
    if (line.kind !== "alternatives") return policySubject(line, line.service);
    const alternatives = line.alternatives.map((each) => policySubject(each, line.service));
    const name = alternatives.map((each) => each.name).join(" or ");
    return { kind: "alternatives", alternatives, name, caution: null, ...originOf(line, line.service) };
  });
}

function policySubject(line: PolicyOperation | PolicyPermission, service: string): SingleSubject {
  const { division, location } = originOf(line, service);
  return line.kind === "operation"
    ? {
        kind: "operation",
        operation: line.operation,
        callPermissions: permissionsOfCall(line.operation, line.name),
        name: line.name,
        caution: line.caution,
        division,
        location,
        service,
      }
    : {
        kind: "permission",
        permission: line.permission,
        name: line.permission,
        caution: null,
        division,
        location,
        service,
      };
}

function originOf(
  { division, location }: PolicyItem,
  service: string,
): Omit<SubjectOrigin, "name" | "caution"> {
  return { division, service, location: { file: location.file, line: location.line } };
}

/** Lists every permission that the verdicts on these subjects depend on. */
export function permissionsOf(subjects: readonly CheckSubject[]): readonly string[] {
  return subjects
    .flatMap((subject) => (subject.kind === "alternatives" ? subject.alternatives : [subject]))
    .flatMap((subject) =>
      subject.kind === "permission" ? [subject.permission] : decidingPermissions(subject.operation),
    );
}

/**
 * Returns an item without a verdict. Its evidence is the requirement and the caveats, which is all that `--offline`
 * shows.
 */
export function describeUnjudged(catalogue: Catalogue, subject: SingleSubject): CheckedItem {
  const evidence =
    subject.kind === "operation"
      ? [
          requirementEvidence(subject.operation),
          ...subject.operation.caveats
            .filter(({ kind }) => kind !== "reading-post")
            .map((caveat) => caveatEvidence(caveat)),
        ]
      : [];
  return { ...describeRequirement(catalogue, subject), evidence };
}

/** Returns an item with its requirement; the caller fills in verdict and evidence. */
export function describeRequirement(catalogue: Catalogue, subject: SingleSubject): CheckedItem {
  const { operation, permission, requirement } =
    subject.kind === "operation"
      ? describeOperation(subject.operation)
      : describePermission(catalogue, subject.permission, subject.service);
  return {
    verdict: null,
    layer: null,
    missing: NOTHING_MISSING,
    remedies: [],
    location: subject.location,
    service: subject.service,
    live: null,
    operation,
    permission,
    requirement,
    evidence: [],
  };
}

type Requirement = Pick<CheckedItem, "operation" | "permission" | "requirement">;

function describeOperation(operation: Operation): Requirement {
  const { method, path, operationId, permissionMode, permissions, scopes, provenance } = operation;
  const { source, date } = provenance;
  return {
    operation: { method, path, operationId },
    permission: null,
    requirement: { permissionMode, permissions, scopes, source, date },
  };
}

function describePermission({ date }: Catalogue, permission: string, service: string | null): Requirement {
  const source = service === null ? "--permission" : "policy";
  return {
    operation: null,
    permission,
    requirement: { permissionMode: "ALL", permissions: [permission], scopes: null, source, date },
  };
}
