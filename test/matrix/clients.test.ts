import fc from "fast-check";
import { expect, test } from "vitest";
import { assessClient, type ClientAssessment } from "../../src/access/clients/assess-client.ts";
import { usesOf } from "../../src/access/clients/operation-use.ts";
import { needsFromUse } from "../../src/access/clients/role-from-use.ts";
import { decidingPermissions } from "../../src/access/decide/deciding-permissions.ts";
import { planEmission } from "../../src/access/emit/emission.ts";
import { emitRoles } from "../../src/access/emit/role.ts";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import type { Operation } from "../../src/catalogue/facts/operation.ts";
import { asArray, asRecord, asString, asStrings, parseJson } from "../../src/core/json.ts";
import { principalOfClient } from "../../src/platform/clients/client-principal.ts";
import { readClients } from "../../src/platform/clients/listed-client.ts";
import { readOrganizationFacts } from "../../src/platform/clients/organization-facts.ts";
import { readUsage } from "../../src/platform/usage/read-usage.ts";
import type { Answer } from "../../src/sandbox/answer.ts";
import { packagedDefinition } from "../../src/sandbox/server.ts";
import { type InProcessSandbox, inProcessSandbox } from "../support/in-process-sandbox.ts";

/** Number of runs. To explore: GENSCOPE_CLIENT_RUNS=5000 GENSCOPE_CLIENT_SEED=7 npx vitest run test/matrix/clients */
const RUNS = Number(process.env["GENSCOPE_CLIENT_RUNS"] ?? 500);
const SEED = Number(process.env["GENSCOPE_CLIENT_SEED"] ?? 20_261_129);
const CLIENT = "Watched client";
const DAY_MS = 86_400_000;
const PLACES = ["Home", "Sales", "Support"] as const;

const definition = packagedDefinition();
const catalogue = loadCatalogue();

/** Operations that a client can call without revoking its own token. */
const callable = [...catalogue.operations()].filter(
  ({ grantRule, otherAuthentication, isPreview, path, permissionMode }) =>
    grantRule !== "not-client-credentials" &&
    otherAuthentication === null &&
    !isPreview &&
    permissionMode !== "UNKNOWN" &&
    !path.startsWith("/api/v2/tokens"),
);
const described = callable.filter(({ caveats, permissions }) => caveats.length > 0 && permissions.length > 0);

const pattern = fc.record({
  permission: fc.nat(),
  change: fc.constantFrom("exact", "exact", "exact", "any action", "any entity"),
  role: fc.nat(2),
  hasCondition: fc.constantFrom(false, false, false, true),
});
const drawn = fc.record({
  undocumented: fc.constantFrom("lenient" as const, "strict" as const),
  divisions: fc.tuple(place(), place(), place()),
  readsPolicies: fc.boolean(),
  calls: fc.uniqueArray(
    fc.record({
      // Operations that depend on more than their permissions are the difficult ones, so they are drawn more often.
      operation: fc.oneof(fc.constantFrom(...callable), fc.constantFrom(...described)),
      objects: fc.uniqueArray(fc.constantFrom(...PLACES), { minLength: 1 }),
      lines: fc.array(pattern, { minLength: 1, maxLength: 3 }),
      owner: fc.boolean(),
      body: fc.constantFrom("nothing", "object"),
      denied: fc.oneof({ weight: 7, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat() }),
    }),
    { minLength: 1, maxLength: 6, selector: ({ operation }) => operation.operationId },
  ),
  surplus: fc.array(fc.record({ permission: fc.nat(), isWide: fc.boolean(), role: fc.nat(3) }), {
    minLength: 1,
    maxLength: 4,
  }),
});

function place(): fc.Arbitrary<string> {
  return fc.constantFrom("*", "*", ...PLACES);
}

type Drawn = typeof drawn extends fc.Arbitrary<infer World> ? World : never;

test(
  "the role that `clients` recommends allows every call that succeeded, and every planted excess permission is found",
  async () => {
    const counts = { passed: 0, refused: 0, planted: 0, narrower: 0, granted: 0 };
    await fc.assert(
      fc.asyncProperty(drawn, async (world) => {
        const sandbox = inProcessSandbox(definition);
        const { planted } = arrange(sandbox, world);
        const before = callAll(sandbox, world);
        sandbox.clock.advance(DAY_MS);
        const assessment = await assess(sandbox, world);

        const seen = new Set(assessment.permissions?.notSeen);
        expect(planted.filter((permission) => !seen.has(permission))).toEqual([]);
        expect(assessment.openings.length).toBeGreaterThan(0);
        expect(
          assessment.findings.filter(({ kind, state }) => kind === "excess" && state === "found"),
        ).toEqual([]);

        const granted = grantEmitted(sandbox, assessment, false);
        expect(planted.filter((permission) => granted.has(permission))).toEqual([]);
        const after = callAll(sandbox, world);
        const broken = [...before].filter(([name, refusal]) => refusal === null && after.get(name) !== null);
        expect(broken.map(([name]) => `${name} ${after.get(name)}`)).toEqual([]);

        grantEmitted(sandbox, assessment, true);
        const whole = callAll(sandbox, world);
        const operationOf = (name: string) => name.replace(/ in \w+$/, "");
        const passing = new Set(
          [...before].filter(([, refusal]) => refusal === null).map(([name]) => operationOf(name)),
        );
        const lacking = [...before.keys()].filter(
          (name) => !passing.has(operationOf(name)) && isPlain(sandbox, world, name),
        );
        counts.granted += lacking.length;
        expect(lacking.map((name) => whole.get(name)).filter((refusal) => refusal !== null)).toEqual([]);

        counts.passed += [...before.values()].filter((refusal) => refusal === null).length;
        counts.refused += [...before.values()].filter((refusal) => refusal !== null).length;
        counts.planted += planted.length;
        counts.narrower += granted.size < (assessment.permissions?.used.length ?? 0) + seen.size ? 1 : 0;
      }),
      { numRuns: RUNS, seed: SEED },
    );
    // Without calls that pass and planted permissions, the test would prove nothing.
    expect(counts.passed).toBeGreaterThan(RUNS);
    expect(counts.refused).toBeGreaterThan(RUNS / 4);
    expect(counts.planted).toBeGreaterThan(RUNS);
    expect(counts.granted).toBeGreaterThan(RUNS / 10);
    expect(counts.narrower).toBeGreaterThan(RUNS / 2);
  },
  900_000 + RUNS * 3_000,
);

/** Grants the client roles that match its calls, and permissions that no call mentions. */
function arrange({ act, world: { organizationId, organizations } }: InProcessSandbox, world: Drawn) {
  act("settings.patch", { settings: { undocumented: world.undocumented } });
  const { id: clientId } = act("client.upsert", { name: CLIENT });
  const mentioned = new Set(world.calls.flatMap(({ operation }) => mentionedBy(operation)));
  const owned = [...(organizations.get(organizationId)?.permissions.keys() ?? [])].filter(
    (permission) => permission.split(":").length === 3,
  );
  const free = owned.filter((permission) => !mentioned.has(permission));
  const domains = [...new Set(free.map((permission) => permission.split(":")[0] ?? ""))].filter(
    (domain) => ![...mentioned].some((permission) => permission.startsWith(`${domain}:`)),
  );
  const extra = world.surplus.map(({ permission, isWide, role }) => ({
    role,
    pattern: isWide
      ? `${domains[permission % domains.length]}:*:*`
      : (free[permission % free.length] ?? "routing:queue:view"),
  }));
  const condition = {
    variableName: "flavour",
    operator: "EQ",
    operands: [{ type: "SCALAR", value: "vanilla" }],
  };
  for (const [index, division] of [...world.divisions, "*"].entries()) {
    const policies = [
      ...world.calls.flatMap(({ operation, lines }) =>
        lines
          .filter(({ role }) => role === index)
          .map((line) => policyOf(patternOf(operation, line), line.hasCondition ? condition : null)),
      ),
      ...extra.filter(({ role }) => role === index).map((each) => policyOf(each.pattern, null)),
    ];
    act("role.upsert", { name: `Role ${index}`, policies });
    act("role.grant", { subject: CLIENT, role: `Role ${index}`, division });
  }
  for (const [index, { operation, denied }] of world.calls.entries()) {
    const target = denied === null ? undefined : operation.permissions[denied % operation.permissions.length];
    if (target === undefined) continue;
    act("policy.upsert", { name: `Policy ${index}`, target, subject: CLIENT, applyToClients: true });
  }
  for (const [index, { operation, owner }] of world.calls.entries()) {
    for (const [at, division] of PLACES.entries()) {
      const counts = operation.caveats.find((caveat) => caveat.isClearedByPermissions)?.permissions[0];
      act("object.upsert", {
        id: objectId(index, at),
        name: `Object ${index}`,
        type: "queue",
        division,
        attributes: {
          flavour: index % 2 === 0 ? "vanilla" : "chocolate",
          ...(owner ? { owner: clientId } : {}),
          ...(counts === undefined ? {} : { counts }),
        },
      });
    }
  }
  // A role of the calls can contain a planted permission. It is then still unnecessary, and must still be found.
  const planted = owned.filter(
    (permission) => !mentioned.has(permission) && extra.some((each) => matches(each.pattern, permission)),
  );
  return { planted };
}

/** Returns every permission that a statement about an operation names. */
function mentionedBy(operation: Operation): readonly string[] {
  return [
    ...decidingPermissions(operation),
    ...operation.caveats.flatMap(({ cases }) => cases.flatMap((each) => each.permissions ?? [])),
  ];
}

function matches(given: string, permission: string): boolean {
  const parts = permission.split(":");
  return given.split(":").every((part, index) => part === "*" || part === parts[index]);
}

function patternOf(
  operation: Operation,
  { permission, change }: { permission: number; change: string },
): string {
  const names = mentionedBy(operation);
  const [domain = "", entity = "*", action = "*"] = (
    names[permission % Math.max(1, names.length)] ?? "routing:queue:view"
  ).split(":");
  if (change === "any entity") return `${domain}:*:*`;
  return `${domain}:${entity}:${change === "any action" ? "*" : action}`;
}

function policyOf(given: string, condition: object | null): object {
  const [domain = "", entityName = "", action = ""] = given.split(":");
  return {
    domain,
    entityName,
    actionSet: [action],
    ...(condition === null ? {} : { resourceConditionNode: condition }),
  };
}

/** Makes every call. @returns the refusal of each call, null for one that passed */
function callAll({ send, mint }: InProcessSandbox, world: Drawn): ReadonlyMap<string, string | null> {
  const outcomes = new Map<string, string | null>();
  for (const [index, { operation, objects, body }] of world.calls.entries()) {
    const { method, path } = operation;
    for (const division of objects) {
      const id = objectId(index, PLACES.indexOf(division));
      const answer = send(
        mint(CLIENT),
        method,
        path.replace(/\{[^}]+\}/g, id),
        ["GET", "HEAD", "DELETE"].includes(method) ? undefined : body === "object" ? { queueId: id } : {},
      );
      outcomes.set(`${method} ${path} in ${division}`, refusalOf(answer));
    }
  }
  return outcomes;
}

function refusalOf({ status, json }: Answer): string | null {
  const code = asString(asRecord(json)["code"]);
  const isRefused = status === 401 || status === 403 || /^not\.a\./.test(code ?? "");
  return isRefused ? `${status} ${code}` : null;
}

/** Reads and checks the client in the way that an administrator does. */
async function assess({ api, mint, clock, act }: InProcessSandbox, world: Drawn): Promise<ClientAssessment> {
  if (!world.readsPolicies) {
    act("role.upsert", {
      name: "Auditor",
      permissions: ["oauth:client:view", "usage:organization:view", "authorization:role:view"],
    });
    act("client.upsert", { name: "Auditor" });
    act("role.grant", { subject: "Auditor", role: "Auditor", division: "*" });
  }
  const reader = api(mint(world.readsPolicies ? "Administration" : "Auditor"));
  const [clients, facts, usage] = await Promise.all([
    readClients(reader),
    readOrganizationFacts(reader),
    readUsage(
      reader,
      { clock },
      {
        firstDay: "2026-10-01",
        lastDay: "2026-10-01",
        granularity: "Day",
        groupBy: ["client", "method", "path"],
        clientId: null,
      },
    ),
  ]);
  if (!clients.isRead || !usage.isRead) throw new Error("the administrator can't read");
  const client = clients.value.find(({ name }) => name === CLIENT);
  if (client === undefined) throw new Error("the client is not listed");
  const rows = usage.value.rows.filter(({ clientId }) => clientId === client.id);
  return assessClient({
    client,
    principal: principalOfClient(client, facts, facts.accessPolicies),
    uses: usesOf(rows, (method, path) => catalogue.find(method, path), true),
    window: { firstDay: "2026-10-01", lastDay: "2026-10-01", missingDays: [], isCut: usage.value.isCut },
    announcements: [],
    today: "2026-10-02",
    asOf: null,
  });
}

/** Returns whether only a missing permission that the organization owns can refuse a call. */
function isPlain({ world: { organizations, organizationId } }: InProcessSandbox, world: Drawn, name: string) {
  const owned = organizations.get(organizationId)?.permissions;
  // A policy against the permission of one call also denies other calls that need this permission.
  if (world.calls.some(({ denied }) => denied !== null)) return false;
  return world.calls.some(
    ({ operation: { method, path, caveats, note, conditionalPermissions, permissions } }) =>
      name.startsWith(`${method} ${path} in `) &&
      note === null &&
      caveats.length + conditionalPermissions.length === 0 &&
      permissions.every((permission) => owned?.has(permission)),
  );
}

/** Replaces the roles of the client with the recommended ones. @returns the permissions that they grant */
function grantEmitted(
  { act, world }: InProcessSandbox,
  assessment: ClientAssessment,
  withRefused: boolean,
): ReadonlySet<string> {
  const { needs } = needsFromUse(assessment, withRefused);
  const { roles } = planEmission(needs, { name: "From use", division: null });
  const roleNames = [...(world.organizations.get(world.organizationId)?.authority.roles.values() ?? [])];
  for (const { name } of roleNames) {
    if (/^(?:Role|From use) \d$/.test(name)) act("role.delete", { role: name });
  }
  const granted = new Set<string>();
  for (const [index, role] of roles.entries()) {
    const body = asRecord(parseJson(emitRoles({ roles: [role] })));
    const name = `From use ${index}`;
    act("role.upsert", {
      name,
      policies: asArray(body["permissionPolicies"]),
      permissions: asStrings(body["permissions"]),
    });
    act("role.grant", { subject: CLIENT, role: name, division: role.division ?? "*" });
    for (const { permission } of role.least.permissions) granted.add(permission);
  }
  return granted;
}

function objectId(index: number, at: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(6, "0")}${String(at).padStart(6, "0")}`;
}
