import { describe, expect, test } from "vitest";
import type { AuditedChange, ChangeEffect } from "../../../src/access/history/audited-change.ts";
import { permissionsInValues } from "../../../src/access/history/permission-values.ts";
import { findSince, replayBackwards, type VerdictSince } from "../../../src/access/history/verdict-since.ts";
import type { Principal } from "../../../src/platform/reading/principal.ts";
import { clientPrincipal, grant, role } from "../../support/principals.ts";

const VIEW = "routing:queue:view";

function change(atMs: number, effect: ChangeEffect): AuditedChange {
  return {
    id: `audit ${atMs}`,
    atMs,
    actor: { kind: "system", id: null, name: null },
    entityType: "Role",
    action: "Update",
    entity: { id: "role-a", name: "a" },
    effect,
  };
}

/**
 * Returns the verdict on a principal: allowed if a role with the permission is held in every division,
 * conditional if only in some.
 */
function judge({ grants }: Principal) {
  const held = (grants ?? []).filter(({ role: { policies } }) =>
    policies.some(({ domain, actions }) => ["routing", "*"].includes(domain) && !actions.includes("edit")),
  );
  if (held.some(({ division }) => division === "*")) return "allowed";
  return held.length > 0 ? "conditional" : "denied";
}

function since(principal: Principal, changes: readonly AuditedChange[]): Partial<VerdictSince> {
  const { state, atMs, before, doubt } = findSince(
    judge(principal),
    replayBackwards(principal, changes),
    judge,
  );
  return { state, atMs, before, doubt };
}

const HOLDER = clientPrincipal({ grants: [grant(role("a", VIEW))], roles: [role("a", VIEW)] });
const EMPTY = clientPrincipal({ grants: [grant(role("a"))], roles: [role("a")] });

describe("the time from which a verdict has held", () => {
  test("is the time of the change that caused the verdict, not of a later change without effect", () => {
    const changes = [
      change(30, { kind: "role", roleId: "role-a", added: ["users:user:view"], removed: [] }),
      change(20, { kind: "role", roleId: "role-a", added: [VIEW], removed: [] }),
    ];
    const held = clientPrincipal({
      grants: [grant(role("a", VIEW, "users:user:view"))],
      roles: [role("a", VIEW, "users:user:view")],
    });
    expect(since(held, changes)).toEqual({ state: "known", atMs: 20, before: "denied", doubt: null });
  });

  test.each<[string, ChangeEffect]>([
    [
      "a permission that was removed but is held",
      { kind: "role", roleId: "role-a", added: [], removed: [VIEW] },
    ],
    [
      "a permission that was added but is not held",
      { kind: "role", roleId: "role-a", added: ["x:y:z"], removed: [] },
    ],
    ["a role that was granted but is not held", { kind: "granted", roleId: "role-b", divisions: ["*"] }],
    ["a role that was revoked but is held", { kind: "revoked", roleId: "role-a", divisions: ["*"] }],
    [
      "a role that was deleted but exists",
      { kind: "role-deleted", roleId: "role-a", name: "a", permissions: [] },
    ],
    ["a role that was created after it was already held", { kind: "role-created", roleId: "role-a" }],
  ])("is uncertain when the history contradicts the current state: %s", (_name, effect) => {
    expect(since(HOLDER, [change(20, effect), change(10, { kind: "unstated" })])).toEqual({
      state: "at-latest",
      atMs: 20,
      before: null,
      doubt: "contradiction",
    });
  });

  test("is certain for a revoked role even when the history does not name the division", () => {
    const held = role("a", VIEW);
    const none = clientPrincipal({ grants: [], roles: [held] });
    const changes = [change(20, { kind: "revoked", roleId: "role-a", divisions: null })];
    expect(since(none, changes)).toEqual({ state: "known", atMs: 20, before: null, doubt: null });
  });

  test("is uncertain after an unknown change to a role, unless another role decides the verdict", () => {
    const changes = [change(20, { kind: "role-unstated", roleId: "role-a" })];
    expect(since(EMPTY, changes)).toMatchObject({ state: "at-latest", atMs: 20, doubt: "ambiguous" });
    const other = clientPrincipal({ grants: [grant(role("a")), grant(role("b", VIEW))], roles: null });
    expect(since(other, changes)).toMatchObject({ state: "longer", atMs: null });
  });

  test("is the creation of the client when nothing changed later", () => {
    expect(since(HOLDER, [change(20, { kind: "client-created" })])).toMatchObject({
      state: "known",
      atMs: 20,
    });
  });

  test("is uncertain when the grants could not be read", () => {
    const unread = clientPrincipal({ grants: null });
    const changes = [change(20, { kind: "role-unstated", roleId: "role-a" })];
    expect(since(unread, changes)).toMatchObject({ state: "at-latest", doubt: "unread" });
  });
});

test.each<[readonly string[], readonly string[] | null]>([
  [
    ["routing:queue:view", "admin", "routing:*:*"],
    ["routing:queue:view", "admin", "routing:*:*"],
  ],
  [
    ['{"domain":"routing","entityName":"queue","actionSet":["view","edit"]}'],
    ["routing:queue:view", "routing:queue:edit"],
  ],
  [['["a:b:c","d:e:f"]'], ["a:b:c", "d:e:f"]],
  [['{"domain":"a","entityName":"b","actionSet":["c"],"resourceConditionNode":{"x":1}}'], null],
  [["view and edit queues"], null],
  [["{broken"], null],
])("reads the permissions in the audit values %j", (values, expected) => {
  expect(permissionsInValues(values)).toEqual(expected);
});
