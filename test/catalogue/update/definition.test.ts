import { describe, expect, test } from "vitest";
import type { Operation } from "../../../src/catalogue/facts/operation.ts";
import { readDefinition } from "../../../src/catalogue/update/definition.ts";

const provenance = { source: "live definition of api.example.com", date: "2026-11-20" };
const options = { isPreview: false, provenance, minimumOperations: 0 };

function definitionOf(operation: unknown, path = "/api/v2/users/{userId}", method = "get"): unknown {
  return { swagger: "2.0", info: { version: "v2" }, paths: { [path]: { [method]: operation } } };
}

function readOne(operation: unknown): Operation {
  const read = readDefinition(definitionOf(operation), options);
  if (typeof read === "string") throw new Error(read);
  const [first] = read;
  if (first === undefined) throw new Error("no operation was read");
  return first.operation;
}

describe("an operation of the definition", () => {
  test("is mapped field by field", () => {
    expect(
      readDefinition(
        definitionOf({
          tags: ["Users", "Directory"],
          summary: "Get user",
          description: "Some fields need directory:user:viewSensitive as well, at hh:mm:ss.",
          operationId: "getUserOther",
          "x-purecloud-method-name": "getUser",
          deprecated: true,
          security: [{ "PureCloud OAuth": ["users", "users:readonly"] }],
          "x-inin-requires-permissions": { type: "ANY", permissions: ["directory:user:view", "admin"] },
          responses: { 400: { "x-inin-error-codes": { "not.a.user": "…" } }, 200: {} },
        }),
        options,
      ),
    ).toEqual([
      {
        operation: {
          method: "GET",
          path: "/api/v2/users/{userId}",
          operationId: "getUser",
          tag: "Users",
          permissionMode: "ANY",
          permissions: ["directory:user:view", "admin"],
          conditionalPermissions: ["directory:user:viewSensitive"],
          scopes: ["users", "users:readonly"],
          scopeSource: "published",
          grantRule: "not-client-credentials",
          otherAuthentication: null,
          isDeprecated: true,
          isPreview: false,
          note: null,
          caveats: [],
          provenance,
        },
        refusals: [{ status: 400, code: "not.a.user", template: "…" }],
      },
    ]);
  });

  test.each<[string, unknown, Partial<Operation>]>([
    ["needs no token when the field `security` is missing", {}, { scopes: [], otherAuthentication: "none" }],
    [
      "needs no token when `security` is empty",
      { security: [] },
      { scopes: [], otherAuthentication: "none" },
    ],
    [
      "accepts any token when OAuth is listed without scopes",
      { security: [{ "PureCloud OAuth": [] }] },
      { scopes: [], otherAuthentication: null },
    ],
    [
      "needs a web messaging token",
      { security: [{ "Webmessaging JWT": [] }] },
      { scopes: [], otherAuthentication: "webmessaging-jwt" },
    ],
    [
      "needs a guest chat token",
      { security: [{ "Guest Chat JWT": [] }] },
      { otherAuthentication: "guest-chat-jwt" },
    ],
    [
      "accepts an OAuth token when OAuth is listed beside another scheme",
      { security: [{ "Webmessaging JWT": [] }, { "PureCloud OAuth": ["users"] }] },
      { scopes: ["users"], otherAuthentication: null },
    ],
    ["needs no permission when none is listed", {}, { permissionMode: "NONE", permissions: [] }],
    [
      "needs every listed permission when the type is ALL",
      { "x-inin-requires-permissions": { type: "ALL", permissions: ["a:b:c"] } },
      { permissionMode: "ALL", permissions: ["a:b:c"] },
    ],
    [
      "needs every listed permission when the type is unknown",
      { "x-inin-requires-permissions": { type: "SOME", permissions: ["a:b:c"] } },
      { permissionMode: "ALL", permissions: ["a:b:c"] },
    ],
    [
      "has free text instead of a permission",
      { "x-inin-requires-permissions": { type: "ANY", permissions: ["the service decides"] } },
      {
        permissionMode: "NONE",
        permissions: [],
        note: "the published permission is free text (the service decides); not checkable",
      },
    ],
    [
      "is for users only, according to its description",
      { description: "This request is not valid when using the Client Credentials OAuth grant." },
      { grantRule: "not-client-credentials" },
    ],
    [
      "is for clients only, according to an error code",
      { responses: { 400: { "x-inin-error-codes": { "not.a.client": "…" } } } },
      { grantRule: "client-credentials-only" },
    ],
    [
      "ignores the same error code with another status",
      { responses: { 403: { "x-inin-error-codes": { "not.a.user": "…" } } } },
      { grantRule: null },
    ],
    [
      "ignores a URN in place of a permission",
      { description: "urn:ietf:params:scim:schemas" },
      { conditionalPermissions: [] },
    ],
    [
      "takes its SDK name from `operationId` when no other is given",
      { operationId: "getUser" },
      { operationId: "getUser" },
    ],
    ["has no SDK name", {}, { operationId: "getUsersUserId" }],
    ["has null in place of objects", null, { permissionMode: "NONE", tag: "" }],
  ])("%s", (_case, operation, expected) => {
    expect(readOne(operation)).toMatchObject(expected);
  });

  test("that only the preview document contains is marked as preview", () => {
    expect(readDefinition(definitionOf({}), { ...options, isPreview: true })).toMatchObject([
      { operation: { isPreview: true }, refusals: [] },
    ]);
  });

  test.each([
    ["/internal/users", "get"],
    ["/api/v1/users", "get"],
    ["/api/v2/with blank", "get"],
    ["/api/v2/users", "parameters"],
  ])("is omitted when path or method are not those of an operation: %s %s", (path, method) => {
    expect(readDefinition(definitionOf({}, path, method), options)).toEqual([]);
  });
});

describe("a document that is not the definition is refused", () => {
  test.each([
    ["HTML", "<html>", "it is not a Swagger 2.0 definition"],
    ["an error response", { message: "x", status: 500 }, "it is not a Swagger 2.0 definition"],
    ["a list", [], "it is not a Swagger 2.0 definition"],
    ["OpenAPI 3", { openapi: "3.0.0", paths: {} }, "it is not a Swagger 2.0 definition"],
    [
      "a document with few operations",
      definitionOf({}),
      "it defines 1 operations, but a complete definition has at least 100",
    ],
    [
      "a document without paths",
      { swagger: "2.0" },
      "it defines 0 operations, but a complete definition has at least 100",
    ],
  ])("%s", (_case, document, reason) => {
    expect(readDefinition(document, { ...options, minimumOperations: 100 })).toBe(reason);
  });
});
