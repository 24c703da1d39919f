import { UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import type { Catalogue } from "../facts/catalogue.ts";
import type { Operation } from "../facts/operation.ts";
import { describeAbsence } from "./absence.ts";
import { lookUpOperation } from "./look-up-operation.ts";
import { nameOf, type OperationLookup } from "./operation-lookup.ts";
import { lookUpPermission } from "./permission-name.ts";
import { lookUpScope } from "./scope-name.ts";

const LONGEST_SHOWN = 200;
const UPDATE_HINT = " (a newer catalog may list it: genscope catalog update)";

const LONE_METHOD = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/i;

/**
 * Returns the operation for a name that a person gave, with the ids in its path and the reason for any doubt. An
 * unknown name is an error, never "denied".
 * @throws UsageError `usage.unknown_operation` with the closest names, or `usage.ambiguous_operation` with the
 * candidates
 */
export function requireFound(catalogue: Catalogue, name: string): OperationLookup & { kind: "found" } {
  const lookup = lookUpOperation(catalogue, name);
  const shown = oneLine(name, LONGEST_SHOWN);
  switch (lookup.kind) {
    case "found":
      return lookup;
    case "ambiguous":
      throw new UsageError(
        "usage.ambiguous_operation",
        `\`${shown}\` may mean ${lookup.candidates.length} operations: ${oneLine(lookup.reason)}`,
        { hint: `name one of them: ${lookup.candidates.map(quotedName).join(", ")}` },
      );
    case "unknown":
      if (LONE_METHOD.test(shown)) {
        throw new UsageError("usage.unknown_operation", `\`${shown}\` is a method without a path`, {
          hint: `add a path, such as \`${shown} /api/v2/users\``,
        });
      }
      throw unknownOperation(catalogue, shown, lookup);
  }
}

function unknownOperation(
  catalogue: Catalogue,
  shown: string,
  { closest, correction, isCertain, otherNames = [] }: OperationLookup & { kind: "unknown" },
): UsageError {
  const what = isCertain ? "not an operation of the platform API" : describeAbsence(catalogue);
  const why = correction === null ? "" : oneLine(correction);
  // If the correction begins with the name, it is the whole message, so that the name is not repeated.
  const isWhole = isCertain && why.toLowerCase().startsWith(`\`${shown.toLowerCase()}\``);
  const message = isWhole ? why : `\`${shown}\` is ${what}${why === "" ? "" : `: ${why}`}`;
  // For an SDK method, suggests the SDK methods whose names differ by a letter or a word.
  const isPath = /[\s/]/.test(shown);
  const names = closest.length > 0 ? closest.map(isPath ? quotedName : idOf) : otherNames.map(quoted);
  const meant =
    names.length === 0
      ? "search for it: genscope catalog search WORDS"
      : `did you mean ${names.join(" or ")}?`;
  // A correction that names the catalog's date is valid only for that date.
  const isFinal = isCertain && !why.includes(`catalog of ${catalogue.date}`);
  return new UsageError("usage.unknown_operation", message, {
    hint: isFinal ? meant : `${meant}${UPDATE_HINT}`,
  });
}

/**
 * Returns a permission in the platform's spelling.
 * @throws UsageError `usage.unknown_permission` for a name that no operation needs, including scopes
 */
export function requirePermission(catalogue: Catalogue, text: string): string {
  return requirePermissionIn(catalogue, text).permission;
}

/**
 * Returns a permission, with the division that some refusals append as a fourth part; the division is null if absent.
 * @throws UsageError `usage.unknown_permission` for a name that no operation needs, including scopes
 */
export function requirePermissionIn(
  catalogue: Catalogue,
  text: string,
): { readonly permission: string; readonly divisionId: string | null } {
  const lookup = lookUpPermission(catalogue, text);
  if (lookup.kind === "found") return lookup;
  const closest = lookup.kind === "unknown" ? lookup.closest : [];
  const meant =
    closest.length === 0
      ? "search for it: genscope catalog search WORDS"
      : `did you mean ${closest.map(quoted).join(" or ")}?`;
  throw new UsageError("usage.unknown_permission", oneLine(lookup.correction), {
    hint: lookup.kind === "unknown" && !lookup.isCertain ? `${meant}${UPDATE_HINT}` : meant,
  });
}

/**
 * Returns a scope in the platform's spelling.
 * @throws UsageError `usage.unknown_scope` for any other name, including permissions
 */
export function requireScope(catalogue: Catalogue, text: string): string {
  const lookup = lookUpScope(catalogue, text);
  if (lookup.kind === "found") return lookup.scope;
  throw new UsageError("usage.unknown_scope", oneLine(lookup.correction), {
    hint:
      lookup.kind === "permission"
        ? `search by permission: genscope catalog search --permission ${lookup.permission}`
        : "search for it: genscope catalog search WORDS",
  });
}

function idOf({ operationId }: Operation): string {
  return quoted(operationId);
}

function quoted(name: string): string {
  return `\`${name}\``;
}

function quotedName(operation: Operation): string {
  return `"${nameOf(operation)}"`;
}
