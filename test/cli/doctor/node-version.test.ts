import { expect, test } from "vitest";
import { checkNode } from "../../../src/cli/doctor/node-version.ts";

/** A day on which Node 20 is still supported. */
const NOW = Date.parse("2026-04-01T00:00:00Z");
const MACHINE = { platform: "linux", architecture: "x64", requiredNode: ">=20.19" } as const;

test.each([
  ["20.19.0", "ok"],
  ["20.19.5", "ok"],
  ["20.20.0", "ok"],
  ["22.0.0", "ok"],
  ["100.1.1", "ok"],
  ["26.0.0-nightly20261001", "ok"],
  ["20.18.9", "failed"],
  ["18.20.4", "failed"],
  ["9.99.99", "failed"],
])("reports Node %s as %s when 20.19 is required", (node, status) => {
  expect(checkNode({ ...MACHINE, node }, NOW).status).toBe(status);
});

test("fails and names the required version when Node is too old", () => {
  expect(checkNode({ ...MACHINE, node: "18.20.4" }, NOW)).toEqual({
    status: "failed",
    summary: "Node 18.20.4 is too old: genscope requires 20.19 or newer",
    hint: 'install the current LTS release of Node, then install genscope again, as described in its README under "Install"',
    facts: {
      version: "18.20.4",
      required: ">=20.19",
      platform: "linux",
      architecture: "x64",
      supportedUntil: null,
    },
    exit: "error",
  });
});

test.each([null, "", "^20 || ^22"])(
  "warns about a package that requires %j instead of a minimum version",
  (requiredNode) => {
    expect(checkNode({ ...MACHINE, node: "20.19.0", requiredNode }, NOW)).toMatchObject({
      status: "warning",
      summary: "Node 20.19.0; the required version cannot be read from the package",
    });
  },
);

test.each([
  ["20.20.2", "2026-05-01T11:00:00Z", "ok"],
  ["20.20.2", "2026-05-01T13:00:00Z", "warning"],
  ["22.23.5", "2026-11-29T00:00:00Z", "ok"],
  ["24.22.3", "2026-11-29T00:00:00Z", "ok"],
  ["25.9.0", "2026-11-29T00:00:00Z", "warning"],
  ["99.0.0", "2026-11-29T00:00:00Z", "ok"],
])("reports the support of Node %s on %s as %s", (node, now, status) => {
  expect(checkNode({ ...MACHINE, node }, Date.parse(now)).status).toBe(status);
});

test("names the day on which the Node version stopped getting security fixes", () => {
  expect(checkNode({ ...MACHINE, node: "20.20.2" }, Date.parse("2026-11-29T00:00:00Z"))).toMatchObject({
    summary:
      "Node 20.20.2 on linux x64 has had no security fixes since 2026-04-30; genscope still runs on it",
    hint: "install the current LTS release of Node",
    facts: { supportedUntil: "2026-04-30" },
    exit: "ok",
  });
});
