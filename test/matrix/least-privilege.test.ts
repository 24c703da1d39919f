import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emitRoles } from "../../src/access/emit/role.ts";
import { findExcess } from "../../src/access/least/excess.ts";
import { findLeastPrivilege } from "../../src/access/least/least-privilege.ts";
import type { Need } from "../../src/access/least/need.ts";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import type { Operation } from "../../src/catalogue/facts/operation.ts";
import { systemClock } from "../../src/core/clock.ts";
import { asArray, asRecord, asStrings, parseJson } from "../../src/core/json.ts";
import { Secret } from "../../src/core/secret.ts";
import { authorizeRequests } from "../../src/http/transport/authorize.ts";
import { type ClosableTransport, undiciTransport } from "../../src/http/transport/undici-transport.ts";
import { createApi } from "../../src/platform/api/api-client.ts";
import { readPrincipal } from "../../src/platform/identity/identity.ts";
import type { Fact, Principal } from "../../src/platform/reading/principal.ts";
import { parseRegion } from "../../src/platform/region/region-parser.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { call, launchSandbox } from "../sandbox/client.ts";
import { FakeClock } from "../support/fake-clock.ts";

/**
 * Number of runs. To explore: GENSCOPE_LEAST_RUNS=2000 GENSCOPE_LEAST_SEED=7 npx vitest run
 * test/matrix/least-privilege
 */
const RUNS = Number(process.env["GENSCOPE_LEAST_RUNS"] ?? 60);
const SEED = Number(process.env["GENSCOPE_LEAST_SEED"] ?? 20_261_001);
const CLIENT = "Empty client";
const ROLE = "Least privilege";
const HELD_FACTS: ReadonlySet<Fact> = new Set<Fact>(["grants", "permission catalogue"]);

let sandbox: Sandbox;
let wire: ClosableTransport;
let owned: ReadonlySet<string>;

beforeAll(async () => {
  sandbox = await launchSandbox({}, new FakeClock());
  wire = undiciTransport({ userAgent: "genscope-test", defaultTimeoutMs: 30_000, clock: systemClock });
  setScene();
  const { ownedPermissions } = await readHoldings();
  owned = new Set(ownedPermissions?.keys());
});

afterAll(async () => {
  await wire.close();
  await sandbox.close();
});

/**
 * Operations that a client with the right permissions may call. The sandbox refuses other operations for other
 * reasons.
 */
const callable = [...loadCatalogue().operations()].filter(
  ({ grantRule, otherAuthentication, isPreview, permissionMode, caveats }) =>
    grantRule !== "not-client-credentials" &&
    // Whether a permission is superfluous is unknown next to an operation whose permissions are not published.
    permissionMode !== "UNKNOWN" &&
    otherAuthentication === null &&
    !isPreview &&
    // A permission that the service waives in some cases is emitted, although these calls pass without it.
    caveats.every(({ effect }) => effect !== "denied-becomes-conditional"),
);
/** Operations with several permissions, alternative or all needed. Their permission sets overlap. */
const intricate = callable.filter(({ permissions }) => permissions.length > 1);
const drawnOperations = fc.uniqueArray(
  fc.oneof(fc.constantFrom(...intricate), fc.constantFrom(...intricate), fc.constantFrom(...callable)),
  { minLength: 1, maxLength: 10, selector: ({ operationId }) => operationId },
);

test(
  "the emitted role lets a client without roles call every operation, and no line of the role can be removed",
  async () => {
    await fc.assert(
      fc.asyncProperty(drawnOperations, async (operations) => {
        const needs = operations.map((operation): Need => ({ kind: "operation", operation }));
        const least = findLeastPrivilege(needs, { owned });
        const unmet = new Set(least.unmet.map(({ need }) => need));
        const possible = operations.filter(({ method, path }) => !unmet.has(`${method} ${path}`));
        const permissions = least.permissions.map(({ permission }) => permission);

        setScene();
        grant(emitRoles({ roles: [{ name: ROLE, division: null, least }] }));
        expect(await refused(possible)).toEqual([]);
        // Only a client that may read roles can exclude legacy names such as `admin`.
        const verdict = permissions.includes("authorization:role:view") ? "none" : "unknown";
        expect(findExcess(await readHoldings(), needs)).toMatchObject({ verdict, permissions: [] });

        for (const permission of permissions) {
          const fewer = permissions.filter((other) => other !== permission);
          const needed = fewer.map((name): Need => ({ kind: "permission", permission: name }));
          grant(emitRoles({ roles: [{ name: ROLE, division: null, least: findLeastPrivilege(needed) }] }));
          expect(await refused(possible), `without ${permission}`).not.toEqual([]);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  },
  900_000 + RUNS * 2_000,
);

test("--max names a superfluous permission together with its role", async () => {
  await fc.assert(
    fc.asyncProperty(drawnOperations, fc.nat(), async (operations, index) => {
      const needs = operations.map((operation): Need => ({ kind: "operation", operation }));
      const least = findLeastPrivilege(needs, { owned });
      const named = new Set(
        operations.flatMap((each) => [...each.permissions, ...each.conditionalPermissions]),
      );
      // The response that lists a client's own grants omits legacy names such as `admin`, which have no colons.
      const others = [...owned].filter((permission) => !named.has(permission) && permission.includes(":"));
      const extra = others[index % others.length] ?? "";

      setScene();
      grant(emitRoles({ roles: [{ name: ROLE, division: null, least }] }));
      sandbox.act({ action: "role.upsert", name: "Extra", permissions: [extra] });
      sandbox.act({ action: "role.grant", subject: CLIENT, role: "Extra", division: "*" });
      expect(findExcess(await readHoldings(), needs)).toMatchObject({
        verdict: "excess",
        permissions: [extra],
        roles: [{ role: { name: "Extra" }, needed: [], excess: [extra] }],
      });
    }),
    { numRuns: 20, seed: SEED },
  );
});

function setScene(): void {
  sandbox.act({ action: "settings.patch", settings: { requestsPerMinute: 1_000_000, gzip: false } });
  sandbox.act({ action: "client.upsert", name: CLIENT, id: "00000000-0000-4000-8000-00000000c11e" });
}

/** Grants the client the role of an emitted body in every division, and removes its previous roles. */
function grant(emitted: string): void {
  const body = asRecord(parseJson(emitted));
  sandbox.act({
    action: "role.upsert",
    name: ROLE,
    policies: asArray(body["permissionPolicies"]),
    permissions: asStrings(body["permissions"]),
  });
  sandbox.act({ action: "role.grant", subject: CLIENT, role: ROLE, division: "*" });
}

function mint(): string {
  return String(asRecord(sandbox.act({ action: "token.mint", client: CLIENT }))["access_token"]);
}

async function readHoldings(): Promise<Principal> {
  const { region } = parseRegion(sandbox.url);
  const token = new Secret(mint());
  const tokens = async () => token;
  const transport = authorizeRequests(wire.transport, { tokens, origins: [new URL(sandbox.url).origin] });
  return readPrincipal(createApi({ region, transport }), HELD_FACTS);
}

/** Returns the operations that the service refuses when the client calls them. */
async function refused(operations: readonly Operation[]): Promise<readonly string[]> {
  const names: string[] = [];
  for (const { method, path } of operations) {
    const name = `${method} ${path}`;
    const target = path.replace(/\{[^}]+\}/g, "00000000-0000-4000-8000-00000000beef");
    // Some operations revoke their own token, so every call uses a new one.
    const reply = await call(sandbox, `${method} ${target}`, {
      token: mint(),
      ...(["GET", "HEAD", "DELETE"].includes(method) ? {} : { body: {} }),
    });
    const isRefused =
      [401, 403].includes(reply.status) || ["not.a.user", "not.a.client"].includes(String(reply.at("code")));
    if (isRefused) names.push(name);
  }
  return names;
}
