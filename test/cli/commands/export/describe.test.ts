import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allDatasets } from "../../../../src/analytics/datasets/datasets.ts";
import { json } from "../../../sandbox/client.ts";
import { exportStage } from "../../../support/export-stage.ts";
import { findViolations, readSchemas, withoutTolerance } from "../../../support/json-schemas.ts";
import { runCli } from "../../../support/run-cli.ts";

const schema = readSchemas().get("export-description");

async function describeDataset(name: string): Promise<ReturnType<typeof json>> {
  const { exitCode, json: document } = await runCli(["export", ...name.split(" "), "--describe", "--json"], {
    env: {},
  });
  expect(exitCode).toBe(0);
  return json(document);
}

test.each(allDatasets().map(({ name }) => name))(
  "`export %s --describe` prints a reference page without a token",
  async (name) => {
    const document = await describeDataset(name);
    expect([
      ...findViolations(schema, document.value),
      ...findViolations(withoutTolerance(schema), document.value),
    ]).toEqual([]);
    // The catalog contains every request, so that its permissions are known.
    expect(document.each("requests", "permissionMode")).not.toContain("UNKNOWN");
    expect(document.each("tables", "columns").flat().length).toBeGreaterThan(2);
  },
);

test("--describe lists exactly the columns of the exported files", async () => {
  const { run, directory } = await exportStage();
  expect((await run(["queue", "members", "--out", "all.csv"])).exitCode).toBe(0);
  const [header = ""] = (await readFile(join(directory, "all.csv"), "utf8")).split(/\r?\n/);
  const document = await describeDataset("queue members");
  expect(json(document.at("tables.0")).each("columns", "name")).toEqual(
    header.replace(/^\uFEFF/, "").split(","),
  );
});

test("--describe prints requests, limits and unpublished facts as text", async () => {
  const { stdout } = await runCli(["export", "grants", "--describe"], { env: {} });
  expect(stdout).toContain("GET /api/v2/authorization/roles/{roleId}/subjectgrants");
  expect(stdout).toContain("authorization:role:view");
  expect(stdout).toContain("identity  roleId, id");
  expect(stdout).toMatch(/unknown +whether a grant in all divisions/);
});

test("--describe refuses an unknown dataset with the closest name", async () => {
  const { exitCode, stderr } = await runCli(["export", "evaluation", "form", "x", "--describe"], { env: {} });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("evaluation forms")]);
});
