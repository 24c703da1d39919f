import fc from "fast-check";
import { expect, test } from "vitest";
import { openDiagnosis } from "../../src/access/diagnose.ts";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import { readHistory } from "../../src/cli/commands/check-scopes/history/read-history.ts";
import type { CheckHistory } from "../../src/cli/commands/check-scopes/history/result.ts";
import { judgeSubject } from "../../src/cli/commands/check-scopes/judge.ts";
import { namedSubjects } from "../../src/cli/commands/check-scopes/subject.ts";
import { readOtherIdentity } from "../../src/platform/clients/other-identity.ts";
import type { Principal } from "../../src/platform/reading/principal.ts";
import { packagedDefinition } from "../../src/sandbox/server.ts";
import { heldGrants } from "../../src/sandbox/state/authority.ts";
import { type InProcessSandbox, inProcessSandbox } from "../support/in-process-sandbox.ts";

/**
 * Number of runs. To explore: GENSCOPE_HISTORY_RUNS=5000 GENSCOPE_HISTORY_SEED=7 npx vitest run
 * test/matrix/group-history
 */
const RUNS = Number(process.env["GENSCOPE_HISTORY_RUNS"] ?? 150);
const SEED = Number(process.env["GENSCOPE_HISTORY_SEED"] ?? 20_261_129);
const USER = "Agent 2";
const PERMISSION = "routing:wrapupCode:add";
const DAY_MS = 86_400_000;
const GROUPS = ["Group 0", "Group 1"] as const;

const definition = packagedDefinition();
const catalogue = loadCatalogue();

const drawn = fc.record({
  isNamed: fc.constantFrom(true, true, true, false),
  steps: fc.array(
    fc.record({
      kind: fc.constantFrom("join", "join", "leave", "leave", "grant", "revoke", "gain", "lose"),
      group: fc.constantFrom(...GROUPS),
      /** Whether the role is granted to the user directly instead of to the group. */
      isOwn: fc.constantFrom(true, false, false),
      pauseMs: fc.constantFrom(90_000, 3_600_000, DAY_MS),
    }),
    { minLength: 1, maxLength: 10 },
  ),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer World> ? World : never;

/** Whether the user holds the permission from `atMs` on. */
interface Truth {
  readonly atMs: number;
  readonly isHeld: boolean;
}

test(
  "the date of a verdict about a user, if known, is the date on which the sandbox changed a group",
  async () => {
    const counts = { known: 0, "at-latest": 0, longer: 0, unknown: 0 };
    const causes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(drawn, async (world) => {
        const sandbox = inProcessSandbox(definition);
        const truths = play(sandbox, world);
        const { verdicts, changes, notCovered } = await askFor(sandbox);
        const [found] = verdicts;
        const last = truths.at(-1)?.isHeld ?? false;
        const context = JSON.stringify([found?.summary, world.steps]);
        expect([found?.verdict, notCovered, context]).toEqual([last ? "allowed" : "denied", [], context]);
        const differs = truths.findLastIndex(({ isHeld }) => isHeld !== last);
        const sinceMs = differs < 0 ? Number.NEGATIVE_INFINITY : (truths[differs + 1]?.atMs ?? 0);
        const state = found?.state ?? "unknown";
        counts[state] += 1;
        if (state === "known") expect([Date.parse(found?.since ?? ""), context]).toEqual([sinceMs, context]);
        if (state === "longer") expect([sinceMs, context]).toEqual([Number.NEGATIVE_INFINITY, context]);
        if (state === "at-latest") expect(sinceMs).toBeLessThanOrEqual(Date.parse(found?.since ?? ""));
        const cause = changes.find(({ id }) => id === found?.changeId);
        if (state === "known" && cause !== undefined) causes.add(`${cause.entityType} ${cause.action}`);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(counts.known).toBeGreaterThan(RUNS / 8);
    expect(counts.longer).toBeGreaterThan(RUNS / 8);
    expect(counts.unknown).toBe(0);
    expect(causes).toContain("DirectoryGroup MemberAdd");
    expect(causes).toContain("DirectoryGroup MemberRemove");
    expect(causes).toContain("Role MemberRemove");
  },
  RUNS * 3_000,
);

/** Makes the changes in order. @returns the truth after each change, preceded by the truth before all of them */
function play({ act, clock, world }: InProcessSandbox, { steps, isNamed }: Drawn): readonly Truth[] {
  act("settings.patch", { settings: { auditChanges: isNamed ? "named" : "absent" } });
  act("client.upsert", { name: "Auditor" });
  const reading = ["authorization:grant:view", "authorization:role:view", "authorization:policy:view"];
  act("role.upsert", {
    name: "Auditor",
    permissions: [...reading, "audits:audit:view", "directory:user:view"],
  });
  act("role.grant", { subject: "Auditor", role: "Auditor", division: "*" });
  act("role.upsert", { name: "Wrap-up", permissions: [PERMISSION] });
  for (const name of GROUPS) act("group.upsert", { name, members: [] });
  clock.advance(20 * DAY_MS);
  const truths: Truth[] = [{ atMs: Number.NEGATIVE_INFINITY, isHeld: false }];
  const members = new Set<string>();
  for (const { kind, group, isOwn, pauseMs } of steps) {
    clock.advance(pauseMs);
    const subject = isOwn ? USER : group;
    if (kind === "join" || kind === "leave") {
      if (kind === "join") members.add(group);
      else members.delete(group);
      act("group.upsert", { name: group, members: members.has(group) ? [USER] : [] });
    } else if (kind === "gain" || kind === "lose") {
      act("role.upsert", { name: "Wrap-up", permissions: kind === "gain" ? [PERMISSION] : ["users:x:y"] });
    } else {
      act(`role.${kind}`, { subject, role: "Wrap-up", division: "*" });
    }
    truths.push({ atMs: clock.now(), isHeld: isHeldIn(world) });
  }
  clock.advance(120_000);
  return truths;
}

/** Returns whether the sandbox grants the user the permission. */
function isHeldIn({ organizations, organizationId }: InProcessSandbox["world"]): boolean {
  const organization = organizations.get(organizationId);
  const user = [...(organization?.users.values() ?? [])].find(({ name }) => name === USER);
  if (organization === undefined || user === undefined) throw new Error("the user does not exist");
  const { authority } = organization;
  return heldGrants(authority, user.id).some(({ roleId }) =>
    authority.roles.get(roleId)?.permissionPolicies.some(({ entityName }) => entityName === "wrapupCode"),
  );
}

/** Reads the history in the same way as `check-scopes --user --permission --history`. */
async function askFor({ api, mint, clock }: InProcessSandbox): Promise<CheckHistory> {
  const reader = api(mint("Auditor"));
  const subjects = namedSubjects(catalogue, { operations: [], permissions: [PERMISSION] });
  const principal = await readOtherIdentity(reader, { client: null, user: USER }, [PERMISSION]);
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
  return await readHistory(reader, { clock }, { principal, items, judgeFor }, 14 * DAY_MS);
}
