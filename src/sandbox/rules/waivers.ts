import type { CaveatCondition } from "../../catalogue/facts/caveat.ts";
import type { Operation } from "../../catalogue/facts/operation.ts";
import type { PlacedObject } from "../state/organization.ts";
import type { CallFacts } from "./call-facts.ts";
import type { Caller } from "./caller.ts";

/**
 * Returns the permissions that this call does not need, because the caller owns the object, the body refers to no
 * queue, or the object has no division.
 */
export function waivedPermissions(
  { caveats }: Operation,
  caller: Caller,
  object: PlacedObject | null,
  facts: CallFacts,
): ReadonlySet<string> {
  const applies = (condition: CaveatCondition | null) => {
    if (condition?.callerIs !== undefined) return object?.attributes["owner"] === caller.subjectId;
    if (condition?.body !== undefined) return facts.named.every(({ type }) => type !== "queue");
    // An object without a division needs none of these permissions.
    return condition?.division === "none";
  };
  return new Set(
    caveats
      .filter(({ kind, condition }) => kind === "waived" && applies(condition))
      .flatMap(({ permissions }) => permissions),
  );
}
