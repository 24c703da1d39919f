import { expect, test } from "vitest";
import { reachOf } from "../../../src/access/decide/reach.ts";
import type { PermissionMode } from "../../../src/catalogue/facts/operation.ts";
import type { PermittedDivisions } from "../../../src/platform/identity/permitted-divisions.ts";

const division = (id: string) => ({ id, name: id.toUpperCase(), isHome: null });
const A = [division("a")];
const AB = [division("a"), division("b")];
const BC = [division("b"), division("c")];

test.each<[string, PermissionMode, readonly (PermittedDivisions | null)[], readonly string[] | "*" | null]>([
  ["one permission, held in one division", "ALL", [A], ["a"]],
  ["one permission, held everywhere", "ANY", ["*"], "*"],
  ["alternative permissions reach the divisions of each", "ANY", [AB, BC], ["a", "b", "c"]],
  ["an alternative permission held everywhere decides alone", "ANY", [null, "*"], "*"],
  ["unknown when one alternative permission could not be read", "ANY", [A, null], null],
  ["required permissions reach only the divisions they share", "ALL", [AB, BC], ["b"]],
  ["a required permission held everywhere adds no limit", "ALL", ["*", BC], ["b", "c"]],
  ["all required permissions, held everywhere", "ALL", ["*", "*"], "*"],
  ["unknown when a required permission could not be read", "ALL", [A, null], null],
  [
    "unknown when required permissions share no division although the call succeeded",
    "ALL",
    [A, [division("c")]],
    null,
  ],
  ["unknown when the permission has no division although the call succeeded", "ANY", [[]], null],
  ["no permission", "NONE", [], null],
  ["unknown when permissions are not published", "UNKNOWN", [A], null],
])("the divisions that a successful call covers: %s", (_name, permissionMode, answers, expected) => {
  const permissions = answers.map((_answer, index) => `x:y:${index}`);
  const known = answers.flatMap((answer, index): [string, PermittedDivisions][] =>
    answer === null ? [] : [[`x:y:${index}`, answer]],
  );
  const reach = reachOf({ permissionMode, permissions }, new Map(known));
  expect(Array.isArray(reach) ? reach.map(({ id }) => id) : reach).toEqual(expected);
});
