import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { lookUpPermission } from "../../../src/catalogue/lookup/permission-name.ts";

const catalogue = loadCatalogue();

describe("a permission in the wording of the admin interface", () => {
  test.each([
    ["Routing > Queue > View", "routing:queue:view"],
    ["Analytics > Conversation Detail > View", "analytics:conversationDetail:view"],
    ["analytics>conversation detail>view", "analytics:conversationDetail:view"],
    ["Recording › Recording › View", "recording:recording:view"],
    ["Quality → Evaluation → View", "quality:evaluation:view"],
    ["Authorization > Role > View", "authorization:role:view"],
    ["Routing / Queue / Edit", "routing:queue:edit"],
  ])("%s is %s", (text, permission) => {
    expect(lookUpPermission(catalogue, text)).toEqual({ kind: "found", permission, divisionId: null });
  });
});

describe("the first suggestion for the wording of a permission", () => {
  test.each([
    ["view:queue:routing", "routing:queue:view"],
    ["queue:routing:view", "routing:queue:view"],
    ["routing:view:queue", "routing:queue:view"],
    ["view:conversationDetail:analytics", "analytics:conversationDetail:view"],
    ["routing:queue:read", "routing:queue:view"],
    ["routing:queue:get", "routing:queue:view"],
    ["routing:queue:list", "routing:queue:view"],
    ["routing:queue:write", "routing:queue:edit"],
    ["routing:queue:update", "routing:queue:edit"],
    ["routing:queue:create", "routing:queue:add"],
    ["routing:queue:remove", "routing:queue:delete"],
    ["routing:queues:read", "routing:queue:view"],
    ["routing.queue.view", "routing:queue:view"],
    ["Routing > Queues > Read", "routing:queue:view"],
    ["authorization:roles:create", "authorization:role:add"],
    ["users:read", "directory:user:view"],
    ["directory:users:read", "directory:user:view"],
    ["queue:view", "routing:queue:view"],
    ["recording:read", "recording:recording:view"],
    ["outbound:campaign:write", "outbound:campaign:edit"],
    ["integration:dataaction:execute", "integrations:action:execute"],
    ["wfm:adherence:view", "wfm:realtimeAdherence:view"],
  ])("%s leads to %s", (text, meant) => {
    const lookup = lookUpPermission(catalogue, text);
    expect(lookup.kind === "unknown" ? lookup.closest[0] : lookup).toBe(meant);
  });
});

test.each(["routing:queue:read", "routing:queues:list", "queue:read", "outbound:campaign:get"])(
  "the wording %s leads to no permission that changes something",
  (text) => {
    const lookup = lookUpPermission(catalogue, text);
    const closest = lookup.kind === "unknown" ? lookup.closest : [];
    expect(closest).not.toEqual([]);
    expect(closest.filter((permission) => /:(?:add|edit|delete|manage|all)$/.test(permission))).toEqual([]);
  },
);

test.each(["kubernetes:pod:exec", "xyzzy", "a:b:c", ">>>", "> > >"])(
  "the wording %s leads to no suggestion",
  (text) => {
    expect(lookUpPermission(catalogue, text)).toMatchObject({ kind: "unknown", closest: [] });
  },
);
