import fc from "fast-check";
import { expect, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import type { Operation } from "../../src/catalogue/facts/operation.ts";
import { packagedDefinition } from "../../src/sandbox/server.ts";
import { type Outcome, play } from "./play.ts";
import { DECIDING_KINDS, sampleOf } from "./sample-operations.ts";
import { arbitraryWorld, nameOf, type ReadingPermission, type World } from "./world.ts";

/** Number of worlds. To explore: GENSCOPE_MATRIX_WORLDS=5000 GENSCOPE_MATRIX_SEED=7 npx vitest run test/matrix */
const WORLDS = Number(process.env["GENSCOPE_MATRIX_WORLDS"] ?? 850);
const SEED = Number(process.env["GENSCOPE_MATRIX_SEED"] ?? 20_261_001);
const CALLS_PER_WORLD = 12;
const MIN_CASES = 5_000;

const catalogue = loadCatalogue();
const definition = packagedDefinition();

/**
 * Returns whether a verdict may be uncertain, derived from the generated world and not from the diagnosis. Any other
 * uncertain verdict means that the diagnosis gave up too early.
 */
function mayBeUncertain(world: World, outcome: Outcome): boolean {
  const { operation, call, layer } = outcome;
  if (leavesOpen(world, outcome)) return true;
  switch (layer) {
    case "scope":
      // The packaged catalog infers some scopes. For others, it is unknown whether the wider scope suffices.
      return (
        operation.scopeSource !== "published" || isTokenHidden(world) || holdsOnlyWider(world, operation)
      );
    case "context":
      // No source states whether a client can be "me". If a token hides its subject, it can belong to either kind.
      return (
        isTokenHidden(world) ||
        (world.subject === "client" && operation.grantRule === null && operation.path.includes("/me"))
      );
    case "policy":
      return (
        isTokenHidden(world) ||
        !mayRead(world, "authorization:policy:view") ||
        world.policies.some(({ enabled }) => enabled)
      );
    case "condition":
      // Responses about single permissions do not contain the conditions of roles.
      return (
        !mayReadGrants(world) ||
        world.roles.some(({ lines }) => lines.some(({ hasCondition }) => hasCondition))
      );
    case "division":
      return (
        (!call.isDivisionGiven && world.roles.some(({ division }) => division !== "*")) ||
        !mayAsk(world, "authorization")
      );
    case "product":
      return operation.isPreview;
    case "permission":
      return (
        !mayReadGrants(world) ||
        !mayAsk(world, "authorization") ||
        operation.note !== null ||
        operation.permissionMode === "UNKNOWN" ||
        operation.permissions.some((permission) => permission.split(":").length !== 3)
      );
    default:
      return false;
  }
}

/** Returns whether only a caveat of the operation keeps the verdict open. */
function leavesOpen(world: World, { operation, call, layer, verdict }: Outcome): boolean {
  return operation.caveats.some((caveat) => {
    switch (caveat.effect) {
      case "allowed-only-if-held-in-all-divisions":
        return layer === "division" && world.roles.some(({ division }) => division !== "*");
      case "allowed-becomes-conditional":
        return (
          caveat.condition?.grant === undefined && ["permission", "division", "condition"].includes(layer)
        );
      case "denied-becomes-conditional":
        return verdict === "conditional";
      case "client-doubtful":
        return (
          layer === "context" &&
          world.subject === "client" &&
          (caveat.condition?.path === undefined ||
            call.pathValues[caveat.condition.path] === caveat.condition.value)
        );
      default:
        return false;
    }
  });
}

/** Returns whether the scopes let the token call operations of an area. */
function mayAsk({ subject, enforceScopes, scopes }: World, area: string): boolean {
  return (
    subject === "client" || !enforceScopes || scopes.includes(area) || scopes.includes(`${area}:readonly`)
  );
}

/** Returns whether a user's token lacks the scope to read its own identity. */
function isTokenHidden(world: World): boolean {
  return !mayAsk(world, "user-basic-info");
}

function mayRead(world: World, permission: ReadingPermission): boolean {
  return (
    world.readable.includes(permission) &&
    !world.unowned.includes(permission) &&
    mayAsk(world, "authorization")
  );
}

function mayReadGrants(world: World): boolean {
  if (world.subject === "user") return mayAsk(world, "authorization");
  return (
    world.subjectsMeForClients ||
    mayRead(world, "authorization:grant:view") ||
    mayRead(world, "authorization:role:view")
  );
}

function holdsOnlyWider({ scopes }: World, operation: Operation): boolean {
  return (
    operation.scopes?.some(
      (scope) => scope.endsWith(":readonly") && scopes.includes(scope.replace(":readonly", "")),
    ) === true
  );
}

function contradictionIn(world: World, outcome: Outcome): string | null {
  const { verdict, layer, isRefused, operation, status, code } = outcome;
  const what = `${nameOf(operation)}: predicted ${verdict} (${layer}), returned ${status} ${code ?? ""}`;
  if (verdict === "allowed" && isRefused) return `FALSE ALLOWED ${what}`;
  if (verdict === "denied" && !isRefused) return `FALSE DENIED ${what}`;
  if ((verdict === "conditional" || verdict === "unknown") && !mayBeUncertain(world, outcome)) {
    return `GAVE UP ${what}`;
  }
  return null;
}

test("a verdict never contradicts the sandbox's response to the real call", async () => {
  const counts = { allowed: 0, denied: 0, conditional: 0, unknown: 0 };
  const layers = new Map<string, number>();
  const passed = new Set<string>();
  const refused = new Set<string>();
  let isShrinking = false;
  const property = fc.asyncProperty(
    arbitraryWorld(sampleOf(catalogue.operations()), CALLS_PER_WORLD),
    async (world) => {
      const outcomes = await play(world, { definition, catalogue });
      const wrong = outcomes
        .map((outcome) => contradictionIn(world, outcome))
        .filter((line) => line !== null);
      if (wrong.length > 0) isShrinking = true;
      if (!isShrinking) {
        for (const { verdict, layer, operation, isRefused } of outcomes) {
          for (const { kind } of operation.caveats) (isRefused ? refused : passed).add(`${kind} ${verdict}`);
          counts[verdict] += 1;
          layers.set(`${verdict} ${layer}`, (layers.get(`${verdict} ${layer}`) ?? 0) + 1);
        }
      }
      expect(wrong).toEqual([]);
    },
  );
  // When a case fails, fast-check removes roles, lines, policies and calls until only the cause is left.
  await fc.assert(property, { numRuns: WORLDS, seed: SEED });

  const cases = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const share = (count: number) => `${((100 * count) / cases).toFixed(1)} %`;
  const lines = [...layers]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `  ${name.padEnd(24)}${count}`);
  process.stdout.write(
    `matrix: ${cases} cases, ${share(counts.allowed)} allowed, ${share(counts.denied)} denied, ${share(counts.conditional)} conditional, ${share(counts.unknown)} unknown\n${lines.join("\n")}\n`,
  );
  expect(cases).toBeGreaterThanOrEqual(Math.min(MIN_CASES, WORLDS * 5));
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
  // For every kind of caveat that leaves the verdict open, the service allowed some calls and refused others.
  const left = (kind: string) =>
    kind === "reduces" ? "allowed" : kind === "current-user" ? "unknown" : "conditional";
  expect(DECIDING_KINDS.filter((kind) => !passed.has(`${kind} ${left(kind)}`))).toEqual([]);
  expect(
    DECIDING_KINDS.filter((kind) => kind !== "reduces" && !refused.has(`${kind} ${left(kind)}`)),
  ).toEqual([]);
});
