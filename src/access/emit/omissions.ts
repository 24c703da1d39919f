import type { CaveatEffect } from "../../catalogue/facts/caveat.ts";
import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";
import type { LeastPrivilege, UnmetNeed } from "../least/least-privilege.ts";
import {
  describeNeed,
  isSettled,
  type Need,
  type OperationNeed,
  optionsOf,
  singleNeeds,
} from "../least/need.ts";
import { allOf } from "../verdict/wording.ts";

/** Effects of caveats that leave a doubt, whatever the role grants. */
const OPEN_EFFECTS: ReadonlySet<CaveatEffect> = new Set([
  "allowed-only-if-held-in-all-divisions",
  "allowed-becomes-conditional",
  "client-doubtful",
]);
const MOST_NEEDS = 3;
/** Maximum number of operations to name. A scan of a large program finds hundreds. */
const MOST_NEEDLESS = 20;

/** Lists what the roles leave out, and the doubts that they leave open, one sentence per reason. */
export function noteOmissions(needs: readonly Need[], roles: readonly LeastPrivilege[]): readonly string[] {
  const calls = needs.flatMap(singleNeeds).filter((single) => single.kind === "operation");
  return [
    ...new Set([
      ...roles.flatMap(({ unmet }) => unmet.map(describeUnmet)),
      ...describeNeedless(needs, roles),
      ...roles.flatMap(({ conditional }) =>
        conditional.map(
          ({ permission, neededFor }) =>
            `left out: \`${permission}\`, which only some requests to ${listNeeds(neededFor)} need`,
        ),
      ),
      ...roles.flatMap(({ ties }) =>
        ties.map(
          ({ chosen, others: [other = []] }) =>
            `an equally small role has ${allOf(other)} instead of ${allOf(chosen)}`,
        ),
      ),
      ...calls.flatMap(describeDoubts),
      ...(roles.every(({ permissions }) => permissions.length === 0) ? [describeEmpty(needs, roles)] : []),
    ]),
  ];
}

function describeUnmet({ need, permissions, reason }: UnmetNeed): string {
  return reason === "not published"
    ? `left out: ${need}: its permissions are not published`
    : `left out: ${need}: no role can grant ${allOf(permissions)}`;
}

/** Names the operations that need no permission at all, not even for some of their requests. */
function describeNeedless(needs: readonly Need[], roles: readonly LeastPrivilege[]): readonly string[] {
  const sometimes = new Set(
    roles.flatMap(({ conditional }) => conditional.flatMap(({ neededFor }) => neededFor)),
  );
  const names = needs
    .filter((need) => optionsOf(need).some((permissions) => permissions.length === 0))
    .map(describeNeed)
    .filter((name) => !sometimes.has(name));
  const unique = [...new Set(names)];
  if (unique.length === 0) return [];
  const verb = unique.length === 1 ? "needs" : "need";
  return [`left out: ${listNeeds(unique, MOST_NEEDLESS)}, which ${verb} no permission`];
}

function describeDoubts(call: OperationNeed): readonly string[] {
  const { caveats, note, isPreview } = call.operation;
  const name = nameOf(call.operation);
  return [
    ...caveats
      .filter((caveat) => OPEN_EFFECTS.has(caveat.effect) && !isSettled(caveat, call))
      .map(({ statement }) => `undecided: ${name}: ${statement.replace(/\.$/, "")}`),
    ...(note === null ? [] : [`undecided: ${name}: ${note}`]),
    ...(isPreview
      ? [`undecided: ${name}: a preview operation; the organization must be enrolled in it`]
      : []),
  ];
}

function describeEmpty(needs: readonly Need[], roles: readonly LeastPrivilege[]): string {
  if (needs.length === 0) return "the role is empty: no operations remain";
  return roles.some(({ unmet, conditional }) => unmet.length > 0 || conditional.length > 0)
    ? "the role is empty: what these operations need could not be determined"
    : "the role is empty: none of these operations needs a permission";
}

function listNeeds(needs: readonly string[], most = MOST_NEEDS): string {
  const named = needs.slice(0, most).join(", ");
  return needs.length > most ? `${named} and ${needs.length - most} more` : named;
}
