import { describe, expect, test } from "vitest";
import { findExcess } from "../../../src/access/least/excess.ts";
import type { Need } from "../../../src/access/least/need.ts";
import {
  clientPrincipal,
  grant,
  HOME,
  operation,
  role as roleOf,
  SALES,
  underCondition,
} from "../../support/principals.ts";

/** Returns a role whose list of legacy names was read and is empty. */
function role(...words: Parameters<typeof roleOf>): ReturnType<typeof roleOf> {
  return { ...roleOf(...words), legacyPermissions: [] };
}

const QUEUES: Need = { kind: "permission", permission: "routing:queue:view" };
/** The conversation detail query, which needs one of two permissions. */
const DETAILS: Need = { kind: "operation", operation: operation() };

describe("a token that holds only what is needed has no excess", () => {
  test("when every permission is needed", () => {
    const principal = clientPrincipal({ grants: [grant(role("Reporting", "routing:queue:view"), HOME)] });
    expect(findExcess(principal, [QUEUES])).toEqual({
      verdict: "none",
      permissions: [],
      roles: [],
      evidence: [],
    });
  });

  test.each<[string, string, readonly Need[]]>([
    [
      "when it holds the second of two alternative permissions",
      "analytics:agentConversationDetail:view",
      [DETAILS],
    ],
    [
      "when its wildcard covers only the needed permission in this organization",
      "authorization:*:*",
      [{ kind: "permission", permission: "authorization:role:view" }],
    ],
    [
      "when it holds one of two required permissions",
      "routing:queue:view",
      [
        {
          kind: "operation",
          operation: operation({
            permissionMode: "ALL",
            permissions: ["routing:queue:view", "routing:queue:edit"],
          }),
        },
      ],
    ],
    [
      "when only some requests need the permission",
      "routing:queue:view",
      [
        {
          kind: "operation",
          operation: operation({
            permissionMode: "NONE",
            permissions: [],
            conditionalPermissions: ["routing:queue:view"],
          }),
        },
      ],
    ],
    [
      "when its role also lists a permission that the organization does not own",
      "routing:queue:view,fly",
      [QUEUES],
    ],
    [
      "when it holds the permission of one alternative",
      "routing:queue:view",
      [
        {
          kind: "alternatives",
          alternatives: [
            { kind: "permission", permission: "analytics:dashboard:view" },
            { kind: "permission", permission: "routing:queue:view" },
          ],
        },
      ],
    ],
  ])("%s", (_, line, needs) => {
    const principal = clientPrincipal({ grants: [grant(role("Reporting", line))] });
    expect(findExcess(principal, needs).verdict).toBe("none");
  });
});

describe("a token that holds more than is needed", () => {
  test("has its unneeded roles listed first, then those with the most excess", () => {
    const principal = clientPrincipal({
      grants: [
        grant(role("Reporting", "routing:queue:view,edit"), HOME),
        grant(role("Reporting", "routing:queue:view,edit"), SALES),
        grant(role("Analyst", "analytics:dashboard:view")),
        grant(role("Supervisor", "routing:queue:*", "analytics:*:view")),
      ],
    });
    expect(findExcess(principal, [QUEUES])).toEqual({
      verdict: "excess",
      permissions: [
        "analytics:agentConversationDetail:view",
        "analytics:conversationAggregate:view",
        "analytics:conversationDetail:view",
        "analytics:dashboard:view",
        "routing:queue:delete",
        "routing:queue:edit",
      ],
      roles: [
        {
          role: { id: "role-analyst", name: "Analyst" },
          divisions: ["*"],
          needed: [],
          excess: ["analytics:dashboard:view"],
          wildcards: [],
        },
        {
          role: { id: "role-supervisor", name: "Supervisor" },
          divisions: ["*"],
          needed: ["routing:queue:view"],
          excess: [
            "analytics:agentConversationDetail:view",
            "analytics:conversationAggregate:view",
            "analytics:conversationDetail:view",
            "analytics:dashboard:view",
            "routing:queue:delete",
            "routing:queue:edit",
          ],
          wildcards: ["analytics:*:view", "routing:queue:*"],
        },
        {
          role: { id: "role-reporting", name: "Reporting" },
          divisions: ["Home", "Sales"],
          needed: ["routing:queue:view"],
          excess: ["routing:queue:edit"],
          wildcards: [],
        },
      ],
      evidence: [],
    });
  });

  test("has an excess permission when it holds both of two alternatives", () => {
    const both = role(
      "Reporting",
      "analytics:conversationDetail:view",
      "analytics:agentConversationDetail:view",
    );
    expect(findExcess(clientPrincipal({ grants: [grant(both)] }), [DETAILS])).toMatchObject({
      verdict: "excess",
      permissions: ["analytics:conversationDetail:view"],
    });
  });

  test.each([
    { listed: ["admin"], lines: [], needed: [], excess: ["admin"] },
    {
      listed: ["content_management_user", "admin"],
      lines: [],
      needed: [],
      excess: ["admin", "content_management_user"],
    },
    { listed: ["admin"], lines: ["routing:queue:view"], needed: ["routing:queue:view"], excess: ["admin"] },
  ])(
    "has the legacy permissions that its role lists as excess: $listed",
    ({ listed, lines, needed, excess }) => {
      const held = { ...role("Old", ...lines), legacyPermissions: listed };
      expect(findExcess(clientPrincipal({ grants: [grant(held)] }), [QUEUES])).toMatchObject({
        verdict: "excess",
        permissions: excess,
        roles: [{ role: { name: "Old" }, needed, excess }],
      });
    },
  );

  test("has no excess in a legacy permission that a check needs", () => {
    const held = { ...role("Old"), legacyPermissions: ["admin"] };
    const need: Need = { kind: "permission", permission: "admin" };
    expect(findExcess(clientPrincipal({ grants: [grant(held)] }), [need]).verdict).toBe("none");
  });

  test("has as excess every permission of the organization that its wildcard covers", () => {
    const { ownedPermissions } = clientPrincipal();
    const principal = clientPrincipal({ grants: [grant(role("Master", "*:*:*"))] });
    expect(findExcess(principal, [QUEUES])).toMatchObject({
      verdict: "excess",
      permissions: [...(ownedPermissions?.keys() ?? [])]
        .filter((permission) => permission !== "routing:queue:view")
        .toSorted(),
      roles: [{ wildcards: ["*:*:*"] }],
    });
  });

  test("has permissions under a condition as excess too", () => {
    const principal = clientPrincipal({
      grants: [grant(underCondition(role("Reporting", "routing:queue:edit")))],
    });
    expect(findExcess(principal, [QUEUES])).toMatchObject({
      verdict: "excess",
      permissions: ["routing:queue:edit"],
    });
  });
});

describe("roles whose legacy permissions could not be read", () => {
  const unlisted = roleOf("Reporting", "routing:queue:view");
  const unreadable = [
    {
      what: "roles" as const,
      reason: "`GET /api/v2/authorization/roles` answered 403",
      permissions: ["authorization:role:view"],
      scopes: [],
      call: null,
    },
  ];

  test("make the verdict unknown, and the evidence names the permission to read them", () => {
    const principal = clientPrincipal({
      grants: [grant(unlisted, HOME), grant(unlisted, SALES)],
      unreadable,
    });
    expect(findExcess(principal, [QUEUES])).toMatchObject({
      verdict: "unknown",
      permissions: [],
      evidence: [
        {
          kind: "unreadable",
          summary:
            'whether role "Reporting" also lists legacy names such as `admin` could not be read: `GET /api/v2/authorization/roles` answered 403; `authorization:role:view` allows reading it',
        },
      ],
    });
  });

  test("are named once each in the evidence", () => {
    const grants = ["A", "B", "C"].map((name) => grant(roleOf(name, "routing:queue:view")));
    const [evidence] = findExcess(clientPrincipal({ grants }), [QUEUES]).evidence;
    expect(evidence?.summary).toBe(
      'whether roles "A", "B", "C" also list legacy names such as `admin` could not be read',
    );
  });

  test("leave the excess of other permissions certain", () => {
    const grants = [grant(unlisted), grant(role("Analyst", "analytics:dashboard:view"))];
    expect(findExcess(clientPrincipal({ grants }), [QUEUES])).toMatchObject({
      verdict: "excess",
      permissions: ["analytics:dashboard:view"],
      evidence: [{ kind: "unreadable" }],
    });
  });
});

describe("the excess is unknown", () => {
  test("when the grants cannot be read", () => {
    const principal = clientPrincipal({
      grants: null,
      unreadable: [
        { what: "grants", reason: "403", permissions: ["authorization:grant:view"], scopes: [], call: null },
      ],
    });
    expect(findExcess(principal, [QUEUES])).toEqual({
      verdict: "unknown",
      permissions: [],
      roles: [],
      evidence: [
        {
          kind: "unreadable",
          summary:
            "what this token holds: its grants could not be read: 403; `authorization:grant:view` allows reading it",
          permissions: ["authorization:grant:view"],
          scopes: [],
        },
      ],
    });
  });

  test("when the organization's permissions cannot be read; named permissions are listed and wildcards not expanded", () => {
    const principal = clientPrincipal({
      ownedPermissions: null,
      grants: [grant(role("Wide", "routing:queue:view,edit", "analytics:*:*"))],
    });
    expect(findExcess(principal, [QUEUES])).toMatchObject({
      verdict: "unknown",
      permissions: ["routing:queue:edit"],
      roles: [{ excess: ["routing:queue:edit"], wildcards: ["analytics:*:*"] }],
      evidence: [{ kind: "unreadable" }],
    });
  });

  test("when the organization's permissions cannot be read and the role holds only a wildcard", () => {
    const principal = clientPrincipal({ ownedPermissions: null, grants: [grant(role("Wide", "*:*:*"))] });
    expect(findExcess(principal, [QUEUES])).toMatchObject({
      verdict: "unknown",
      permissions: [],
      roles: [{ role: { name: "Wide" }, wildcards: ["*:*:*"] }],
    });
  });
});
