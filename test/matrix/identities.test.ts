import fc from "fast-check";
import { expect, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import { asString } from "../../src/core/json.ts";
import { type IdentityNames, readOtherIdentity } from "../../src/platform/clients/other-identity.ts";
import { packagedDefinition } from "../../src/sandbox/server.ts";
import { type Outcome, play } from "./play.ts";
import { sampleOf } from "./sample-operations.ts";
import { arbitraryWorld, nameOf, type World } from "./world.ts";

/**
 * Number of worlds. To explore: GENSCOPE_IDENTITY_WORLDS=3000 GENSCOPE_IDENTITY_SEED=7 npx vitest run
 * test/matrix/identities
 */
const WORLDS = Number(process.env["GENSCOPE_IDENTITY_WORLDS"] ?? 400);
const SEED = Number(process.env["GENSCOPE_IDENTITY_SEED"] ?? 20_261_130);
const CALLS_PER_WORLD = 12;

/** Permissions that an administrator needs to check another identity. */
const ALL_RIGHTS = [
  "authorization:grant:view",
  "authorization:role:view",
  "authorization:policy:view",
  "oauth:client:view",
  "oauth:client:authorize",
  "directory:user:view",
] as const;

/** Draws the login that runs the check, and the identity that it names. */
const drawnReader = fc.record({
  rights: fc.oneof(
    { weight: 2, arbitrary: fc.constant([...ALL_RIGHTS]) },
    { weight: 1, arbitrary: fc.subarray([...ALL_RIGHTS]) },
  ),
  kind: fc.constantFrom("client" as const, "user" as const),
  named: fc.constantFrom("user", "client", "user at client"),
  isApproved: fc.constantFrom(true, true, false),
  state: fc.constantFrom("active", "active", "active", "inactive", "disabled"),
});
type Reader = typeof drawnReader extends fc.Arbitrary<infer Drawn> ? Drawn : never;

const catalogue = loadCatalogue();
const definition = packagedDefinition();

test("a check of another identity never contradicts the responses to that identity's own token", async () => {
  const counts = { allowed: 0, denied: 0, conditional: 0, unknown: 0 };
  const decided = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      arbitraryWorld(sampleOf(catalogue.operations()), CALLS_PER_WORLD),
      drawnReader,
      async (world, reader) => {
        const outcomes = await judge(world, reader);
        expect(outcomes.map(contradictionIn).filter((line) => line !== null)).toEqual([]);
        for (const { verdict } of outcomes) {
          counts[verdict] += 1;
          const name = `${world.subject === "client" ? "client" : reader.named} ${verdict}`;
          decided.set(name, (decided.get(name) ?? 0) + 1);
        }
      },
    ),
    { numRuns: WORLDS, seed: SEED },
  );
  process.stdout.write(`identities: ${JSON.stringify(counts)} ${JSON.stringify([...decided].toSorted())}\n`);
  // Every way to name an identity leads to both decisions, allowed and denied.
  for (const named of ["client", "user at client"]) {
    expect(decided.get(`${named} allowed`) ?? 0, named).toBeGreaterThan(WORLDS / 20);
    expect(decided.get(`${named} denied`) ?? 0, named).toBeGreaterThan(WORLDS / 20);
  }
  expect(decided.get("user denied") ?? 0).toBeGreaterThan(WORLDS / 20);
});

test("a check of another identity has the same verdict as its own token when the administrator can read everything", async () => {
  const counts = { compared: 0, allowed: 0 };
  await fc.assert(
    fc.asyncProperty(arbitraryWorld(sampleOf(catalogue.operations()), CALLS_PER_WORLD), async (drawn) => {
      const world: World = {
        ...drawn,
        // The token must also be able to read its own grants.
        readable: ["authorization:grant:view", "authorization:role:view", "authorization:policy:view"],
        scopes: [...new Set([...drawn.scopes, "authorization", "user-basic-info", "oauth:readonly"])],
        unowned: [],
        // A policy for every subject could also refuse the requests of the administrator.
        policies: [],
      };
      const own = await play(world, { definition, catalogue });
      const other = await judge(world, {
        rights: [...ALL_RIGHTS],
        kind: "user",
        named: "user at client",
        isApproved: true,
        state: "active",
      });
      const differing = own.flatMap(({ operation, verdict, layer }, index) => {
        // Only a call by the identity itself shows whether a client can be "me", and whether scopes are enforced.
        const isOpen =
          verdict === "unknown" ||
          [layer, other[index]?.layer].some((each) => each === "context" || each === "scope");
        if (isOpen) return [];
        counts.compared += 1;
        if (verdict === "allowed") counts.allowed += 1;
        return other[index]?.verdict === verdict
          ? []
          : [
              `${nameOf(operation)}: own ${verdict} (${layer}), judged ${other[index]?.verdict} (${other[index]?.layer})`,
            ];
      });
      expect(differing).toEqual([]);
    }),
    { numRuns: Math.ceil(WORLDS / 4), seed: SEED },
  );
  expect(counts.compared).toBeGreaterThan(WORLDS);
  expect(counts.allowed).toBeGreaterThan(WORLDS / 4);
});

function contradictionIn({ verdict, layer, isRefused, operation, status, code }: Outcome): string | null {
  const what = `${nameOf(operation)}: judged ${verdict} (${layer}), returned ${status} ${code ?? ""}`;
  if (verdict === "allowed" && isRefused) return `FALSE ALLOWED ${what}`;
  return verdict === "denied" && !isRefused ? `FALSE DENIED ${what}` : null;
}

/** Checks the identity of a world as an administrator, and makes the calls with the identity's own token. */
async function judge(world: World, reader: Reader): Promise<readonly Outcome[]> {
  return await play(world, {
    definition,
    catalogue,
    read: async ({ act, api }, permissions) => {
      const { isApproved, state, rights, kind } = reader;
      act("client.update", { client: "Subject client", isApproved, state });
      act("role.upsert", { name: "Judging", permissions: rights });
      const names =
        kind === "client"
          ? act("client.upsert", { name: "Judge" })
          : act("user.upsert", { name: "Judging user" });
      act("role.grant", { subject: names["id"], role: "Judging", division: "*" });
      if (kind === "user") {
        const scope = ["authorization", "oauth", "users", "user-basic-info", "organization"];
        act("client.upsert", { name: "Judge's app", grantType: "CODE", scope });
      }
      const minted = act(
        "token.mint",
        kind === "client" ? { client: "Judge" } : { client: "Judge's app", user: "Judging user" },
      );
      const token = asString(minted["access_token"]) ?? "";
      return await readOtherIdentity(api(token), namesIn(world, reader), permissions);
    },
  });
}

function namesIn({ subject }: World, { named }: Reader): IdentityNames {
  if (subject === "client" || named === "client") return { client: "Subject client", user: null };
  return named === "user"
    ? { client: null, user: "Subject user" }
    : { client: "Subject client", user: "Subject user" };
}
