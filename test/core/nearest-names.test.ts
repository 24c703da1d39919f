import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allDatasets, findDataset } from "../../src/analytics/datasets/datasets.ts";
import { nearestNames } from "../../src/core/closest.ts";
import { UsageError } from "../../src/core/errors.ts";

const NAMES: readonly string[] = allDatasets().map(({ name }) => name);

describe("an unknown dataset", () => {
  test.each([
    ["queus", ["queues"]],
    ["conversation", ["conversations details", "conversations aggregates"]],
    ["oauth", ["oauth clients"]],
    ["contact", ["contacts", "contact lists"]],
    ["bogus", []],
    ["xy", []],
  ])("%s leads to every dataset that it can mean", (text, names) => {
    const found = nearestNames(text, NAMES);
    expect(found.slice(0, names.length)).toEqual(names);
    if (names.length === 0) expect(found).toEqual([]);
  });

  test("gets a suggestion that can be typed as it is printed", () => {
    const error = (() => {
      try {
        return findDataset(["conversation"]);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error instanceof UsageError ? error.hint : null).toMatch(
      /^did you mean `genscope export conversations details` or `genscope export conversations aggregates`/,
    );
  });

  test("with one letter swapped or missing leads to the right dataset first", () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.nat(), fc.boolean(), (name, at, isSwapped) => {
        const index = 1 + (at % (name.length - 2));
        const mistyped = isSwapped
          ? `${name.slice(0, index)}${name.charAt(index + 1)}${name.charAt(index)}${name.slice(index + 2)}`
          : name.slice(0, index) + name.slice(index + 1);
        fc.pre(!NAMES.includes(mistyped) && name.length >= 5);
        expect(nearestNames(mistyped, NAMES)[0]).toBe(name);
      }),
      { numRuns: 300 },
    );
  });
});
