import { expect, test } from "vitest";
import { checkNode } from "../../../src/cli/doctor/node-version.ts";

const MACHINE = { platform: "linux", architecture: "x64", requiredNode: ">=20.19" } as const;

test.each([
  ["20.19.0", "ok"],
  ["20.19.5", "ok"],
  ["20.20.0", "ok"],
  ["22.0.0", "ok"],
  ["100.1.1", "ok"],
  ["23.0.0-nightly20241001", "ok"],
  ["20.18.9", "failed"],
  ["18.20.4", "failed"],
  ["9.99.99", "failed"],
])("reports Node %s as %s when 20.19 is required", (node, status) => {
  expect(checkNode({ ...MACHINE, node }).status).toBe(status);
});

test("names the required version and fails", () => {
  expect(checkNode({ ...MACHINE, node: "18.20.4" })).toEqual({
    status: "failed",
    summary: "Node 18.20.4 is too old: genscope requires 20.19 or newer",
    hint: 'install the current LTS release of Node, then install genscope again, as its README says under "Install"',
    facts: { version: "18.20.4", required: ">=20.19", platform: "linux", architecture: "x64" },
    exit: "error",
  });
});

test.each([null, "", "^20 || ^22"])(
  "warns about a package that requires %j instead of a minimum version",
  (requiredNode) => {
    expect(checkNode({ ...MACHINE, node: "20.19.0", requiredNode })).toMatchObject({
      status: "warning",
      summary: "Node 20.19.0; the required version can't be read from the package",
    });
  },
);
