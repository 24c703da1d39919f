import { describe, expect, test } from "vitest";
import { findLeastPrivilege } from "../../../src/access/least/least-privilege.ts";
import type { Need, SingleNeed } from "../../../src/access/least/need.ts";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import type { Operation } from "../../../src/catalogue/facts/operation.ts";
import { operation } from "../../support/principals.ts";

const catalogue = loadCatalogue();

/** Returns the need for an operation whose path is a single word. */
function call(
  word: string,
  mode: Operation["permissionMode"],
  permissions: readonly string[],
  differences: Partial<Operation> = {},
): SingleNeed {
  return {
    kind: "operation",
    operation: operation({
      method: "GET",
      path: `/${word}`,
      permissionMode: mode,
      permissions,
      ...differences,
    }),
  };
}

function real(...names: readonly string[]): readonly SingleNeed[] {
  return names.map((name) => {
    const [method = "", path = ""] = name.split(" ");
    const found = catalogue.find(method, path);
    if (found === null) throw new Error(`no such operation: ${name}`);
    return { kind: "operation", operation: found };
  });
}

function permission(name: string): SingleNeed {
  return { kind: "permission", permission: name };
}

function namesOf(needs: readonly Need[], owned: readonly string[] | null = null): readonly string[] {
  return findLeastPrivilege(needs, { owned: owned === null ? null : new Set(owned) }).permissions.map(
    (each) => each.permission,
  );
}

describe("the least permissions for several calls", () => {
  test.each<[string, readonly Need[], readonly string[]]>([
    ["are an empty list without a call", [], []],
    ["are an empty list for an operation that lists no permission", [call("a", "NONE", [])], []],
    [
      "are both when an operation needs both",
      [call("a", "ALL", ["x:y:edit", "x:y:view"])],
      ["x:y:edit", "x:y:view"],
    ],
    [
      "are the alternative that only reads, even when it is listed last",
      [call("a", "ANY", ["x:y:edit", "x:z:view"])],
      ["x:z:view"],
    ],
    [
      "are not the alternative that shows only some kinds of objects",
      [call("a", "ANY", ["x:partItem:view", "x:item:view"]), call("b", "ALL", ["x:item:edit"])],
      ["x:item:edit", "x:item:view"],
    ],
    [
      "are those that show all conversations and recordings",
      real(
        "POST /api/v2/analytics/conversations/details/query",
        "GET /api/v2/conversations/{conversationId}/recordings",
      ),
      ["analytics:conversationDetail:view", "recording:recording:view"],
    ],
    [
      "are the first alternative when all of them only read",
      [call("a", "ANY", ["x:z:view", "x:a:view"])],
      ["x:z:view"],
    ],
    [
      "are the alternative that another call needs anyway",
      [call("a", "ANY", ["x:y:view", "x:y:edit"]), call("b", "ALL", ["x:y:edit"])],
      ["x:y:edit"],
    ],
    [
      "are the alternative that two calls share, even if each lists another one first",
      [call("a", "ANY", ["x:a:view", "x:c:view"]), call("b", "ANY", ["x:b:view", "x:c:view"])],
      ["x:c:view"],
    ],
    [
      "include a permission that is needed without an operation",
      [permission("x:y:view"), call("a", "ANY", ["x:z:view", "x:y:view"])],
      ["x:y:view"],
    ],
    [
      "are those of the alternative that needs fewer",
      [
        {
          kind: "alternatives",
          alternatives: [call("a", "ALL", ["x:a:view", "x:b:view"]), call("b", "ALL", ["x:c:view"])] as const,
        },
      ],
      ["x:c:view"],
    ],
    [
      "are those of the alternative that another need includes",
      [
        {
          kind: "alternatives",
          alternatives: [call("a", "ALL", ["x:a:view", "x:b:view"]), call("b", "ALL", ["x:c:view"])] as const,
        },
        call("c", "ALL", ["x:a:view", "x:b:view"]),
      ],
      ["x:a:view", "x:b:view"],
    ],
    ["leave out names that cannot be in a role", [call("a", "ANY", ["admin", "x:y:edit"])], ["x:y:edit"]],
    [
      "are one permission for reading queues and their members",
      real(
        "GET /api/v2/routing/queues",
        "GET /api/v2/routing/queues/{queueId}",
        "GET /api/v2/routing/queues/{queueId}/members",
      ),
      ["routing:queue:view"],
    ],
  ])("%s", (_, needs, expected) => {
    expect(namesOf(needs)).toEqual(expected);
  });

  test("contain only what the organization owns", () => {
    const needs = [call("a", "ANY", ["x:a:view", "x:b:view"])];
    expect(namesOf(needs, ["x:b:view"])).toEqual(["x:b:view"]);
  });

  test("list the calls that need each permission, and its alternatives", () => {
    const { permissions, ties, isExact } = findLeastPrivilege([
      call("a", "ANY", ["x:a:view", "x:b:view"]),
      call("b", "ALL", ["x:c:edit"]),
      permission("x:c:edit"),
    ]);
    expect(permissions).toEqual([
      { permission: "x:a:view", neededFor: ["GET /a"] },
      { permission: "x:c:edit", neededFor: ["GET /b", "x:c:edit"] },
    ]);
    expect(ties).toEqual([{ chosen: ["x:a:view"], others: [["x:b:view"]], isComplete: true }]);
    expect(isExact).toBe(true);
  });

  test("are exact for all operations together", () => {
    const needs = Array.from(
      catalogue.operations(),
      (each): Need => ({ kind: "operation", operation: each }),
    );
    const { permissions, isExact } = findLeastPrivilege(needs);
    expect(isExact).toBe(true);
    const held = new Set(permissions.map((each) => each.permission));
    const unsatisfied = [...catalogue.operations()].filter(({ permissionMode, permissions: listed }) => {
      const grantable = listed.filter((name) => name.includes(":"));
      if (permissionMode === "ANY") return grantable.length > 0 && !grantable.some((name) => held.has(name));
      return permissionMode === "ALL" && !listed.every((name) => held.has(name));
    });
    expect(unsatisfied).toEqual([]);
  });
});

test("grants a legacy permission only where nothing else suffices", () => {
  const namesOf = (...needs: readonly Need[]) =>
    findLeastPrivilege(needs).permissions.map(({ permission }) => permission);
  expect(namesOf(call("a", "ANY", ["content_management_user"]))).toEqual(["content_management_user"]);
  // A single permission, `admin`, would cover both operations, but it allows far more.
  expect(namesOf(call("a", "ANY", ["admin", "x:a:edit"]), call("b", "ANY", ["admin", "x:a:delete"]))).toEqual(
    ["x:a:delete", "x:a:edit"],
  );
});

describe("the least-privilege role", () => {
  test.each<[string, Need, readonly string[] | null, "not owned"]>([
    ["a legacy name", call("a", "ANY", ["content_management_user"]), [], "not owned"],
    [
      "a permission that the organization does not own",
      call("a", "ALL", ["x:a:view", "x:b:view"]),
      ["x:a:view"],
      "not owned",
    ],
  ])("reports %s as impossible to grant", (_, need, owned, reason) => {
    const least = findLeastPrivilege([need], { owned: owned === null ? null : new Set(owned) });
    expect(least.permissions).toEqual([]);
    expect(least.unmet).toMatchObject([{ need: "GET /a", reason }]);
  });
});

test("lists separately the permissions that only some requests need, unless another call always needs them", () => {
  const needs = [
    call("a", "ALL", ["x:a:view"], { conditionalPermissions: ["x:b:view", "x:c:view"] }),
    call("b", "ALL", ["x:c:view"], { conditionalPermissions: ["x:b:view"] }),
  ];
  const least = findLeastPrivilege(needs);
  expect(least.permissions.map((each) => each.permission)).toEqual(["x:a:view", "x:c:view"]);
  expect(least.conditional).toEqual([{ permission: "x:b:view", neededFor: ["GET /a", "GET /b"] }]);
});

describe("the least scopes for an app", () => {
  const scoped = (...lists: readonly (readonly string[] | null)[]): readonly Need[] =>
    lists.map((scopes, index) => call(`${index}`, "NONE", [], { scopes }));

  test.each<[string, readonly Need[], readonly string[]]>([
    [
      "are the read-only scopes for a call that reads",
      scoped(["routing", "routing:readonly"]),
      ["routing:readonly"],
    ],
    [
      "are scopes that also read, for a call that changes something",
      scoped(["routing"], ["routing", "routing:readonly"]),
      ["routing"],
    ],
    [
      "are one scope per area of the API",
      scoped(["users", "users:readonly"], ["routing", "routing:readonly"]),
      ["routing:readonly", "users:readonly"],
    ],
    [
      "are two read-only scopes rather than one that allows changes",
      scoped(["wide", "a:readonly"], ["wide", "b:readonly"]),
      ["a:readonly", "b:readonly"],
    ],
    [
      "are one read-only scope for both calls rather than two",
      scoped(["a:readonly", "b:readonly"], ["b:readonly", "c:readonly"]),
      ["b:readonly"],
    ],
    [
      "count `user-basic-info` as reading although its name does not show it",
      scoped(["users", "user-basic-info"]),
      ["user-basic-info"],
    ],
    ["are an empty list for an operation that lists no scope", scoped([]), []],
  ])("%s", (_, needs, expected) => {
    expect(findLeastPrivilege(needs).scopes.scopes).toEqual(expected);
  });

  test("are listed apart from unknown and inferred scopes", () => {
    const needs = [
      call("a", "NONE", [], { scopes: null, scopeSource: "unknown" }),
      call("b", "NONE", [], { scopes: ["routing"], scopeSource: "inferred-high" }),
    ];
    expect(findLeastPrivilege(needs).scopes).toMatchObject({
      scopes: ["routing"],
      unknown: ["GET /a"],
      inferred: ["GET /b"],
    });
  });

  test("are those of the alternative that the chosen permissions satisfy", () => {
    const alternatives = [
      call("a", "ALL", ["x:a:view", "x:b:view"], { scopes: ["a:readonly"] }),
      call("b", "ALL", ["x:c:view"], { scopes: ["b:readonly"] }),
    ];
    expect(findLeastPrivilege([{ kind: "alternatives", alternatives }]).scopes.scopes).toEqual([
      "b:readonly",
    ]);
  });
});

describe("the narrower of several sufficient permissions", () => {
  /** Number of operations that each permission allows. Every other permission allows one. */
  const OPENED: Readonly<Record<string, number>> = { "x:all:admin": 9, "x:wide:view": 9, "x:few:manage": 2 };
  const narrowest = (needs: readonly Need[]) =>
    findLeastPrivilege(needs, { opens: (name) => OPENED[name] ?? 1 }).permissions.map(
      (each) => each.permission,
    );

  test.each<[string, readonly Need[], readonly string[]]>([
    [
      "is chosen even when the wider one is listed first",
      [call("a", "ANY", ["x:wide:view", "x:narrow:view"])],
      ["x:narrow:view"],
    ],
    [
      "is one that only reads, even when one that changes something allows less",
      [call("a", "ANY", ["x:narrow:edit", "x:wide:view"])],
      ["x:wide:view"],
    ],
    [
      "is chosen instead of one that allows everything, even if two calls then need two permissions",
      [call("a", "ANY", ["x:all:admin", "x:a:view"]), call("b", "ANY", ["x:all:admin", "x:b:edit"])],
      ["x:a:view", "x:b:edit"],
    ],
    [
      "is one for a whole entity when it allows no more than those it replaces",
      [
        call("a", "ANY", ["x:few:manage", "x:a:view"]),
        call("b", "ANY", ["x:few:manage", "x:b:view"]),
        call("c", "ANY", ["x:few:manage", "x:c:view"]),
      ],
      ["x:few:manage"],
    ],
    [
      "is not added when one that allows everything is needed anyway",
      [call("a", "ALL", ["x:all:admin"]), call("b", "ANY", ["x:b:view", "x:all:admin"])],
      ["x:all:admin"],
    ],
  ])("%s", (_name, needs, chosen) => {
    expect(narrowest(needs)).toEqual(chosen);
  });

  test("is determined by counting the operations that each permission opens", () => {
    const needs = real("GET /api/v2/authorization/settings", "PATCH /api/v2/authorization/settings");
    const opens = (name: string) =>
      catalogue.findByPermission(name).filter(({ permissions }) => permissions.includes(name)).length;
    expect(opens("directory:organization:admin")).toBeGreaterThan(10);
    expect(findLeastPrivilege(needs, { opens }).permissions.map((each) => each.permission)).toEqual([
      "authorization:settings:edit",
      "authorization:settings:view",
    ]);
  });
});
