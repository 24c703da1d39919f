import type { Operation } from "../../src/catalogue/facts/operation.ts";

/** Kinds of caveats that can decide a call. */
export const DECIDING_KINDS = [
  "all-divisions",
  "depends-on-request",
  "depends-on-object",
  "waived",
  "reduces",
  "target",
  "current-user",
  "own-403",
] as const;

/**
 * Returns the operations with special rules, and an even sample of the others. Operations with rare caveats occur
 * several times.
 */
export function sampleOf(operations: Iterable<Operation>): readonly Operation[] {
  const all = [...operations];
  const ofKinds = DECIDING_KINDS.flatMap((kind) => {
    const some = all.filter(({ caveats }) =>
      caveats.some((caveat) => caveat.kind === kind && caveat.effect !== "note"),
    );
    return Array.from({ length: Math.ceil(60 / some.length) }, () => some).flat();
  });
  const special = all.filter(
    (operation) =>
      operation.permissionMode === "UNKNOWN" ||
      operation.grantRule !== null ||
      operation.otherAuthentication !== null ||
      operation.conditionalPermissions.length > 0 ||
      operation.note !== null ||
      operation.permissions.some((permission) => permission.split(":").length !== 3),
  );
  return [...ofKinds, ...new Set([...special, ...all.filter((_operation, index) => index % 3 === 0)])];
}
