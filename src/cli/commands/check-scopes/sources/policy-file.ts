import { readFile } from "node:fs/promises";
import { readPolicy } from "../../../../access/policy/parse-policy.ts";
import type { Policy } from "../../../../access/policy/policy.ts";
import type { Problem } from "../../../../access/policy/position.ts";
import { mergePolicy, type WrittenService, writePolicy } from "../../../../access/policy/write-policy.ts";
import type { Catalogue } from "../../../../catalogue/facts/catalogue.ts";
import { nameOf } from "../../../../catalogue/lookup/operation-lookup.ts";
import { OutputError, UsageError } from "../../../../core/errors.ts";
import { readFailure } from "../../../../core/files/file-failure.ts";
import { staysInPlace, writeNamedFile } from "../../../../core/files/write-named-file.ts";
import type { Random } from "../../../../core/random.ts";
import { isMissingFile } from "../../../../core/system-error.ts";
import { oneLine, plural } from "../../../../core/text.ts";

export interface PolicyFileOptions {
  readonly catalogue: Catalogue;
  readonly random: Random;
  /** Numeric user id; null on systems without numeric file owners. */
  readonly userId: number | null;
  /** Whether to replace a file that exists. */
  readonly isForced: boolean;
}

/**
 * Writes a policy file for a service, or adds the operations missing from an existing policy.
 * @returns a sentence that describes the change
 * @throws UsageError `usage.policy` when the file exists and is not a valid policy; OutputError when it can't
 * be written
 */
export async function writePolicyFile(
  file: string,
  service: WrittenService,
  options: PolicyFileOptions,
): Promise<string> {
  const { catalogue, isForced } = options;
  const count = plural(service.operations.length, "operation");
  const existing = isForced || (await staysInPlace(file)) ? null : await readExisting(file);
  if (existing === null) {
    // A service without operations would not be a valid policy.
    if (service.operations.length === 0) return `nothing written to ${file}: no operations remain`;
    await write(file, writePolicy(service), options);
    return `${count} written to ${file}`;
  }
  const { policy, problems } = readPolicy(existing, { file, catalogue });
  if (policy === null) throw notMerged(file, problems[0]);
  const { text, added } = mergePolicy(existing, operationsOf(policy), service);
  if (added === 0) return `${file} already contains the ${count}`;
  if (readPolicy(text, { file, catalogue }).policy === null) throw notMerged(file);
  await write(file, text, options);
  return `${plural(added, "operation")} added to ${file}; the rest of the policy is unchanged`;
}

async function readExisting(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if (isMissingFile(cause)) return null;
    const { message, ...options } = readFailure(file, cause, { what: "the policy" });
    throw new UsageError("usage.policy", message, options);
  }
}

async function write(file: string, text: string, { random, userId }: PolicyFileOptions): Promise<void> {
  try {
    await writeNamedFile(file, text, { random, userId });
  } catch (cause) {
    throw new OutputError("output.write", `the policy \`${file}\` cannot be written`, { cause });
  }
}

/** Returns the error for a file that stays as it is, with the first problem in it. */
function notMerged(file: string, problem?: Problem): UsageError {
  const name = oneLine(file, 200);
  const reason = problem === undefined ? "" : `: line ${problem.line}: ${oneLine(problem.message, 200)}`;
  return new UsageError(
    "usage.policy",
    `\`${name}\` exists and is not a valid policy, so nothing was added to it${reason}`,
    {
      hint: "choose another file, or replace this one with --force",
    },
  );
}

function operationsOf({ services }: Policy): ReadonlySet<string> {
  const items = services.flatMap(({ items: own, environments }) => [
    ...own,
    ...environments.flatMap((environment) => environment.items),
  ]);
  const singles = items.flatMap((item) => (item.kind === "alternatives" ? item.alternatives : [item]));
  return new Set(singles.flatMap((each) => (each.kind === "operation" ? [nameOf(each.operation)] : [])));
}
