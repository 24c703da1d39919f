import { expect, test } from "vitest";
import { openDiagnosis } from "../../../src/access/diagnose.ts";
import { groupRemedies } from "../../../src/access/remedy/group-remedies.ts";
import type { Remedy } from "../../../src/access/verdict/verdict.ts";
import type { Operation } from "../../../src/catalogue/facts/operation.ts";
import { clientPrincipal, operation, role } from "../../support/principals.ts";

const HOLDER = 'OAuth client "Reporting service"';
const diagnose = openDiagnosis(clientPrincipal({ roles: [role("Everything", "*:*:*")] }));

function checkOf(name: string, permissionMode: Operation["permissionMode"], ...permissions: string[]) {
  const { remedies } = diagnose({ kind: "operation", operation: operation({ permissionMode, permissions }) });
  return { name, mode: permissionMode, remedies };
}

test("suggests one new role for all checks, with alternatives that another check needs anyway", () => {
  const [first, ...others] = groupRemedies(
    [
      checkOf("either", "ANY", "analytics:conversationDetail:view", "routing:queue:view"),
      checkOf("queues", "ALL", "routing:queue:view"),
      checkOf("both", "ALL", "routing:queue:view", "analytics:dashboard:view"),
    ],
    HOLDER,
  );
  expect(first).toEqual({
    kind: "create-role",
    summary: `create one role with these 2 permissions, and assign it to ${HOLDER}`,
    menuPath: "Admin > People & Permissions > Roles / Permissions",
    command: null,
    permissions: ["analytics:dashboard:view", "routing:queue:view"],
    roles: [],
    extraPermissions: 0,
    names: ["either", "queues", "both"],
  });
  expect(others.map(({ kind, names, roles }) => [kind, names, roles.map(({ name }) => name)])).toEqual([
    ["assign-role", ["either", "queues"], ["Everything"]],
  ]);
});

test("a check with a doubtful path adds no permission to the new role", () => {
  const { remedies } = diagnose(
    { kind: "operation", operation: operation({ path: "/api/v2/routing/queues/{queueId}" }) },
    { name: "GET /api/v2/routing/queues/summary" },
  );
  const checks = [
    { name: "summary", mode: "ALL" as const, remedies },
    checkOf("queues", "ALL", "routing:queue:view"),
    checkOf("dashboards", "ALL", "analytics:dashboard:view"),
  ];
  expect(groupRemedies(checks, HOLDER)[0]).toMatchObject({
    kind: "create-role",
    permissions: ["analytics:dashboard:view", "routing:queue:view"],
    names: ["queues", "dashboards"],
  });
});

test("suggests no shared remedy for a single check", () => {
  expect(groupRemedies([checkOf("queues", "ALL", "routing:queue:view")], HOLDER)).toEqual([]);
});

test.each<[string, number, readonly string[]]>([
  ["before a new role when it grants nothing else", 0, ["assign-role", "create-role"]],
  ["after a new role when it grants more", 7, ["create-role", "assign-role"]],
])("suggests an existing role %s", (_what, extraPermissions, kinds) => {
  const remedies: readonly Remedy[] = [
    { kind: "assign-role", summary: 'assign role "Queues"', extraPermissions },
    { kind: "create-role", summary: "create a role", permissions: ["routing:queue:view"] },
  ];
  const check = { mode: "ALL", remedies } as const;
  const found = groupRemedies(
    [
      { ...check, name: "one" },
      { ...check, name: "two" },
    ],
    HOLDER,
  );
  expect(found.map(({ kind }) => kind)).toEqual(kinds);
});
