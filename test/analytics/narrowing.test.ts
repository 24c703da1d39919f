import { expect, test } from "vitest";
import { narrowedByDivisions } from "../../src/analytics/narrowing.ts";

const SALES = [{ id: "1", name: "Sales" }];
const BEHIND = "the platform silently omits objects of other divisions";

test.each<[string, readonly string[], string]>([
  ["ANY", ["a:b:view"], "`a:b:view` is held in"],
  ["ANY", ["a:b:view", "a:c:view"], "`a:b:view` or `a:c:view` is held in"],
  ["ANY", ["a:b:view", "a:c:view", "a:d:view"], "`a:b:view` or `a:c:view` or `a:d:view` is held in"],
  ["ALL", ["a:b:view"], "`a:b:view` is held in"],
  ["ALL", ["a:b:view", "a:c:view"], "`a:b:view` and `a:c:view` are held together in"],
])(
  "a note names the divisions to which a result is limited: mode %s, permissions %j",
  (permissionMode, permissions, held) => {
    expect(narrowedByDivisions({ permissions, permissionMode }, SALES)).toEqual([
      { kind: "divisions", summary: `${held} 1 division: "Sales"; ${BEHIND}` },
    ]);
    expect(narrowedByDivisions({ permissions, permissionMode }, "*")).toEqual([]);
    expect(narrowedByDivisions({ permissions, permissionMode }, null)).toEqual([]);
  },
);
