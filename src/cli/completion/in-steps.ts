import { plural } from "../../core/text.ts";
import type { Candidate } from "./command-tree.ts";

/** Maximum number of names that are not shortened; bash asks for confirmation before it lists a hundred. */
const LARGEST_LIST = 40;

/**
 * Shortens long names to their next part, so that a list stays readable: `/api/v2/routing/` instead of a hundred paths.
 * A name that shares its part with no other name is shown whole.
 * @param names sorted names that begin with `typed`
 * @param endOfPart returns the end of the part that contains this position, or the length of the name
 * @param noun the noun for the number of names in the description of a part
 */
export function inSteps(
  names: readonly Candidate[],
  typed: string,
  endOfPart: (name: string, position: number) => number,
  noun: string,
): readonly Candidate[] {
  let steps = names;
  let from = typed.length;
  while (steps.length > LARGEST_LIST) {
    const groups = groupByPart(names, from, endOfPart);
    steps = Array.from(groups, ([part, members]) => {
      const [first] = members;
      return members.length === 1 && first !== undefined
        ? first
        : { value: part, description: plural(members.length, noun), isPart: true };
    });
    const [only] = groups.keys();
    // All names share this part, so the next part is tried.
    if (groups.size > 1 || only === undefined || only.length <= from) break;
    steps = names;
    from = only.length;
  }
  return steps;
}

function groupByPart(
  names: readonly Candidate[],
  from: number,
  endOfPart: (name: string, position: number) => number,
): ReadonlyMap<string, readonly Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const name of names) {
    const part = name.value.slice(0, endOfPart(name.value, from));
    const members = groups.get(part);
    if (members === undefined) groups.set(part, [name]);
    else members.push(name);
  }
  return groups;
}
