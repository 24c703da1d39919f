import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PlacedNeed, type PlacedRole, planEmission } from "../../src/access/emit/emission.ts";
import { emitRoles } from "../../src/access/emit/role.ts";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import type { Operation } from "../../src/catalogue/facts/operation.ts";
import { asArray, asRecord, asStrings, parseJson } from "../../src/core/json.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { call, launchSandbox } from "../sandbox/client.ts";
import { FakeClock } from "../support/fake-clock.ts";

/**
 * Number of runs. To explore: GENSCOPE_EMIT_RUNS=500 GENSCOPE_EMIT_SEED=7 npx vitest run test/matrix/emitted-roles
 */
const RUNS = Number(process.env["GENSCOPE_EMIT_RUNS"] ?? 25);
const SEED = Number(process.env["GENSCOPE_EMIT_SEED"] ?? 20_261_128);
const CLIENT = "Empty client";
const DIVISIONS = ["Home", "Sales", "Support"] as const;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await launchSandbox({}, new FakeClock());
  sandbox.act({ action: "settings.patch", settings: { requestsPerMinute: 1_000_000, gzip: false } });
  for (const division of DIVISIONS) {
    sandbox.act({ action: "object.upsert", id: objectIn(division), name: division, type: "queue", division });
  }
});
afterAll(async () => await sandbox.close());

const catalogue = loadCatalogue();
const opens = (name: string) =>
  catalogue.findByPermission(name).filter(({ permissions }) => permissions.includes(name)).length;

/**
 * Operations on one object that a client with the right role may call. No caveat makes them depend on anything else.
 */
const callable = [...catalogue.operations()].filter(
  ({ grantRule, otherAuthentication, isPreview, path, permissionMode, caveats, permissions }) =>
    grantRule !== "not-client-credentials" &&
    otherAuthentication === null &&
    !isPreview &&
    permissionMode !== "NONE" &&
    permissionMode !== "UNKNOWN" &&
    caveats.length === 0 &&
    permissions.every((permission) =>
      /^(?:routing|analytics|outbound|architect|recording):/.test(permission),
    ) &&
    /\{[^}]+\}/.test(path),
);
const drawn = fc.uniqueArray(
  fc.record({
    operation: fc.constantFrom(...callable),
    division: fc.constantFrom<string | null>(null, "Sales", "Support", "support"),
  }),
  { minLength: 1, maxLength: 7, selector: ({ operation }) => operation.operationId },
);

test(
  "a client with only the emitted roles may make every call, and is refused a call when any permission is removed",
  async () => {
    let roleCount = 0;
    await fc.assert(
      fc.asyncProperty(drawn, async (lines) => {
        const needs = lines.map(
          ({ operation, division }): PlacedNeed => ({
            kind: "operation",
            operation,
            division,
            location: null,
          }),
        );
        const { roles } = planEmission(needs, { name: "Emitted", division: null, opens });
        roleCount += roles.length;
        grant(roles);
        expect(await refused(lines)).toEqual([]);
        for (const role of roles) {
          for (const { permission } of role.least.permissions) {
            const fewer = role.least.permissions.filter((other) => other.permission !== permission);
            grant(
              roles.map((each) =>
                each === role ? { ...role, least: { ...role.least, permissions: fewer } } : each,
              ),
            );
            expect(await refused(lines), `without ${permission} in ${role.division}`).not.toEqual([]);
          }
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(roleCount).toBeGreaterThan(RUNS);
  },
  900_000 + RUNS * 6_000,
);

function objectIn(division: string): string {
  return `00000000-0000-4000-8000-00000000000${DIVISIONS.findIndex((each) => each.toLowerCase() === division.toLowerCase())}`;
}

/** Grants the client exactly these roles, as their emitted bodies specify. */
function grant(roles: readonly PlacedRole[]): void {
  sandbox.act({ action: "client.upsert", name: CLIENT, id: "00000000-0000-4000-8000-00000000c11e" });
  for (const division of [...DIVISIONS, "*"]) {
    for (const index of [0, 1, 2]) {
      sandbox.act({ action: "role.upsert", name: `Role ${index}`, permissions: [] });
      sandbox.act({ action: "role.revoke", subject: CLIENT, role: `Role ${index}`, division });
    }
  }
  for (const [index, { least, division }] of roles.entries()) {
    const body = asRecord(parseJson(emitRoles({ roles: [{ name: "Role", division: null, least }] })));
    const role = `Role ${index}`;
    sandbox.act({
      action: "role.upsert",
      name: role,
      policies: asArray(body["permissionPolicies"]),
      permissions: asStrings(body["permissions"]),
    });
    const place = DIVISIONS.find((each) => each.toLowerCase() === division?.toLowerCase()) ?? "*";
    sandbox.act({ action: "role.grant", subject: CLIENT, role, division: place });
  }
}

/** Returns the calls that the service refuses in the given division or, without one, in each division. */
async function refused(
  lines: readonly { readonly operation: Operation; readonly division: string | null }[],
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const { operation, division } of lines) {
    for (const place of division === null ? DIVISIONS : [division]) {
      const { method, path } = operation;
      const token = String(asRecord(sandbox.act({ action: "token.mint", client: CLIENT }))["access_token"]);
      const reply = await call(sandbox, `${method} ${path.replace(/\{[^}]+\}/g, objectIn(place))}`, {
        token,
        ...(["GET", "HEAD", "DELETE"].includes(method) ? {} : { body: {} }),
      });
      if ([401, 403].includes(reply.status)) names.push(`${method} ${path} in ${place}`);
    }
  }
  return names;
}
