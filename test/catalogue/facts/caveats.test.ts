import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { Caveat } from "../../../src/catalogue/facts/caveat.ts";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { nameOf } from "../../../src/catalogue/lookup/operation-lookup.ts";

const catalogue = loadCatalogue();
const operations = Array.from(catalogue.operations());
const [, ...source] = (
  await readFile(new URL("../../../src/catalogue/facts/sources/caveats.jsonl", import.meta.url), "utf8")
)
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line));

function caveatsOf(method: string, path: string): readonly Caveat[] {
  return catalogue.find(method, path)?.caveats ?? [];
}

describe("the caveats of the packaged catalog", () => {
  test("belong to operations of the catalog, except one that no published definition lists", () => {
    const names = new Set(operations.map(nameOf));
    expect(source.map(nameOf).filter((name) => !names.has(name))).toEqual([
      "DELETE /api/v2/apps/users/{userId}/logout",
    ]);
    expect(operations.flatMap(({ caveats }) => caveats)).toHaveLength(source.length - 1);
  });

  test("name only path parameters that their operations have", () => {
    const wrong = operations.flatMap((operation) =>
      operation.caveats
        .flatMap(({ condition, cases }) => [
          ...(condition?.path === undefined ? [] : [condition.path]),
          ...cases.flatMap(({ when }) => ("in" in when && when.in === "path" ? [when.name] : [])),
        ])
        .filter((name) => !operation.path.includes(`{${name}}`)),
    );
    expect(wrong).toEqual([]);
  });

  test("state what they require in every division, with source and date", () => {
    expect(caveatsOf("GET", "/api/v2/users/query")).toEqual([
      {
        kind: "all-divisions",
        effect: "allowed-only-if-held-in-all-divisions",
        statement:
          "Lists users without any division filter, so the permission must be held in every division.",
        isConfirmed: true,
        permissions: ["directory:user:view"],
        condition: null,
        cases: [],
        isClearedByPermissions: false,
        codes: [],
        readingClass: null,
        provenance: { source: "published definition of July 2026", date: "2026-08-07" },
      },
    ]);
  });

  test("state the permission that each path value needs, and the values whose permission is not published", () => {
    const [dependent] = caveatsOf(
      "POST",
      "/api/v2/authorization/divisions/{divisionId}/objects/{objectType}",
    );
    const permissionsOf = (value: string) =>
      dependent?.cases.find(({ when }) => "in" in when && when.name === "objectType" && when.value === value)
        ?.permissions;
    expect(permissionsOf("USER")).toEqual(["directory:user:edit"]);
    expect(permissionsOf("TEAM")).toBeNull();
  });

  test("are found by a path with real ids, and also when a definition names the path parameters differently", () => {
    expect(caveatsOf("GET", "/api/v2/recording/batchrequests/4711").map(({ kind }) => kind)).toEqual([
      "depends-on-object",
      "own-403",
    ]);
  });
});
