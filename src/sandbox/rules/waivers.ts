import type { CaveatCondition } from "../../catalogue/facts/caveat.ts";
import type { Operation } from "../../catalogue/facts/operation.ts";
import type { PlacedObject } from "../state/organization.ts";
import type { CallFacts } from "./call-facts.ts";
import type { Caller } from "./caller.ts";

/** The permissions that this call does not need: the caller owns the object, or the body refers to no queue. */
export function waivedPermissions(
  { caveats }: Operation,
  caller: Caller,
  object: PlacedObject | null,
  facts: CallFacts,
): ReadonlySet<string> {
  const applies = (condition: CaveatCondition | null) => {
    if (condition?.callerIs !== undefined) return object?.attributes["owner"] === caller.subjectId;
    if (condition?.body !== undefined) return facts.named.every(({ type }) => type !== "queue");
    // An object without a division is open to everyone.
    return condition?.division === "none";
  };
  return new Set(
    caveats
      .filter(({ kind, condition }) => kind === "waived" && applies(condition))
      .flatMap(({ permissions }) => permissions),
  );
}
