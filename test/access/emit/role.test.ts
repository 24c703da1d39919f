import { expect, test } from "vitest";
import { emitRoles } from "../../../src/access/emit/role.ts";
import { emitScopes } from "../../../src/access/emit/scopes.ts";
import { findLeastPrivilege } from "../../../src/access/least/least-privilege.ts";
import { operation } from "../../support/principals.ts";

const permissions = (...names: readonly string[]) =>
  findLeastPrivilege(names.map((permission) => ({ kind: "permission" as const, permission })));

test("emits the body that creates the role, with one policy per entity", () => {
  const least = permissions("routing:queue:view", "analytics:conversationDetail:view", "routing:queue:edit");
  expect(emitRoles({ roles: [{ name: 'The "nightly" export', division: "Sales", least }] })).toBe(
    `{
  "name": "The \\"nightly\\" export",
  "description": "Least privilege for analytics:conversationDetail:view, routing:queue:edit, routing:queue:view; grant in division \\"Sales\\"",
  "permissionPolicies": [
    {
      "domain": "analytics",
      "entityName": "conversationDetail",
      "actionSet": [
        "view"
      ],
      "allowConditions": false
    },
    {
      "domain": "routing",
      "entityName": "queue",
      "actionSet": [
        "edit",
        "view"
      ],
      "allowConditions": false
    }
  ]
}
`,
  );
});

test.each([
  ["nothing", permissions(), "Empty role: no operation needs a permission"],
  ["two", permissions("a:b:c", "a:b:d"), "Least privilege for a:b:c, a:b:d"],
  [
    "five",
    permissions("a:b:c", "a:b:d", "a:b:e", "a:b:f", "a:b:g"),
    "Least privilege for a:b:c, a:b:d, a:b:e and 2 more",
  ],
])("describes a role by its permissions when no description is given: %s", (_, least, description) => {
  expect(JSON.parse(emitRoles({ roles: [{ name: "Role", division: null, least }] }))).toMatchObject({
    description: `${description}; grant in every division`,
  });
});

test("emits one scope per line, with remarks on uncertain ones", () => {
  const calls = [
    operation({ path: "/a", scopes: ["users", "users:readonly"] }),
    operation({ path: "/b", scopes: ["routing"], scopeSource: "inferred-low" }),
    operation({ path: "/c", scopes: null, scopeSource: "unknown" }),
  ];
  const least = findLeastPrivilege(calls.map((each) => ({ kind: "operation" as const, operation: each })));
  expect(emitScopes(least)).toBe(
    [
      "routing",
      "users:readonly",
      "# the scopes of POST /c are unknown",
      "# the scopes of POST /b are inferred from related operations",
      "",
    ].join("\n"),
  );
});
