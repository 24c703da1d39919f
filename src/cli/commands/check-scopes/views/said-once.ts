import type { Evidence } from "../../../../access/verdict/verdict.ts";
import { anyOf } from "../../../../access/verdict/wording.ts";
import { withoutSource } from "./requirement-source.ts";

/**
 * Returns the evidence of one check without repeating anything: it omits the source that is shown above the checks, and
 * replaces the permissions that the requirement has just listed with a pronoun.
 */
export function sayOnce(evidence: readonly Evidence[], source: string | null): readonly Evidence[] {
  const listed = evidence.find(({ kind }) => kind === "requirement")?.["permissions"];
  return evidence.map((one) => {
    const named = one["permissions"];
    if (one.kind !== "grant" || !isSameList(named, listed)) return withoutSource(one, source);
    const pronoun = named.length === 1 ? "it" : "any of them";
    return { ...one, summary: one.summary.replace(anyOf(named), () => pronoun) };
  });
}

function isSameList(one: unknown, other: unknown): one is readonly string[] {
  return Array.isArray(one) && Array.isArray(other) && one.length > 0 && one.join() === other.join();
}
