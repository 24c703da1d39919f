import { writePolicy } from "../../../access/policy/write-policy.ts";
import type { UsedOperation } from "../../../access/record/count-calls.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import { emitLeastPrivilege, nameOfRole } from "../check-scopes/emit.ts";
import { type PolicyFileOptions, writePolicyFile } from "../check-scopes/sources/policy-file.ts";
import type { CheckSubject } from "../check-scopes/subject.ts";
import type { RecordRequest } from "./request.ts";
import type { RecordResult } from "./result.ts";

/** Name of the service in a policy that is written from a recording. */
const SERVICE = "recorded";

/** Writes the role, the scopes or the policy of the recorded operations as lines; null when none is requested. */
export function emitRecorded(
  { emit, division }: RecordRequest,
  operations: readonly UsedOperation[],
  {
    subjects,
    catalogue,
    notes,
  }: {
    readonly subjects: readonly CheckSubject[];
    readonly catalogue: Catalogue;
    readonly notes: readonly string[];
  },
): RecordResult["emitted"] {
  if (emit === null) return null;
  if (emit !== "policy") {
    const name = nameOfRole(subjects);
    return emitLeastPrivilege(emit, subjects, { name, division, notes, catalogue });
  }
  const text = writePolicy({ name: SERVICE, division, operations: operations.map(withoutPlace) });
  return { kind: emit, lines: text.trimEnd().split("\n"), notes };
}

/**
 * Writes the policy file for the recorded operations, or adds them to it.
 * @returns a sentence that describes the change
 */
export async function writeRecordedPolicy(
  file: string,
  operations: readonly UsedOperation[],
  {
    catalogue,
    random,
    userId,
    request: { division, isForced },
  }: Omit<PolicyFileOptions, "isForced"> & { readonly request: RecordRequest },
): Promise<string> {
  const service = { name: SERVICE, division, operations: operations.map(withoutPlace) };
  return await writePolicyFile(file, service, { catalogue, random, userId, isForced });
}

function withoutPlace({ operation }: UsedOperation) {
  return { operation, location: null };
}
