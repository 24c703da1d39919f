import { describe, expect, test } from "vitest";
import { CLIENT_TOKEN, judge, OWNED, PERMISSIONS, read, TOKEN } from "../reading/canned-service.ts";

async function ownedIn(body: object) {
  const { principal } = await read(
    { [TOKEN]: [200, CLIENT_TOKEN], [PERMISSIONS]: [200, body] },
    "permission catalogue",
  );
  return principal;
}

test("the permission catalog yields domain, entity and action from the map or the entry, and legacy permissions of one word", async () => {
  const queue = [
    { domain: "routing", entityType: "queue", action: "view", label: "See queues", divisionAware: true },
    { action: "edit" },
  ];
  const { ownedPermissions } = await ownedIn({
    entities: [
      { id: "routing", permissionMap: { queue } },
      { domain: "analytics", permissionMap: { dashboard: [{ action: "view" }] } },
      { domain: "admin", permissionMap: { "": [{ entityType: "", action: "" }] } },
    ],
    total: 3,
  });
  const absent = { label: null, isDivisionAware: null };

  expect([...(ownedPermissions?.values() ?? [])]).toEqual([
    { ...absent, permission: "routing:queue:view", label: "See queues", isDivisionAware: true },
    { ...absent, permission: "routing:queue:edit" },
    { ...absent, permission: "analytics:dashboard:view" },
    { ...absent, permission: "admin" },
  ]);
});

describe("an incomplete permission catalog is treated as unreadable", () => {
  const permissionMap = { queue: [OWNED] };
  const whole = { domain: "routing", permissionMap };

  test.each<[string, object]>([
    ["no domains", { entities: [] }],
    ["domains without permissions", { entities: [{ domain: "routing", permissionMap: {} }] }],
    ["a domain without a permission map", { entities: [whole, { domain: "analytics" }] }],
    ["a permission map that is a list", { entities: [whole, { domain: "analytics", permissionMap: [] }] }],
    ["an entity without a list", { entities: [whole, { domain: "a", permissionMap: { b: null } }] }],
    ["an entry without an action", { entities: [whole, { domain: "a", permissionMap: { b: [{}] } }] }],
    [
      "an entry with an empty action",
      { entities: [whole, { domain: "a", permissionMap: { b: [{ action: "" }] } }] },
    ],
    ["a domain without a name", { entities: [whole, { permissionMap }] }],
    ["fewer entries than the total it reports", { entities: [whole], total: 120, pageCount: 1 }],
    ["a next page that repeats the first", { entities: [whole], pageCount: 1, nextUri: "/next" }],
  ])("%s", async (_name, body) => {
    const { ownedPermissions, unreadable } = await ownedIn(body);

    expect(ownedPermissions).toBeNull();
    expect(unreadable).toEqual([expect.objectContaining({ what: "permission catalogue" })]);
    const { verdict, layer } = await judge({ [PERMISSIONS]: [200, body] });
    expect([verdict, layer]).toEqual(["unknown", "permission"]);
  });
});
