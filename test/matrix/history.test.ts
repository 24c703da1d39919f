import fc from "fast-check";
import { expect, test } from "vitest";
import { openDiagnosis } from "../../src/access/diagnose.ts";
import type { VerdictName } from "../../src/access/verdict/verdict.ts";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import { readHistory } from "../../src/cli/commands/check-scopes/history/read-history.ts";
import type { HistoryVerdict } from "../../src/cli/commands/check-scopes/history/result.ts";
import { judgeSubject } from "../../src/cli/commands/check-scopes/judge.ts";
import { namedSubjects } from "../../src/cli/commands/check-scopes/subject.ts";
import { DIAGNOSIS_FACTS, readPrincipal } from "../../src/platform/identity/identity.ts";
import type { Principal } from "../../src/platform/reading/principal.ts";
import { packagedDefinition } from "../../src/sandbox/server.ts";
import { type InProcessSandbox, inProcessSandbox } from "../support/in-process-sandbox.ts";

/**
 * Number of runs. To explore: GENSCOPE_HISTORY_RUNS=5000 GENSCOPE_HISTORY_SEED=7 npx vitest run test/matrix/history
 */
const RUNS = Number(process.env["GENSCOPE_HISTORY_RUNS"] ?? 150);
const SEED = Number(process.env["GENSCOPE_HISTORY_SEED"] ?? 20_261_129);
const CLIENT = "Watched client";
const DAY_MS = 86_400_000;

const definition = packagedDefinition();
const catalogue = loadCatalogue();

/** Operations that need the permission next to them, and nothing else. */
const CHECKS = [
  ["POST /api/v2/routing/queues", "routing:queue:add"],
  ["POST /api/v2/routing/skills", "routing:skill:manage"],
  ["POST /api/v2/routing/wrapupcodes", "routing:wrapupCode:add"],
] as const;
const PATTERNS = [
  ...CHECKS.map(([, permission]) => permission),
  "routing:*:*",
  "routing:queue:*",
  "users:x:y",
];
const ROLES = ["Role 0", "Role 1", "Role 2"] as const;
const CONDITION = {
  variableName: "flavour",
  operator: "EQ",
  operands: [{ type: "SCALAR", value: "vanilla" }],
};

const role = fc.constantFrom(...ROLES);
const division = fc.constantFrom("*", "*", "Sales", "Home");
const change = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant("edit"), role, permissions: fc.subarray(PATTERNS) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("grant"), role, division }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("revoke"), role, division }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("condition"), role, permissions: fc.subarray(PATTERNS) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete"), role }) },
  // No policy on the second operation: it accepts another permission as well, so a policy would not forbid it.
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("policy"), index: fc.constantFrom(0, 2), isOn: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("scopes", "other subject", "noise") }) },
);
const drawn = fc.record({
  isNamed: fc.constantFrom(true, true, true, false),
  steps: fc.array(
    fc.record({ change, pauseMs: fc.constantFrom(1, 1_000, 90_000, 3_600_000, DAY_MS, 3 * DAY_MS) }),
    { minLength: 1, maxLength: 9 },
  ),
  restMs: fc.constantFrom(120_000, DAY_MS, 6 * DAY_MS),
  days: fc.constantFrom(2, 7, 14, 20),
  isRealtime: fc.boolean(),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer World> ? World : never;
type Change = Drawn["steps"][number]["change"];

/** The verdict on each check from `atMs` on. */
interface Truth {
  readonly atMs: number;
  /** `none` while the client does not exist. */
  readonly verdicts: readonly (VerdictName | "none")[];
}

test(
  "the date of a verdict, if known, is the date on which the sandbox made the change",
  async () => {
    const counts: Record<HistoryVerdict["state"], number> = {
      known: 0,
      "at-latest": 0,
      longer: 0,
      unknown: 0,
    };
    const sources = new Set<string | null>();
    await fc.assert(
      fc.asyncProperty(drawn, async (world) => {
        const sandbox = inProcessSandbox(definition);
        const truths = play(sandbox, world);
        const history = await askFor(sandbox, world.days);
        sources.add(history.source);
        const fromMs = Date.parse(history.from);
        for (const [index, found] of history.verdicts.entries()) {
          counts[found.state] += 1;
          const { sinceMs, before } = sinceIn(truths, index);
          const isTouched = world.steps.some(({ change: { kind } }) =>
            ["condition", "delete", "policy"].includes(kind),
          );
          const context = `${found.name} ${found.summary} ${JSON.stringify(world.steps)}`;
          // The verdict is unknown when a deleted role's grant can't be read.
          if (found.verdict !== "unknown") {
            expect([found.verdict, context]).toEqual([truths.at(-1)?.verdicts[index], context]);
          }
          if (found.state === "known") {
            expect([found.since, context]).toEqual([new Date(sinceMs).toISOString(), context]);
            if (found.before !== null && before !== "none" && isAlone(truths, sinceMs)) {
              expect([found.before, context]).toEqual([before, context]);
            }
          }
          if (found.state === "at-latest") expect(sinceMs).toBeLessThanOrEqual(Date.parse(found.since ?? ""));
          if (found.state === "longer") expect([sinceMs < fromMs, context]).toEqual([true, context]);
          // When every audit names its change, the date is known, or precedes the period.
          if (world.isNamed && !isTouched) expect(["known", "longer"]).toContain(found.state);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(counts.known).toBeGreaterThan(RUNS / 2);
    expect(counts.longer).toBeGreaterThan(RUNS / 4);
    expect(counts["at-latest"]).toBeGreaterThan(RUNS / 8);
    expect([...sources].toSorted()).toEqual(["query", "realtime"]);
  },
  900_000 + RUNS * 2_000,
);

/** Makes the changes in order. @returns the truth after each change, preceded by the truth before all of them */
function play(sandbox: InProcessSandbox, world: Drawn): readonly Truth[] {
  const { act, clock } = sandbox;
  act("settings.patch", {
    settings: {
      auditChanges: world.isNamed ? "named" : "absent",
      ...(world.isRealtime ? {} : { realtimeAuditServices: ["Architect"] }),
    },
  });
  act("client.upsert", { name: CLIENT });
  act("client.upsert", { name: "Other client" });
  const reading = ["audits:audit:view", "authorization:role:view", "authorization:grant:view"];
  act("role.upsert", { name: "Reader", permissions: [...reading, "authorization:policy:view"] });
  act("role.grant", { subject: CLIENT, role: "Reader", division: "*" });
  for (const [index, name] of ROLES.entries()) {
    act("role.upsert", { name, permissions: index === 0 ? ["routing:queue:add"] : [] });
  }
  act("role.grant", { subject: CLIENT, role: "Role 0", division: "*" });
  const truths: Truth[] = [
    { atMs: Number.NEGATIVE_INFINITY, verdicts: CHECKS.map(() => "none" as const) },
    { atMs: clock.now(), verdicts: truthOf(sandbox) },
  ];
  clock.advance(DAY_MS);
  for (const step of world.steps) {
    clock.advance(step.pauseMs);
    make(sandbox, step.change);
    truths.push({ atMs: clock.now(), verdicts: truthOf(sandbox) });
  }
  clock.advance(world.restMs);
  return truths;
}

function make({ act, world }: InProcessSandbox, given: Change): void {
  const roles = [...(world.organizations.get(world.organizationId)?.authority.roles.values() ?? [])];
  const exists = "role" in given && roles.some(({ name }) => name === given.role);
  switch (given.kind) {
    case "edit":
    case "condition":
      if (!("permissions" in given)) return;
      act("role.upsert", {
        name: given.role,
        permissions: given.permissions,
        ...(given.kind === "edit" ? {} : { condition: CONDITION }),
      });
      return;
    case "grant":
    case "revoke":
      if (!exists || !("division" in given)) return;
      act(`role.${given.kind}`, { subject: CLIENT, role: given.role, division: given.division });
      return;
    case "delete":
      if (exists) act("role.delete", { role: given.role });
      return;
    case "policy": {
      const { index = 0, isOn = false } = "index" in given ? given : {};
      const [, target] = CHECKS[index] ?? CHECKS[0];
      const policy = { name: `Policy ${index}`, target, subject: CLIENT, applyToClients: true };
      act("policy.upsert", { ...policy, enabled: isOn });
      return;
    }
    case "scopes":
      act("client.update", { client: CLIENT, scope: [`scope ${world.audits.length}`] });
      return;
    case "other subject":
      act("role.grant", { subject: "Other client", role: "Reader", division: "*" });
      return;
    default:
      act("role.upsert", { name: `Unrelated ${world.audits.length}`, permissions: ["routing:queue:add"] });
  }
}

/**
 * Returns what the sandbox enforces now, derived from its state. Compares it with real calls where they can show it.
 */
function truthOf({ world, send, mint }: InProcessSandbox): readonly VerdictName[] {
  const organization = world.organizations.get(world.organizationId);
  const client = [...(organization?.clients.values() ?? [])].find(({ name }) => name === CLIENT);
  const grants = organization?.authority.grants.get(client?.id ?? "") ?? [];
  return CHECKS.map(([operation, permission]): VerdictName => {
    const isForbidden = [...(organization?.policies.values() ?? [])].some(
      ({ enabled, targetResource }) => enabled && targetResource === permission,
    );
    const divisionsOf = (isConditional: boolean) =>
      grants
        .filter(({ roleId }) =>
          organization?.authority.roles
            .get(roleId)
            ?.permissionPolicies.some(
              ({ domain, entityName, actionSet, resourceConditionNode }) =>
                (resourceConditionNode !== null) === isConditional &&
                actionSet.some((action) => matches(`${domain}:${entityName}:${action}`, permission)),
            ),
        )
        .map(({ divisionId }) => divisionId);
    const divisions = divisionsOf(false);
    const isAware = organization?.permissions.get(permission)?.divisionAware === true;
    const isEverywhere = divisions.includes("*") || (!isAware && divisions.length > 0);
    const [method = "", path = ""] = operation.split(" ");
    const isRefused = send(mint(CLIENT), method, path, {}).status === 403;
    if (isForbidden) expect([operation, isRefused]).toEqual([operation, true]);
    if (isForbidden) return "denied";
    if (isEverywhere) expect([operation, isRefused]).toEqual([operation, false]);
    if (isEverywhere) return "allowed";
    return divisions.length + divisionsOf(true).length > 0 ? "conditional" : "denied";
  });
}

function matches(pattern: string, permission: string): boolean {
  const parts = permission.split(":");
  return pattern.split(":").every((part, index) => part === "*" || part === parts[index]);
}

/** Reads the history in the same way as `check-scopes --history`. */
async function askFor({ api, mint, clock }: InProcessSandbox, days: number) {
  const own = api(mint(CLIENT));
  const operations = CHECKS.map(([operation]) => operation);
  const subjects = namedSubjects(catalogue, { operations, permissions: [] });
  const principal = await readPrincipal(own, DIAGNOSIS_FACTS, { permissions: [], login: null });
  const judgeFor = async (of: Principal) =>
    await Promise.all(
      subjects.map((subject) =>
        judgeSubject(subject, {
          catalogue,
          principal: of,
          diagnose: openDiagnosis(of),
          division: null,
          topics: null,
          liveApi: null,
          nowMs: clock.now(),
        }),
      ),
    );
  const items = await judgeFor(principal);
  return await readHistory(own, { clock }, { principal, items, judgeFor }, days * DAY_MS);
}

/** Returns the time from which the last verdict is true, and the verdict before that time. */
function sinceIn(truths: readonly Truth[], index: number) {
  const last = truths.at(-1)?.verdicts[index];
  const different = truths.findLastIndex(({ verdicts }) => verdicts[index] !== last);
  return {
    sinceMs: truths[different + 1]?.atMs ?? Number.NEGATIVE_INFINITY,
    before: truths[different]?.verdicts[index] ?? null,
  };
}

/** Returns whether there is no other change in the minute before a time. */
function isAlone(truths: readonly Truth[], atMs: number): boolean {
  return truths.filter((each) => each.atMs <= atMs && each.atMs >= atMs - 60_000).length === 1;
}
