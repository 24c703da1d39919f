import { expect, test } from "vitest";
import { locateInSource } from "../../../src/output/reports/source-location.ts";

test.each([
  ["policy.yaml", "/repo", "policy.yaml"],
  ["policy.yaml", "/repo/services/billing", "services/billing/policy.yaml"],
  ["../policy.yaml", "/repo/services", "policy.yaml"],
  ["/repo/a/b.js", "/elsewhere", "a/b.js"],
  ["../policy.yaml", "/repo", "/policy.yaml"],
  ["/repository/policy.yaml", "/repo", "/repository/policy.yaml"],
  ["..policy.yaml", "/repo", "..policy.yaml"],
])("a report resolves the file %s, found in %s, to %s in /repo", (file, directory, expected) => {
  expect(locateInSource({ file, line: 7 }, { directory, root: "/repo" })).toEqual({
    file: expected,
    line: 7,
  });
});
