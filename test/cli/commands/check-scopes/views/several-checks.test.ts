import { expect, test } from "vitest";
import type { CheckedItem } from "../../../../../src/cli/commands/check-scopes/result.ts";
import { condenseChecks } from "../../../../../src/cli/commands/check-scopes/views/condense.ts";
import { sandboxFor } from "../../../../sandbox/client.ts";
import { credentialsFor } from "../../../../support/credentials.ts";
import { runCli } from "../../../../support/run-cli.ts";

const CHECKS = [
  "GET /api/v2/routing/queues",
  "POST /api/v2/routing/queues/{queueId}/members",
  "PATCH /api/v2/routing/queues/{queueId}/members",
  "PUT /api/v2/routing/queues/{queueId}",
  "GET /api/v2/users/me",
];

async function check(...flags: readonly string[]) {
  const sandbox = await sandboxFor({ scenario: "healthy" });
  const { stdout } = await runCli(["check-scopes", ...CHECKS, ...flags], { env: credentialsFor(sandbox) });
  // The number of permissions that a role adds changes whenever the scenario's role gets another permission.
  return stdout.replace(sandbox.url, "URL").replaceAll(/[\d,]+ more permissions/g, "N more permissions");
}

test("shows once the facts that several checks have in common", async () => {
  expect(await check()).toMatchInlineSnapshot(`
    "as OAuth client "Reporting service" (client-credentials) in organization "Example Contact Center", URL

    requirements from platform-client-sdk-javascript 259.0.0; scopes: published definition of July 2026; as of 2026-08-15

    ✔ allowed  GET /api/v2/routing/queues

    for several checks:
      the platform ignores scopes for this token: client credentials depend on roles alone (5 checks)
      near miss: a similar permission is held: \`routing:queue:view\` (role "Reporting Base" in every division) (3 checks)

    ✘ denied  POST /api/v2/routing/queues/{queueId}/members  layer: permission
    ✘ denied  PATCH /api/v2/routing/queues/{queueId}/members  layer: permission
      needs permission \`routing:queue:edit\` or \`routing:queueMember:manage\`
      no role of this token holds any of them
      see fixes 1, 2 below, for several checks

    ✘ denied  PUT /api/v2/routing/queues/{queueId}  layer: permission
      needs permission \`routing:queue:edit\`
      no role of this token holds it
      see fixes 1, 2 below, for several checks

    ✘ denied  GET /api/v2/users/me  layer: context
      needs scope \`user-basic-info\`, but no permission
      this operation needs a user context; it returns 400 \`not.a.user\` to client credentials
      needs a user; client-credentials tokens are refused (error codes of the published definition of July 2026; as of 2026-08-07)
      fixes, smallest first:
        1. log in as a user (authorization code with PKCE), or use the operation that takes the user's id instead of \`me\`; no role gives a client a user context

    5 checks: 1 allowed, 4 denied, 0 conditional, 0 unknown

    fixes for several checks, smallest first:
      1. create one role with \`routing:queue:edit\`, and assign it to OAuth client "Reporting service" (3 checks)
        routing:queue:edit
        Admin > People & Permissions > Roles / Permissions
      2. or assign an existing role: "Supervisor" (N more permissions, 3 checks), "Administrator" (N more permissions, 3 checks)
    "
  `);
});

test("shows the service's response in the line of an allowed check", async () => {
  expect(await check("--live")).toMatch(/\n\n✔ allowed {2}GET \/api\/v2\/routing\/queues {2}live: 200\n\n/);
});

test("shows the whole tree of every check with --explain", async () => {
  const stdout = await check("--explain");
  expect(stdout.match(/the platform ignores scopes/g)).toHaveLength(CHECKS.length);
  expect(stdout.match(/platform-client-sdk-javascript/g)).toHaveLength(CHECKS.length);
  expect(stdout).toMatch(/✔ allowed {2}GET \/api\/v2\/routing\/queues\n {2}needs permission/);
  expect(stdout.match(/ 3\. assign role "Administrator" to .+\n +Admin > /g)).toHaveLength(3);
});

test("lists the requirements with --offline, and their common source once", async () => {
  const { stdout } = await runCli(["check-scopes", "--offline", "GET /api/v2/users", "GET /api/v2/users/me"]);
  expect(stdout).toMatch(
    /^requirements from platform-client-sdk-javascript [^\n]+\n\nGET \/api\/v2\/users\n {2}needs [^(]+\n\nGET /,
  );
});

test("shows the doubt about an allowed check, and a source that differs from the others", () => {
  const item = (
    verdict: CheckedItem["verdict"],
    date: string,
    evidence: CheckedItem["evidence"],
  ): CheckedItem => ({
    operation: null,
    permission: "routing:queue:view",
    verdict,
    layer: "none",
    requirement: { permissionMode: "ALL", permissions: [], scopes: null, source: "sdk", date },
    missing: { permissions: [], scopes: [], divisions: [] },
    evidence: [...evidence, { kind: "requirement", summary: `needs (sdk; as of ${date})` }],
    remedies: [],
    location: null,
    service: null,
    live: null,
  });
  const caveat = { kind: "caveat", summary: "a caveat" } as const;
  const unreadable = { kind: "unreadable", summary: "roles cannot be read" } as const;
  const { source, common, checks } = condenseChecks(
    [
      item("allowed", "2026-01-01", [caveat, unreadable]),
      item("denied", "2026-01-01", [unreadable]),
      item("unknown", "2026-02-02", [unreadable]),
    ],
    [],
  );
  expect([source, common]).toEqual(["sdk; as of 2026-01-01", []]);
  expect(checks.map(({ item: { evidence } }) => evidence.map(({ summary }) => summary))).toEqual([
    ["a caveat"],
    ["needs"],
    ["roles cannot be read", "needs (sdk; as of 2026-02-02)"],
  ]);
});
