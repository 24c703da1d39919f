import { appendAll } from "../../core/lists/append-all.ts";

/** A set of names, such as permissions, that together satisfy a clause. */
export type Option = readonly string[];

/** The alternatives that satisfy one need. Holding every name of one option is enough. */
export type Clause = readonly Option[];

/** Removes the clauses that `names` satisfy, and removes `names` from the options of the other clauses. */
export function reduceClauses(clauses: readonly Clause[], names: ReadonlySet<string>): readonly Clause[] {
  return clauses.flatMap((clause) => {
    if (!clause.some((option) => option.some((name) => names.has(name)))) return [clause];
    const rest = clause.map((option) => option.filter((name) => !names.has(name)));
    return rest.some(({ length }) => length === 0) ? [] : [rest];
  });
}

/**
 * Simplifies clauses. Removes satisfied clauses, options that include all names of another option, and clauses
 * that another clause implies.
 */
export function withoutRepetitions(clauses: readonly Clause[]): readonly Clause[] {
  const distinct = new Map<string, Clause>();
  for (const clause of clauses) {
    if (clause.some(({ length }) => length === 0)) continue;
    const least = leastOptions(clause);
    distinct.set(keyOf(least), least);
  }
  const kept: Clause[] = [];
  // A clause with few options usually implies one with many. An implication that is missed here only costs time.
  for (const clause of [...distinct.values()].toSorted((a, b) => a.length - b.length)) {
    if (!kept.some((other) => implies(other, clause))) kept.push(clause);
  }
  return kept;
}

/** Divides the clauses into groups that have no name in common, so that each group can be solved independently. */
export function componentsOf(clauses: readonly Clause[]): readonly (readonly Clause[])[] {
  const components: { readonly names: Set<string>; readonly clauses: Clause[] }[] = [];
  for (const clause of clauses) {
    const joined = { names: new Set(clause.flat()), clauses: [clause] };
    for (let index = components.length - 1; index >= 0; index -= 1) {
      const other = components[index];
      if (other === undefined || !clause.some((option) => option.some((name) => other.names.has(name)))) {
        continue;
      }
      for (const name of other.names) joined.names.add(name);
      appendAll(joined.clauses, other.clauses);
      components.splice(index, 1);
    }
    components.push(joined);
  }
  return components.map((component) => component.clauses);
}

function leastOptions(clause: Clause): Clause {
  const byLength = clause
    .map((option) => [...new Set(option)].toSorted())
    .toSorted((a, b) => a.length - b.length);
  const least: Option[] = [];
  for (const option of byLength) {
    if (!least.some((other) => isSubset(other, option))) least.push(option);
  }
  return least;
}

function implies(clause: Clause, other: Clause): boolean {
  return clause.every((option) => other.some((wanted) => isSubset(wanted, option)));
}

function isSubset(option: Option, other: Option): boolean {
  return option.every((name) => other.includes(name));
}

function keyOf(clause: Clause): string {
  return clause
    .map((option) => option.join("+"))
    .toSorted()
    .join("|");
}
