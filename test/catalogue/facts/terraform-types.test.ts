import { expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { isReadOnly } from "../../../src/catalogue/facts/read-only.ts";

const catalogue = loadCatalogue();
const types = [...catalogue.terraformTypes().values()];

test("the Terraform facts contain every type in the provider's documentation, and the provider itself", () => {
  const count = (kind: string) => types.filter(({ block }) => block === kind).length;
  expect([count("resource"), count("data"), count("provider")]).toEqual([143, 114, 1]);
});

test("only four calls of the Terraform provider are missing from the catalog", () => {
  const missing = types.flatMap(({ type, calls }) =>
    calls
      .filter(({ method, path }) => catalogue.find(method, path) === null)
      .map(({ method, path }) => `${type}: ${method} ${path}`),
  );
  expect(missing).toEqual([
    "genesyscloud_guide: DELETE /api/v2/guides/{guideId}",
    "genesyscloud_guide_version: POST /api/v2/guides/{guideId}",
    "genesyscloud_script: POST /api/v2/authorization/divisions/{divisionId}",
    "genesyscloud_script: DELETE /api/v2/scripts/{scriptId}",
  ]);
});

test("a Terraform data source and the provider itself only read", () => {
  const writes = types
    .filter(({ block }) => block !== "resource")
    .flatMap(({ calls }) => calls)
    .filter(({ method, path }) => {
      const operation = catalogue.find(method, path);
      return operation === null || !isReadOnly(operation);
    });
  expect(writes).toEqual([]);
});

test("each call that only creates an object is a POST to the list from which the same Terraform type deletes the object", () => {
  const limited = types.filter(({ calls }) => calls.some(({ only }) => only !== null));
  expect(limited.length).toBe(97);
  for (const { type, calls } of limited) {
    const [create, ...creates] = calls.filter(({ only }) => only === "create");
    const [remove, ...removes] = calls.filter(({ only }) => only === "delete");
    expect([type, creates, removes]).toEqual([type, [], []]);
    expect([create?.method, remove?.method]).toEqual(["POST", "DELETE"]);
    expect(remove?.path.replace(/\/\{[^}]+\}$/, "")).toBe(create?.path);
  }
});
