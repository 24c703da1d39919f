import type { Principal } from "../../platform/reading/principal.ts";
import { coverEveryDivision, type Holding, reaches } from "../verdict/holdings.ts";
import type { Evidence } from "../verdict/verdict.ts";
import { allOf } from "../verdict/wording.ts";

/** Whether alternative permissions together cover every division, without a condition. */
export function coverJointly(holdings: readonly Holding[], { divisions }: Principal): boolean {
  const certain = holdings.filter(({ state, doubt }) => state === "some-divisions" && doubt === null);
  return (
    certain.length > 1 &&
    coverEveryDivision(
      certain.flatMap(({ grants }) => grants),
      divisions,
    )
  );
}

/**
 * Describes the divisions where all of the permissions are held. Empty unless at least two of them are limited to
 * some divisions.
 */
export function sharedDivisionEvidence(
  holdings: readonly Holding[],
  { divisions }: Principal,
): readonly Evidence[] {
  const limited = holdings.filter(({ state, doubt }) => state === "some-divisions" && doubt === null);
  if (limited.length < 2 || divisions === null) return [];
  const shared = divisions.filter(({ id }) =>
    limited.every(({ grants, conditionalGrants }) =>
      [...grants, ...conditionalGrants].some((grant) => reaches(grant, id)),
    ),
  );
  const names = allOf(limited.map(({ permission }) => permission));
  const places = shared.map(({ id, name }) => `"${name ?? id}"`).join(", ");
  return [
    {
      kind: "note",
      summary:
        shared.length === 0
          ? `${names} are not held together in any division, so the service refuses access to every object that is in a division`
          : `${names} are held together only in ${places}`,
      divisions: shared.map(({ id }) => id),
    },
  ];
}
