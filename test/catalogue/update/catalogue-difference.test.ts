import { describe, expect, test } from "vitest";
import type { Operation } from "../../../src/catalogue/facts/operation.ts";
import { diffCatalogues } from "../../../src/catalogue/update/catalogue-difference.ts";

const USER: Operation = {
  method: "GET",
  path: "/api/v2/users/{userId}",
  operationId: "getUser",
  tag: "Users",
  permissionMode: "ANY",
  permissions: ["directory:user:view", "admin"],
  conditionalPermissions: [],
  scopes: ["users", "users:readonly"],
  scopeSource: "published",
  grantRule: null,
  otherAuthentication: null,
  isDeprecated: false,
  isPreview: false,
  note: null,
  caveats: [],
  provenance: { source: "one", date: "2026-01-01" },
};

describe("two catalogs", () => {
  test("differ by added and removed operations", () => {
    const added: Operation = { ...USER, method: "PATCH" };
    expect(diffCatalogues([USER], [added])).toEqual({ added: [added], removed: [USER], changed: [] });
  });

  test.each<[string, Partial<Operation>, object]>([
    [
      "permissions",
      { permissions: ["admin", "directory:user:read"] },
      {
        aspect: "permissions",
        before: ["directory:user:view", "admin"],
        after: ["admin", "directory:user:read"],
        added: ["directory:user:read"],
        removed: ["directory:user:view"],
      },
    ],
    [
      "scopes",
      { scopes: ["users"] },
      {
        aspect: "scopes",
        before: ["users", "users:readonly"],
        after: ["users"],
        added: [],
        removed: ["users:readonly"],
      },
    ],
    [
      "unknown scopes",
      { scopes: null },
      { aspect: "scopes", before: ["users", "users:readonly"], after: null, added: [], removed: [] },
    ],
    [
      "the mode",
      { permissionMode: "ALL" },
      { aspect: "permissionMode", before: "ANY", after: "ALL", added: [], removed: [] },
    ],
    [
      "the grant rule",
      { grantRule: "not-client-credentials" },
      { aspect: "grantRule", before: null, after: "not-client-credentials", added: [], removed: [] },
    ],
    [
      "a mark",
      { isDeprecated: true },
      { aspect: "isDeprecated", before: false, after: true, added: [], removed: [] },
    ],
  ])("differ when an operation has a change in %s", (_aspect, change, expected) => {
    const after = { ...USER, ...change };
    expect(diffCatalogues([USER], [after])).toEqual({
      added: [],
      removed: [],
      changed: [{ operation: after, changes: [expected] }],
    });
  });

  test.each<[string, Partial<Operation>]>([
    ["the order of permissions", { permissions: ["admin", "directory:user:view"] }],
    ["the name of a parameter", { path: "/api/v2/users/{id}" }],
    ["their provenance", { provenance: { source: "two", date: "2026-02-02" }, scopeSource: "inferred-high" }],
    ["the tag", { tag: "People" }],
  ])("do not differ when an operation has a change only in %s", (_aspect, change) => {
    expect(diffCatalogues([USER], [{ ...USER, ...change }])).toEqual({ added: [], removed: [], changed: [] });
  });
});
