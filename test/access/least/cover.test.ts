import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Clause } from "../../../src/access/least/clause.ts";
import { type CoverPreference, findLeastCover } from "../../../src/access/least/cover.ts";

const COUNT: CoverPreference = { weightOf: () => 1, rankOf: () => 0 };
const NAMES = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** Draws a few names in small clauses. They overlap in every way and are few enough for an exhaustive search. */
const drawnClauses: fc.Arbitrary<readonly Clause[]> = fc.array(
  fc.array(fc.subarray(NAMES, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
  { maxLength: 8 },
);
/** Draws weights like those of scopes: 1, or more than all the others together. */
const drawnWeights = fc.array(fc.constantFrom(1, 1, 100), { minLength: 8, maxLength: 8 });

function satisfies(clauses: readonly Clause[], names: readonly string[]): boolean {
  return clauses.every((clause) => clause.some((option) => option.every((name) => names.includes(name))));
}

/** Returns all sets with the lowest weight, found by exhaustive search. */
function tryEverything(clauses: readonly Clause[], weightOf: (name: string) => number): readonly string[][] {
  let best = Number.POSITIVE_INFINITY;
  let found: string[][] = [];
  for (let bits = 0; bits < 2 ** NAMES.length; bits += 1) {
    const names = NAMES.filter((_, index) => (bits & (2 ** index)) !== 0);
    const weight = names.reduce((sum, name) => sum + weightOf(name), 0);
    if (weight > best || !satisfies(clauses, names)) continue;
    if (weight < best) found = [];
    best = weight;
    found.push(names);
  }
  return found;
}

describe("the lightest set of names that satisfies every clause", () => {
  test("equals the result of an exhaustive search, with all ties", () => {
    fc.assert(
      fc.property(drawnClauses, drawnWeights, (clauses, weights) => {
        const weightOf = (name: string) => weights[NAMES.indexOf(name)] ?? 1;
        const { chosen, ties, isExact } = findLeastCover(clauses, { weightOf, rankOf: () => 0 });
        const all = tryEverything(clauses, weightOf).map((names) => names.join());
        expect(isExact).toBe(true);
        expect(all).toContain(chosen.join());
        // The parts are independent, so every combination of their solutions is one of the lightest sets.
        const combined = ties.reduce<readonly (readonly string[])[]>(
          (sets, { chosen: part, others }) =>
            sets.flatMap((names) => [
              names,
              ...others.map((other) => [...names.filter((name) => !part.includes(name)), ...other]),
            ]),
          [chosen],
        );
        if (ties.every(({ isComplete }) => isComplete)) {
          expect(combined.map((names) => names.toSorted().join()).toSorted()).toEqual(all.toSorted());
        } else {
          expect(all).toEqual(expect.arrayContaining(combined.map((names) => names.toSorted().join())));
        }
      }),
      { numRuns: 1_500 },
    );
  });

  test("does not depend on the order of clauses and contains no superfluous name", () => {
    fc.assert(
      fc.property(
        drawnClauses.chain((clauses) =>
          fc.tuple(fc.constant(clauses), fc.shuffledSubarray([...clauses], { minLength: clauses.length })),
        ),
        ([clauses, shuffled]) => {
          const { chosen } = findLeastCover(clauses, COUNT);
          expect(findLeastCover(shuffled, COUNT).chosen).toEqual(chosen);
          expect(satisfies(clauses, chosen)).toBe(true);
          for (const name of chosen) {
            expect(
              satisfies(
                clauses,
                chosen.filter((other) => other !== name),
              ),
            ).toBe(false);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

test.each<[string, readonly Clause[], readonly string[]]>([
  ["is empty without clauses", [], []],
  ["contains no name for a clause that nothing satisfies", [[[], ["a"]]], []],
  [
    "prefers the name that another clause needs anyway",
    [
      [["a"]],
      [["a"], ["b"]],
      [
        ["b", "a"],
        ["c", "d"],
      ],
    ],
    ["a", "b"],
  ],
  [
    "prefers one name for two clauses to one for each",
    [
      [["a"], ["b"]],
      [["b"], ["c"]],
    ],
    ["b"],
  ],
  [
    "leaves out the name in most clauses when two other names suffice",
    [
      [["x"], ["a"]],
      [["x"], ["a"]],
      [["x"], ["a"], ["p"]],
      [["x"], ["b"]],
      [["x"], ["b"], ["q"]],
      [["a"], ["p"]],
      [["b"], ["q"]],
    ],
    ["a", "b"],
  ],
])("the lightest set: %s", (_, clauses, expected) => {
  expect(findLeastCover(clauses, COUNT).chosen).toEqual(expected);
});

test("picks the preferred one of several equally light sets and lists the others", () => {
  const rankOf = (name: string) => (name === "a" ? 1 : 0);
  expect(findLeastCover([[["a"], ["c"], ["b"]], [["d"]]], { weightOf: () => 1, rankOf })).toEqual({
    chosen: ["b", "d"],
    ties: [{ chosen: ["b"], others: [["c"], ["a"]], isComplete: true }],
    isExact: true,
  });
});

test("returns a set that is marked as inexact beyond the step limit", () => {
  // Ten rows and ten columns. Each clause contains the neighbors of one cell, so the problem can't be split into
  // parts.
  const cell = (row: number, column: number) => `${(row + 10) % 10}/${(column + 10) % 10}`;
  const clauses = Array.from({ length: 100 }, (_, index): Clause => {
    const [row, column] = [Math.floor(index / 10), index % 10];
    return [
      [cell(row, column)],
      [cell(row + 1, column)],
      [cell(row - 1, column)],
      [cell(row, column + 1)],
      [cell(row, column - 1)],
    ];
  });
  const { chosen, isExact, ties } = findLeastCover(clauses, { ...COUNT, stepLimit: 200 });
  expect(isExact).toBe(false);
  expect(satisfies(clauses, chosen)).toBe(true);
  expect(chosen.length).toBeLessThan(35);
  expect(ties.every(({ isComplete }) => !isComplete)).toBe(true);
  expect(findLeastCover(clauses, { ...COUNT, stepLimit: 200 }).chosen).toEqual(chosen);
});
