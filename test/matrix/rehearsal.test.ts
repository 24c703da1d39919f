import fc from "fast-check";
import { expect, test } from "vitest";
import { assessClient } from "../../src/access/clients/assess-client.ts";
import { usesOf } from "../../src/access/clients/operation-use.ts";
import type { RehearsalKind } from "../../src/access/rehearsal/rehearsal-kind.ts";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import type { Operation } from "../../src/catalogue/facts/operation.ts";
import { rehearseClients } from "../../src/cli/commands/clients/rehearse.ts";
import { asRecord, asString } from "../../src/core/json.ts";
import { principalOfClient } from "../../src/platform/clients/client-principal.ts";
import { readClients } from "../../src/platform/clients/listed-client.ts";
import { readOrganizationFacts } from "../../src/platform/clients/organization-facts.ts";
import { readUsage } from "../../src/platform/usage/read-usage.ts";
import { readAuthorizationRequest } from "../../src/sandbox/login/authorization-request.ts";
import { packagedDefinition } from "../../src/sandbox/server.ts";
import { type InProcessSandbox, inProcessSandbox } from "../support/in-process-sandbox.ts";

/**
 * Number of runs. To explore: GENSCOPE_REHEARSAL_RUNS=5000 GENSCOPE_REHEARSAL_SEED=7 npx vitest run
 * test/matrix/rehearsal
 */
const RUNS = Number(process.env["GENSCOPE_REHEARSAL_RUNS"] ?? 300);
const SEED = Number(process.env["GENSCOPE_REHEARSAL_SEED"] ?? 20_261_129);
const CLIENT = "Rehearsed app";
const USERS = ["Agent 1", "Agent 2"] as const;
const REDIRECT = "http://localhost";
const DAY_MS = 86_400_000;

const definition = packagedDefinition();
const catalogue = loadCatalogue();
const callable = [...catalogue.operations()].filter(
  ({ grantRule, otherAuthentication, isPreview, path }) =>
    grantRule !== "client-credentials-only" &&
    otherAuthentication === null &&
    !isPreview &&
    !path.startsWith("/api/v2/tokens"),
);
const inferred = callable.filter(({ scopeSource }) => scopeSource !== "published");
const scopes = [...new Set(callable.flatMap((operation) => operation.scopes ?? []))];

const drawn = fc.record({
  grantType: fc.constantFrom("CODE", "TOKEN", "SAML2-BEARER"),
  isApproved: fc.constantFrom(true, true, true, false),
  readsApprovals: fc.constantFrom(true, true, false),
  scope: fc.tuple(fc.subarray(scopes, { maxLength: 6 }), fc.constantFrom<string[]>([], ["user-basic-info"])),
  calls: fc.uniqueArray(
    fc.record({
      operation: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...callable) },
        { weight: 1, arbitrary: fc.constantFrom(...(inferred.length > 0 ? inferred : callable)) },
      ),
      // Most apps have most of the scopes that they need.
      scope: fc.oneof({ weight: 2, arbitrary: fc.nat() }, { weight: 1, arbitrary: fc.constant(null) }),
      by: fc.constantFrom(...USERS),
    }),
    { minLength: 1, maxLength: 8, selector: ({ operation }) => operation.operationId },
  ),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer World> ? World : never;

test(
  "enforcing scopes refuses exactly the calls that the rehearsal says will break",
  async () => {
    const counts = { breaks: 0, passes: 0, "may-break": 0, unknown: 0 };
    const isSplit = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(drawn, async (world) => {
        const sandbox = inProcessSandbox(definition);
        arrange(sandbox, world);
        callAll(sandbox, world);
        sandbox.clock.advance(DAY_MS);
        const { calls, outcome, users } = await rehearsed(sandbox, world, "scope-enforcement");
        sandbox.act("settings.patch", { settings: { enforceScopes: true } });
        const after = callAll(sandbox, world);

        const forecasts = new Map((calls ?? []).map((call) => [`${call.method} ${call.path}`, call]));
        expect([...after.keys()].filter((name) => !forecasts.has(name))).toEqual([]);
        for (const [name, { forecast, passed }] of forecasts) {
          const code = after.get(name) ?? null;
          const isRefused = code === "app.not.authorized.for.scope";
          if (forecast === "breaks") expect([name, code]).toEqual([name, "app.not.authorized.for.scope"]);
          if (forecast === "passes") expect([name, isRefused]).toEqual([name, false]);
          if (isRefused && passed > 0) expect(["breaks", "may-break"]).toContain(outcome);
          counts[forecast] += 1;
        }
        // A user is affected only by that user's own calls.
        expect([users?.unnamedRequests, users?.isCut]).toEqual([0, false]);
        for (const { name: user, calls: own, requests } of users?.users ?? []) {
          const expected = world.calls
            .filter(({ by }) => by === user)
            .map(({ operation }) => nameOf(operation));
          expect(own.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(expected.toSorted());
          expect(own).toEqual(own.map(({ method, path }) => forecasts.get(`${method} ${path}`)));
          expect(requests).toBe(expected.length);
          isSplit.add(expected.length < world.calls.length);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(counts.breaks).toBeGreaterThan(RUNS / 4);
    expect(counts.passes).toBeGreaterThan(RUNS / 4);
    expect(counts["may-break"]).toBeGreaterThan(RUNS / 20);
    expect(isSplit).toContain(true);
  },
  900_000 + RUNS * 3_000,
);

test(
  "moving an implicit client to PKCE ends the logins of its app, and breaks no call",
  async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (given) => {
        const world: Drawn = { ...given, grantType: "TOKEN", isApproved: true };
        const sandbox = inProcessSandbox(definition);
        arrange(sandbox, world);
        const before = callAll(sandbox, world);
        sandbox.clock.advance(DAY_MS);
        const { calls, login, outcome, users } = await rehearsed(sandbox, world, "pkce");
        expect([outcome, login?.forecast]).toEqual(["breaks", "breaks"]);
        const callers = new Set(world.calls.map(({ by }) => by));
        expect(new Set(users?.users.map(({ name }) => name))).toEqual(callers);
        arrange(sandbox, { ...world, grantType: "CODE" });
        expect(callAll(sandbox, world)).toEqual(before);
        expect((calls ?? []).every(({ forecast }) => forecast === "passes")).toBe(true);
        const query = new URLSearchParams({
          client_id: idOf(sandbox),
          redirect_uri: REDIRECT,
          response_type: "token",
        });
        const reading = readAuthorizationRequest(sandbox.world, query);
        expect(reading.kind === "refused" ? reading.location : reading.kind).toContain(
          "unsupported_response_type",
        );
      }),
      { numRuns: Math.ceil(RUNS / 4), seed: SEED },
    );
  },
  900_000 + RUNS * 1_500,
);

/** Sets up the app and its scopes in an organization that does not enforce scopes yet. */
function arrange({ act, world: { organizationId, organizations } }: InProcessSandbox, world: Drawn): void {
  act("settings.patch", { settings: { enforceScopes: false } });
  const [some, more] = world.scope;
  const own = world.calls.flatMap(({ operation, scope }) =>
    scope === null ? [] : (operation.scopes?.[scope % Math.max(1, operation.scopes.length)] ?? []),
  );
  const known = [...(organizations.get(organizationId)?.clients.values() ?? [])].find(
    ({ name }) => name === CLIENT,
  );
  act("client.upsert", {
    ...(known === undefined ? {} : { id: known.id }),
    name: CLIENT,
    grantType: world.grantType,
    scope: [...new Set([...some, ...more, ...own])],
    isApproved: world.isApproved,
    registeredRedirectUri: [REDIRECT],
  });
  for (const subject of USERS) act("role.grant", { subject, role: "Administrator", division: "*" });
}

/**
 * Calls each operation with a new token of its user. @returns the code of each refusal; null for a call that passed
 */
function callAll({ act, send }: InProcessSandbox, { calls }: Drawn): ReadonlyMap<string, string | null> {
  const outcomes = new Map<string, string | null>();
  for (const { operation, by } of calls) {
    const token = asString(act("token.mint", { client: CLIENT, user: by })["access_token"]) ?? "";
    const body = ["GET", "HEAD", "DELETE"].includes(operation.method) ? undefined : {};
    const path = operation.path.replace(/\{[^}]+\}/g, "00000000-0000-4000-8000-000000000001");
    const { status, json } = send(token, operation.method, path, body);
    outcomes.set(nameOf(operation), status >= 400 ? asString(asRecord(json)["code"]) : null);
  }
  return outcomes;
}

function nameOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}

function idOf({ world: { organizationId, organizations } }: InProcessSandbox): string {
  const clients = organizations.get(organizationId)?.clients.values() ?? [];
  return [...clients].find(({ name }) => name === CLIENT)?.id ?? "";
}

/** Rehearses as an administrator, who may or may not be allowed to read the approvals of apps. */
async function rehearsed(
  { api, act, mint, clock }: InProcessSandbox,
  { readsApprovals }: Drawn,
  kind: RehearsalKind,
) {
  const permissions = ["oauth:client:view", "usage:organization:view", "authorization:role:view"];
  act("role.upsert", {
    name: "Auditor",
    permissions: [...permissions, ...(readsApprovals ? ["oauth:client:authorize"] : [])],
  });
  act("client.upsert", { name: "Auditor" });
  act("role.grant", { subject: "Auditor", role: "Auditor", division: "*" });
  const reader = api(mint("Auditor"));
  const polling = { clock };
  const period = { firstDay: "2026-10-01", lastDay: "2026-10-01" };
  const [clients, facts, usage] = await Promise.all([
    readClients(reader),
    readOrganizationFacts(reader),
    readUsage(reader, polling, {
      ...period,
      granularity: "Day",
      groupBy: ["client", "method", "path"],
      clientId: null,
    }),
  ]);
  if (!clients.isRead || !usage.isRead) throw new Error("the administrator can't read");
  const client = clients.value.find(({ name }) => name === CLIENT);
  if (client === undefined) throw new Error("the client is not listed");
  const rows = usage.value.rows.filter(({ clientId }) => clientId === client.id);
  const assessment = assessClient({
    client,
    principal: principalOfClient(client, facts, facts.accessPolicies),
    uses: usesOf(rows, (method, path) => catalogue.find(method, path), true),
    window: { ...period, missingDays: [], isCut: false },
    announcements: [],
    asOf: null,
    today: "2026-10-02",
  });
  const { byClient } = await rehearseClients(reader, polling, kind, {
    assessments: [assessment],
    catalogue,
    period,
    chosen: null,
  });
  const rehearsal = byClient.get(client.id);
  if (rehearsal === undefined) throw new Error("the client is not rehearsed");
  return rehearsal;
}
