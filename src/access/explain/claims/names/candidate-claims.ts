import { nameOf, type OperationLookup } from "../../../../catalogue/lookup/operation-lookup.ts";
import { allOf, anyOf } from "../../../verdict/wording.ts";
import type { Claim } from "../../finding.ts";
import { stateRequirement } from "../requirement-claims.ts";
import { SOURCES } from "../source.ts";

/** Maximum number of candidate operations to list one by one. */
const MOST_CANDIDATES = 4;

/** States what each candidate operation requires, for a 403 that does not show which of them was refused. */
export function stateCandidates(lookup: OperationLookup | null, status: number | null): readonly Claim[] {
  return lookup?.kind === "ambiguous" &&
    lookup.caution == null &&
    status === 403 &&
    lookup.candidates.length <= MOST_CANDIDATES
    ? lookup.candidates.map(stateRequirement)
    : [];
}

const PURPOSES: Readonly<Record<string, string>> = {
  create: "to create an object, ",
  read: "to read an object, ",
  update: "to update an object, ",
  delete: "to delete an object, ",
};

/** States which API calls the Terraform provider makes for a block, because the provider's error omits the path. */
export function stateBlock(block: string | null, lookup: OperationLookup | null): readonly Claim[] {
  if (block === null || lookup === null || lookup.kind === "unknown") return [];
  const [action = "", , type = ""] = block.split(" ");
  const operations = lookup.kind === "found" ? [lookup.operation] : lookup.candidates;
  const calls = operations.map(nameOf);
  // A write whose calls include a GET was not narrowed to its action: the list contains all calls for this type.
  const isChosen = action === "read" || operations.every(({ method }) => method !== "GET");
  const purpose = isChosen ? PURPOSES[action] : undefined;
  const isLong = calls.length > MOST_CANDIDATES;
  const called = isLong ? `one of ${calls.length} operations` : anyOf(calls);
  return [
    {
      text: `${purpose ?? ""}\`${type}\` calls ${called}`,
      verdict: "true",
      truth: `the error names no path, so the call is inferred from the provider's documentation${isLong ? `: ${allOf(calls)}` : ""}`,
      source: SOURCES.sdks,
    },
  ];
}
