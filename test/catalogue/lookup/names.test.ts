import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { classifyName, lookUpPermission } from "../../../src/catalogue/lookup/permission-name.ts";
import { requirePermission } from "../../../src/catalogue/lookup/require-name.ts";
import { closestScopes, lookUpScope } from "../../../src/catalogue/lookup/scope-name.ts";

const catalogue = loadCatalogue();

describe("the name of a permission", () => {
  test.each([
    ["analytics:conversationDetail:view", "analytics:conversationDetail:view", null],
    ["ANALYTICS:CONVERSATIONDETAIL:VIEW", "analytics:conversationDetail:view", null],
    [" routing:queue:view ", "routing:queue:view", null],
    ["admin", "admin", null],
    ["content_management_user", "content_management_user", null],
    ["telephony:extensionPool:edit:6f1c7b0e", "telephony:extensionPool:edit", "6f1c7b0e"],
  ])("is found in upper or lower case: %s", (text, permission, divisionId) => {
    expect(lookUpPermission(catalogue, text)).toEqual({ kind: "found", permission, divisionId });
  });

  test("is distinguished from a scope", () => {
    expect(lookUpPermission(catalogue, "analytics:readonly")).toEqual({
      kind: "scope",
      scope: "analytics:readonly",
      correction:
        "`analytics:readonly` is an OAuth scope, not a permission: permissions look like `domain:entity:action`",
    });
  });

  test.each([
    ["analytics:conversation:view", "analytics:conversationDetail:view"],
    ["analytics:conversationDetails:view", "analytics:conversationDetail:view"],
    ["analytic:conversationDetail:view", "analytics:conversationDetail:view"],
    ["recording:recording:veiw", "recording:recording:view"],
    ["routing:queue:write", "routing:queue:edit"],
    ["outbound:contactlist:write", "outbound:contactList:edit"],
  ])("that is unknown has a closest name: %s is closest to %s", (text, closest) => {
    const lookup = lookUpPermission(catalogue, text);
    expect(lookup.kind === "unknown" ? lookup.closest[0] : lookup).toBe(closest);
  });

  test("cannot be a pattern", () => {
    expect(lookUpPermission(catalogue, "routing:*:*")).toMatchObject({
      kind: "unknown",
      correction: "`routing:*:*` is a pattern from a role, not a permission; specify a single permission",
    });
  });

  test("that a command receives must exist", () => {
    expect(requirePermission(catalogue, "Routing:Queue:View")).toBe("routing:queue:view");
    expect(() => requirePermission(catalogue, "routing:queue:write")).toThrowError(
      expect.objectContaining({
        code: "usage.unknown_permission",
        exit: "usage",
        message: "`routing:queue:write` is not a permission in the catalog of 2026-09-16",
        hint: expect.stringContaining("did you mean `routing:queue:edit`"),
      }),
    );
    expect(() => requirePermission(catalogue, "analytics:readonly")).toThrowError(
      expect.objectContaining({
        code: "usage.unknown_permission",
        hint: "search for it: genscope catalog search WORDS",
      }),
    );
  });
});

describe("an invented permission in an existing domain has no closest name", () => {
  test.each(["wfm:compliance:read", "analytics:foo:view", "login:admin", "outbound:webhook:create"])(
    "%s",
    (text) => {
      const lookup = lookUpPermission(catalogue, text);
      expect(lookup.kind === "unknown" ? lookup.closest : lookup).toEqual([]);
    },
  );
});

describe("the name of a scope", () => {
  test.each(["analytics", "analytics:readonly", "user-basic-info", "audits:readonly", "web-chat"])(
    "is found: %s",
    (scope) => {
      expect(lookUpScope(catalogue, scope.toUpperCase())).toEqual({ kind: "found", scope });
    },
  );

  test("is distinguished from a permission", () => {
    expect(lookUpScope(catalogue, "routing:queue:view")).toEqual({
      kind: "permission",
      permission: "routing:queue:view",
      correction: "`routing:queue:view` is a permission, not an OAuth scope: a role grants it",
    });
  });

  test.each([
    ["user:read", ["users", "users:readonly"]],
    ["conversation:read", ["conversations", "conversations:readonly"]],
    ["users:manage", ["users", "users:readonly"]],
    ["audits", ["audits:readonly"]],
    ["notification:readonly", ["notifications"]],
    ["offline_access", []],
  ])("that is unknown has closest names: %s is closest to %j", (text, closest) => {
    expect(closestScopes(catalogue, text)).toEqual(closest);
    expect(lookUpScope(catalogue, text).kind).toBe("unknown");
  });

  test.each([
    ["users:manage", "`users:manage` is not a scope of the platform, but `users` and `users:readonly` are"],
    [
      "routing:queue:write",
      "`routing:queue:write` is not a scope: a name of three parts is a permission, and no operation in the catalog of 2026-09-16 needs this one",
    ],
    ["__proto__", "`__proto__` is not a scope of the platform"],
  ])("that is unknown leads to a correction: %s", (text, correction) => {
    expect(lookUpScope(catalogue, text)).toMatchObject({ kind: "unknown", correction });
  });
});

describe("classifies a name", () => {
  test.each([
    ["analytics:conversationDetail:view", { kind: "permission", name: "analytics:conversationDetail:view" }],
    ["analytics:readonly", { kind: "scope", name: "analytics:readonly" }],
    ["routing", { kind: "scope", name: "routing" }],
  ])("%s", (text, expected) => {
    expect(classifyName(catalogue, text)).toEqual(expected);
  });

  test.each([
    ["analytics:query", "`analytics` and `analytics:readonly`"],
    ["analytics:view", "`analytics` and `analytics:readonly`"],
    ["analytics:read", "`analytics` and `analytics:readonly`"],
    ["analytics:report:read", "`analytics:conversationDetail:view`"],
    ["analytics:conversation:view", "`analytics:conversationDetail:view`"],
    ["offline_access", "the platform has no OpenID scopes"],
    ["openid", "the platform has no OpenID scopes"],
    ["profile", "the platform has no OpenID scopes"],
    ["view:myprofile", "`users:readonly`"],
    ["agent:login", "depends on permissions"],
    ["conversation:read", "`conversations:readonly`"],
    ["user:read", "`users:readonly`"],
    ["users:manage", "`users:readonly`"],
    ["routing:queue:write", "is not a permission"],
  ])("as invented, with a correction: %s (%s)", (text, words) => {
    expect(classifyName(catalogue, text)).toMatchObject({
      kind: "invented",
      correction: expect.stringContaining(words),
    });
  });
});
