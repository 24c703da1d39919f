import { describe, expect, test } from "vitest";
import { comparePrincipals, type Side } from "../../../src/access/compare/compare.ts";
import type { Operation } from "../../../src/catalogue/facts/operation.ts";
import type { Principal } from "../../../src/platform/reading/principal.ts";
import {
  clientPrincipal,
  grant,
  HOME,
  role,
  SALES,
  underCondition,
  userPrincipal,
} from "../../support/principals.ts";
import { judged } from "../../support/request-items.ts";

const viewer = role("Viewer", "analytics:conversationDetail:view");
const QUEUES: Partial<Operation> = {
  method: "GET",
  path: "/api/v2/routing/queues",
  permissionMode: "ALL",
  permissions: ["routing:queue:view"],
};

/** Evaluates the same operations for both principals and compares the verdicts. */
function compare(
  here: Principal,
  there: Principal,
  operations: readonly Partial<Operation>[] = [{}],
  sides: Partial<Side> = {},
) {
  const side = (name: string, principal: Principal): Side => ({
    name,
    principal,
    region: "mypurecloud.de",
    divisionId: null,
    ...sides,
  });
  const items = operations.map((differences) => {
    const judgedFor = (principal: Principal) =>
      judged(principal, differences, { divisionId: sides.divisionId ?? null });
    const { name, permissions } = judgedFor(here);
    return { name, permissions, here: judgedFor(here), there: judgedFor(there) };
  });
  return comparePrincipals(side("dev", here), side("prod", there), items);
}

const rows = (...given: Parameters<typeof compare>) =>
  compare(...given).differences.map(({ aspect, permission, here, there, decides }) => [
    decides.length,
    permission ?? aspect,
    here,
    there,
  ]);

test("finds no difference between equal principals", () => {
  const principal = clientPrincipal({ grants: [grant(viewer)] });
  expect(compare(principal, principal)).toEqual({
    here: "dev",
    there: "prod",
    differences: [],
    results: [
      {
        name: "POST /api/v2/analytics/conversations/details/query",
        here: { verdict: "allowed", layer: "none" },
        there: { verdict: "allowed", layer: "none" },
        isSame: true,
      },
    ],
  });
});

test("lists the deciding differences first for a call that works in dev and returns 403 in prod", () => {
  const dev = clientPrincipal({
    grants: [grant(viewer), grant(role("Queues", "routing:queue:view"))],
    organization: { id: "org-dev", name: "Example Dev" },
    homeOrganization: { id: "org-dev", name: "Example Dev" },
  });
  const prod = clientPrincipal({ grants: [grant(role("Queues", "routing:queue:view"))] });
  expect(compare(dev, prod, [{}, QUEUES])).toEqual({
    here: "dev",
    there: "prod",
    differences: [
      {
        aspect: "permission",
        permission: "analytics:conversationDetail:view",
        here: 'role "Viewer" in every division',
        there: "in no role",
        decides: ["POST /api/v2/analytics/conversations/details/query"],
      },
      { aspect: "organization", permission: null, here: "Example Dev", there: "Example", decides: [] },
      {
        aspect: "roles",
        permission: null,
        here: 'role "Queues" in every division, role "Viewer" in every division',
        there: 'role "Queues" in every division',
        decides: [],
      },
    ],
    results: [
      {
        name: "POST /api/v2/analytics/conversations/details/query",
        here: { verdict: "allowed", layer: "none" },
        there: { verdict: "denied", layer: "permission" },
        isSame: false,
      },
      {
        name: "GET /api/v2/routing/queues",
        here: { verdict: "allowed", layer: "none" },
        there: { verdict: "allowed", layer: "none" },
        isSame: true,
      },
    ],
  });
});

describe("marks as the cause of different verdicts", () => {
  const held = { grants: [grant(viewer)] };

  test("a scope that one token lacks, when scopes are enforced", () => {
    expect(rows(userPrincipal(held), userPrincipal({ ...held, scopes: ["users"] }))).toEqual([
      [1, "scopes", "analytics:readonly", "users"],
    ]);
  });

  test("the enforcement of scopes, when both tokens lack a scope and one is checked for it", () => {
    const scopes = { ...held, scopes: ["users"] };
    expect(rows(userPrincipal({ ...scopes, scopesBind: "no" }), userPrincipal(scopes))).toEqual([
      [1, "scopes bind", "no", "yes"],
    ]);
  });

  test("no scope of a token whose scopes are not enforced", () => {
    expect(rows(clientPrincipal(held), clientPrincipal({ ...held, scopes: ["users"] }))).toEqual([
      [0, "scopes", "none", "users"],
    ]);
  });

  test("the grant type for an operation that needs a user", () => {
    const forUsers: Partial<Operation> = { grantRule: "not-client-credentials" };
    const differing = rows(userPrincipal(held), clientPrincipal(held), [forUsers]);
    expect(differing.find(([decides]) => decides === 1)).toEqual([
      1,
      "grant",
      "user, code",
      "client, client-credentials",
    ]);
  });

  test("a permission that one side holds only in another division", () => {
    const there = clientPrincipal({ grants: [grant(viewer, HOME)] });
    expect(rows(clientPrincipal(held), there, [{}], { divisionId: SALES.id })[0]).toEqual([
      1,
      "analytics:conversationDetail:view",
      'role "Viewer" in every division',
      'in another division only: role "Viewer" in division "Home"',
    ]);
  });

  test("a permission that one side holds only under a condition", () => {
    expect(
      rows(clientPrincipal(held), clientPrincipal({ grants: [grant(underCondition(viewer))] }))[0],
    ).toEqual([
      1,
      "analytics:conversationDetail:view",
      'role "Viewer" in every division',
      'under a condition: role "Viewer" in every division',
    ]);
  });

  test("a permission that one organization does not own", () => {
    const owning = clientPrincipal(held);
    const there = { ...owning, ownedPermissions: new Map([...(owning.ownedPermissions ?? [])].slice(2)) };
    expect(rows(owning, there)).toEqual([
      [
        1,
        "analytics:conversationDetail:view",
        'role "Viewer" in every division',
        "not owned by the organization",
      ],
      [0, "analytics:agentConversationDetail:view", "in no role", "not owned by the organization"],
    ]);
    const ungranted = { ...owning, grants: [] };
    expect(
      rows(ungranted, { ...ungranted, ownedPermissions: new Map() }).map(([decides]) => decides),
    ).toEqual([1, 1]);
  });

  test("no permission that both sides hold, although their roles differ", () => {
    const both: Partial<Operation> = {
      permissionMode: "ALL",
      permissions: ["analytics:conversationDetail:view", "routing:queue:view"],
    };
    const here = clientPrincipal({ grants: [grant(viewer), grant(role("Queues", "routing:queue:view"))] });
    const there = clientPrincipal({ grants: [grant(role("Analyst", "analytics:*:*"))] });
    expect(rows(here, there, [both]).map(([decides, what]) => [decides, what])).toEqual([
      [1, "routing:queue:view"],
      [0, "roles"],
      [0, "analytics:conversationDetail:view"],
    ]);
  });

  test("an enabled access policy that denies the permission", () => {
    const policy = {
      id: "policy-1",
      name: "No details",
      effect: "deny",
      isEnabled: true,
      target: "analytics:conversationDetail:view",
      appliesToClients: true,
      hasCondition: false,
    };
    const disabled = { ...policy, id: "policy-2", name: "Old", isEnabled: false };
    expect(
      rows(clientPrincipal(held), clientPrincipal({ ...held, accessPolicies: [policy, disabled] })),
    ).toEqual([[1, "access policies", "none", '"No details" (DENY on analytics:conversationDetail:view)']]);
  });

  test("a token that the service refuses", () => {
    const refusal = {
      layer: "token" as const,
      status: 401,
      code: "bad.credentials",
      message: "Invalid login",
      correlationId: null,
    };
    const differing = rows(clientPrincipal(held), clientPrincipal({ ...held, refusal }));
    expect(differing).toEqual([[1, "token", "accepted", "refused: Invalid login"]]);
  });

  test("a fact that could not be read and leaves the verdict undecided", () => {
    const unreadable = [
      { what: "access policies" as const, reason: "403", permissions: [], scopes: [], call: null },
    ];
    expect(
      rows(clientPrincipal(held), clientPrincipal({ ...held, accessPolicies: null, unreadable })),
    ).toEqual([
      [1, "access policies", "none", "could not be read"],
      [1, "unreadable", "none", "access policies"],
    ]);
  });
});

test("lists differences in region and client in the platform's order of checks", () => {
  const here = clientPrincipal();
  const client = here.client;
  const there = clientPrincipal({
    client: client && { ...client, name: "Other service", state: "inactive" },
  });
  const side = (name: string, principal: Principal, region: string): Side => ({
    name,
    principal,
    region,
    divisionId: null,
  });
  const { differences } = comparePrincipals(
    side("a", here, "mypurecloud.de"),
    side("b", there, "usw2.pure.cloud"),
    [],
  );
  expect(differences.map(({ aspect }) => aspect)).toEqual(["region", "client", "client state"]);
});
