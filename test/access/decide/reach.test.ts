import { expect, test } from "vitest";
import { reachOf } from "../../../src/access/decide/reach.ts";
import type { PermissionMode } from "../../../src/catalogue/facts/operation.ts";
import type { PermittedDivisions } from "../../../src/platform/identity/permitted-divisions.ts";

const division = (id: string) => ({ id, name: id.toUpperCase(), isHome: null });
const A = [division("a")];
const AB = [division("a"), division("b")];
const BC = [division("b"), division("c")];

test.each<[string, PermissionMode, readonly (PermittedDivisions | null)[], readonly string[] | "*" | null]>([
  ["one permission in one division", "ALL", [A], ["a"]],
  ["one permission everywhere", "ANY", ["*"], "*"],
  ["alternatives are united", "ANY", [AB, BC], ["a", "b", "c"]],
  ["one alternative everywhere decides alone", "ANY", [null, "*"], "*"],
  ["an unread alternative leaves it unknown", "ANY", [A, null], null],
  ["required permissions share their divisions", "ALL", [AB, BC], ["b"]],
  ["a required permission everywhere limits nothing", "ALL", ["*", BC], ["b", "c"]],
  ["all required permissions everywhere", "ALL", ["*", "*"], "*"],
  ["an unread required permission leaves it unknown", "ALL", [A, null], null],
  ["no shared division contradicts the response", "ALL", [A, [division("c")]], null],
  ["no division at all contradicts the response", "ANY", [[]], null],
  ["no permission", "NONE", [], null],
  ["permissions that are not published", "UNKNOWN", [A], null],
])("%s", (_name, permissionMode, answers, expected) => {
  const permissions = answers.map((_answer, index) => `x:y:${index}`);
  const known = answers.flatMap((answer, index): [string, PermittedDivisions][] =>
    answer === null ? [] : [[`x:y:${index}`, answer]],
  );
  const reach = reachOf({ permissionMode, permissions }, new Map(known));
  expect(Array.isArray(reach) ? reach.map(({ id }) => id) : reach).toEqual(expected);
});
