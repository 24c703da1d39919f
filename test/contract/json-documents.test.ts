import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { CLIENT_FINDING_KINDS } from "../../src/access/clients/client-finding.ts";
import type { ClaimVerdict } from "../../src/access/explain/finding.ts";
import {
  type Evidence,
  LAYER_NAMES,
  type Remedy,
  type VerdictName,
} from "../../src/access/verdict/verdict.ts";
import type { CredentialKind } from "../../src/auth/stores/credential-store.ts";
import { STORE_KINDS } from "../../src/auth/stores/credential-store.ts";
import type { Revocation } from "../../src/auth/token/revoke-token.ts";
import type { Operation, PermissionMode } from "../../src/catalogue/facts/operation.ts";
import { COMPARED_ASPECTS } from "../../src/catalogue/update/catalogue-difference.ts";
import { CHECK_NAMES, CHECK_STATUSES } from "../../src/cli/doctor/check.ts";
import { systemClock } from "../../src/core/clock.ts";
import { asRecord } from "../../src/core/json.ts";
import { act, json, sandboxFor } from "../sandbox/client.ts";
import { listCommands } from "../support/command-tree.ts";
import { credentialsFor } from "../support/credentials.ts";
import { documentOf } from "../support/document-of.ts";
import { findViolations, readSchemas, withoutTolerance } from "../support/json-schemas.ts";
import type { RunOptions } from "../support/run-cli.ts";

const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";
const QUEUES = "GET /api/v2/routing/queues";
const HANDLED = ["--interval", "last-7d", "--metric", "tHandle", "--group-by", "queueId"];
const REFUSAL = JSON.stringify({
  message:
    "Unable to perform the requested action. You are missing the following permission(s): [routing:queue:add]",
  code: "missing.permissions",
  status: 403,
  contextId: "0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90",
});
const DAY_MS = 86_400_000;
/** An address where no connection is accepted: port 1. */
const NOWHERE = {
  GENESYSCLOUD_REGION: "http://127.0.0.1:1",
  GENESYSCLOUD_ACCESS_TOKEN: "some-token",
};

/** An access log with calls that are allowed, denied and unknown to the catalog. */
const RECORDING = join(import.meta.dirname, "../cli/commands/record/access.log");

/** Destination of exports that fail before they write data. */
const OUT = join(tmpdir(), `genscope-documents-${process.pid}`);
afterAll(() => rm(OUT, { recursive: true, force: true }));

const schemas = readSchemas();
const commands = await listCommands();
/** Names of all commands that have a result, in the form in which documents name them. */
const documents = commands.filter(({ isGroup }) => !isGroup).map(({ words }) => words.join("-"));

describe("the JSON schemas", () => {
  test.each(documents)("contain one for `%s`", (name) => {
    expect(asRecord(asRecord(asRecord(schemas.get(name))["properties"])["schema"])).toEqual({
      const: `genscope/${name}/v1`,
    });
  });

  test("are one per command, plus those for errors, help, manifests, checks and descriptions", () => {
    const others = [
      "error",
      "export-check",
      "export-description",
      "export-manifest",
      "export-verify",
      "help",
      "query-description",
      "query-watch",
      "token-watch",
      "version",
    ];
    expect([...schemas.keys()].toSorted()).toEqual([...documents, ...others].toSorted());
  });

  test.each([...schemas])("%s declares draft 2020-12 and a unique id", (name, schema) => {
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: `urn:genscope:${name}:v1`,
    });
  });

  test("are self-contained and share identical definitions", () => {
    const versions = new Map<string, Set<string>>();
    for (const [, schema] of schemas) {
      for (const [name, definition] of Object.entries(asRecord(schema["$defs"]))) {
        versions.set(name, (versions.get(name) ?? new Set()).add(JSON.stringify(definition)));
      }
    }
    expect([...versions].filter(([, texts]) => texts.size > 1).map(([name]) => name)).toEqual([]);
  });

  test("reject a document without a required field and a layer with an unknown name", () => {
    const error = {
      schema: "genscope/error/v1",
      error: { name: "X", code: "a.b", message: "m", hint: null },
      diagnosis: null,
    };
    expect(findViolations(schemas.get("error"), error)).toEqual([
      `/error must have required property 'correlationId' {"missingProperty":"correlationId"}`,
    ]);
    const finding = json(schemas.get("explain")).at("$defs.layer");
    expect(findViolations(finding, "weather")).toHaveLength(1);
  });
});

/** Every verdict name. The compiler rejects a missing or superfluous name, here and in the constants below. */
const VERDICTS: Readonly<Record<VerdictName, true>> = {
  allowed: true,
  denied: true,
  conditional: true,
  unknown: true,
};
const CLAIM_VERDICTS: Readonly<Record<ClaimVerdict, true>> = {
  true: true,
  false: true,
  misleading: true,
  unknown: true,
};
const PERMISSION_MODES: Readonly<Record<PermissionMode, true>> = {
  ANY: true,
  ALL: true,
  NONE: true,
  UNKNOWN: true,
};
const SCOPE_SOURCES: Readonly<Record<Operation["scopeSource"], true>> = {
  published: true,
  "inferred-high": true,
  "inferred-medium": true,
  "inferred-low": true,
  unknown: true,
};
const EVIDENCE_KINDS: Readonly<Record<Evidence["kind"], true>> = {
  requirement: true,
  grant: true,
  scope: true,
  context: true,
  "near-miss": true,
  condition: true,
  policy: true,
  product: true,
  unreadable: true,
  recent: true,
  caveat: true,
  note: true,
  call: true,
};
const REMEDY_KINDS: Readonly<Record<Remedy["kind"], true>> = {
  "add-division": true,
  "assign-role": true,
  "create-role": true,
  "add-scope": true,
  "log-in-as-user": true,
  "log-in-as-client": true,
  "log-in-again": true,
  "edit-condition": true,
  "change-policy": true,
  "buy-product": true,
  "allow-ip": true,
  "enable-client": true,
  "grant-reading": true,
  "use-operation": true,
  "use-host": true,
  "fix-credentials": true,
  wait: true,
  "check-live": true,
  "ask-support": true,
  none: true,
};

const CREDENTIAL_KINDS: Readonly<Record<CredentialKind, true>> = {
  "access-token": true,
  "refresh-token": true,
  "client-secret": true,
};
const REVOCATIONS: Readonly<Record<Revocation["outcome"], true>> = {
  revoked: true,
  ended: true,
  refused: true,
  unreachable: true,
  none: true,
};

describe("the schemas list exactly the names in the source", () => {
  test.each<[string, string, readonly string[]]>([
    ["check-scopes", "$defs.layer", LAYER_NAMES],
    ["check-scopes", "$defs.verdict", Object.keys(VERDICTS)],
    ["check-scopes", "$defs.evidence.properties.kind", Object.keys(EVIDENCE_KINDS)],
    ["check-scopes", "$defs.remedy.properties.kind", Object.keys(REMEDY_KINDS)],
    ["check-scopes", "$defs.permissionMode", Object.keys(PERMISSION_MODES)],
    ["check-scopes", "properties.summary.required", Object.keys(VERDICTS)],
    ["login", "$defs.storeKind", STORE_KINDS],
    ["logout", "$defs.credentialKind", Object.keys(CREDENTIAL_KINDS)],
    ["logout", "$defs.loggedOut.properties.revocation", Object.keys(REVOCATIONS)],
    ["doctor", "$defs.checkName", CHECK_NAMES],
    ["doctor", "$defs.checkStatus", CHECK_STATUSES],
    ["doctor", "properties.summary.required", CHECK_STATUSES],
    ["clients", "$defs.clientFinding.properties.kind", CLIENT_FINDING_KINDS],
    ["explain", "$defs.layer", LAYER_NAMES],
    ["explain", "$defs.claim.properties.verdict", Object.keys(CLAIM_VERDICTS)],
    ["catalog-show", "$defs.shownOperation.properties.scopeSource", Object.keys(SCOPE_SOURCES)],
    ["catalog-diff", "$defs.change.properties.aspect", COMPARED_ASPECTS],
  ])("%s: %s", (name, place, names) => {
    const found = json(schemas.get(name)).at(place);
    const listed = Array.isArray(found) ? found : asRecord(found)["enum"];
    expect((listed as string[]).toSorted()).toEqual([...names].toSorted());
  });
});

/** A run that prints the document of its command: name, scenario, exit code, command line. */
type Run = readonly [
  name: string,
  scenario: string,
  exitCode: number,
  argv: readonly string[],
  options?: RunOptions,
];

const RUNS: readonly Run[] = [
  ["completion", "healthy", 0, ["completion", "zsh"]],
  ["whoami", "missing-role", 0, ["whoami"]],
  ["whoami", "scope-missing", 0, ["whoami"]],
  ["whoami", "identity-hidden", 0, ["whoami"]],
  ["whoami", "unreadable", 0, ["whoami"]],
  ["whoami", "trusting-org", 0, ["whoami"]],
  ["check-scopes", "healthy", 0, ["check-scopes", DETAIL_QUERY]],
  [
    "check-scopes",
    "missing-role",
    0,
    ["check-scopes", "--offline", DETAIL_QUERY, "--permission", "routing:queue:view"],
  ],
  ["check-scopes", "missing-role", 3, ["check-scopes", DETAIL_QUERY, QUEUES, "--live"]],
  ["check-scopes", "clients", 0, ["check-scopes", "--client", "Beta integration", QUEUES]],
  ["check-scopes", "clients", 0, ["check-scopes", "--who", QUEUES]],
  ["clients", "clients", 3, ["clients", "--rehearse", "pkce"]],
  ["check-scopes", "clients", 0, ["check-scopes", "--list"]],
  ["check-scopes", "missing-role", 3, ["check-scopes", DETAIL_QUERY, QUEUES, "--max", "--request"]],
  ["check-scopes", "healthy", 0, ["check-scopes", DETAIL_QUERY, "--emit", "terraform"]],
  [
    "check-scopes",
    "healthy",
    0,
    ["check-scopes", "--offline", "--scan", "src/platform/reading/live-call.ts"],
  ],
  ["check-scopes", "missing-role", 3, ["check-scopes", "--permission", "routing:queue:edit"]],
  ["check-scopes", "scope-missing", 3, ["check-scopes", DETAIL_QUERY]],
  ["check-scopes", "access-policy", 3, ["check-scopes", DETAIL_QUERY]],
  ["check-scopes", "expired-token", 4, ["check-scopes", DETAIL_QUERY]],
  ["check-scopes", "role-condition", 5, ["check-scopes", "GET /api/v2/routing/queues/{queueId}"]],
  ["check-scopes", "division", 5, ["check-scopes", QUEUES]],
  ["check-scopes", "unreadable", 5, ["check-scopes", DETAIL_QUERY]],
  ["check-scopes", "stopped", 3, ["check-scopes", DETAIL_QUERY, "--history", "14d"]],
  ["check-scopes", "missing-role", 3, ["check-scopes", DETAIL_QUERY, "--history", "14d"]],
  ["clients", "clients", 0, ["clients"]],
  ["clients", "clients", 0, ["clients", "--as-of", "2099-12-31"]],
  ["clients", "clients", 0, ["clients", "Recording archive"]],
  ["clients", "clients", 0, ["clients", "Old agent dashboard", "--emit", "role"]],
  ["clients", "clients", 3, ["clients", "--fail-on", "failing"]],
  ["clients", "unreadable", 5, ["clients"]],
  ["explain", "missing-role", 0, ["explain", "--offline"], { input: REFUSAL }],
  ["explain", "missing-role", 3, ["explain"], { input: `POST /api/v2/routing/queues -> ${REFUSAL}` }],
  ["explain", "expired-token", 4, ["explain"], { input: REFUSAL }],
  ["explain", "missing-role", 9, ["explain"], { input: REFUSAL, env: NOWHERE }],
  ["query", "healthy", 0, ["query", "conversations", "details", "--interval", "last-7d", "--limit", "2"]],
  ["query", "healthy", 0, ["query", "conversations", "aggregates", ...HANDLED, "--names"]],
  ["query", "healthy", 0, ["query", "conversations", "details", "--interval", "2001-01-01", "--all"]],
  ["query", "healthy", 0, ["query", QUEUES, "--all"]],
  ["catalog-search", "missing-role", 0, ["catalog", "search", "queue", "members"]],
  ["catalog-search", "missing-role", 0, ["catalog", "search", "nonsense"]],
  ["catalog-changes", "missing-role", 0, ["catalog", "changes"]],
  [
    "catalog-show",
    "missing-role",
    0,
    ["catalog", "show", DETAIL_QUERY, "getUsersMe", "deleteWebdeploymentsTokenRevoke"],
  ],
  ["doctor", "missing-role", 0, ["doctor"]],
  ["doctor", "missing-role", 9, ["doctor"], { env: NOWHERE }],
  ["sandbox", "missing-role", 0, ["sandbox"], { signal: AbortSignal.abort() }],
  ["sandbox", "missing-role", 0, ["sandbox", "--scenario", "expired-token"], { signal: AbortSignal.abort() }],
  ["demo", "missing-role", 0, ["demo"]],
  ["mcp", "missing-role", 0, ["mcp"]],
  ["record", "missing-role", 3, ["record", "--from", RECORDING]],
  ["record", "missing-role", 0, ["record", "--from", RECORDING, "--offline"]],
  ["record", "missing-role", 0, ["record", "--from", RECORDING, "--emit", "policy"]],
];

/** Documents that `login-documents.test.ts` covers. */
const LOGIN_DOCUMENTS = [
  "login",
  "logout",
  "token",
  "profile-list",
  "profile-use",
  "profile-show",
  "profile-remove",
  "profile-import",
];

describe("a successful run prints one document that matches its schema", () => {
  test.each(
    RUNS.map(([name, scenario, exitCode, argv, options = {}]) => ({
      name,
      scenario,
      exitCode,
      argv,
      options,
    })),
  )(
    "$name in scenario $scenario, exit $exitCode: $argv",
    async ({ name, scenario, exitCode, argv, options }) => {
      const sandbox = await sandboxFor({ scenario }, systemClock);
      const run = await documentOf(name, argv, { env: credentialsFor(sandbox), ...options });
      expect([run.exitCode, run.violations]).toEqual([exitCode, []]);
    },
  );

  test.each([[["--version"]], [["-V"]], [["whoami", "--version"]]])("%j", async (argv) => {
    const run = await documentOf("version", argv, { env: {} });
    expect([run.exitCode, run.violations]).toEqual([0, []]);
  });

  test("catalog update and catalog diff, on the first run and the next", async () => {
    const sandbox = await sandboxFor({}, systemClock);
    const directory = await mkdtemp(join(tmpdir(), "genscope-documents-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    const env = { ...credentialsFor(sandbox), GENSCOPE_CONFIG_DIR: directory };
    const updated = await documentOf("catalog-update", ["catalog", "update"], { env });
    const unchanged = await documentOf("catalog-update", ["catalog", "update"], { env });
    const difference = await documentOf("catalog-diff", ["catalog", "diff"], { env });
    const definition = join(directory, "definition.json");
    await writeFile(
      definition,
      '{"swagger":"2.0","paths":{"/api/v2/users/me":{"get":{"operationId":"getUsersMe"}}}}',
    );
    const large = await documentOf("catalog-diff", ["catalog", "diff", "--against", definition], { env });
    for (const run of [updated, unchanged, difference, large]) {
      expect([run.exitCode, run.violations]).toEqual([0, []]);
    }
    expect([asRecord(updated.document)["outcome"], asRecord(unchanged.document)["outcome"]]).toEqual([
      "updated",
      "unchanged",
    ]);
    const path = String(asRecord(updated.document)["path"]);
    expect(await readFile(path, "utf8")).toContain("getUsersMe");
  });

  test.each<readonly [string, number, readonly string[]]>([
    ["healthy", 0, ["queues"]],
    ["healthy", 0, ["conversations", "details", "--interval", "last-7d", "--fresh-tail"]],
    ["healthy", 8, ["conversations", "details", "--interval", "today"]],
  ])("export in scenario %s, exit %i: %j, with a valid manifest", async (scenario, exitCode, words) => {
    const sandbox = await sandboxFor({ scenario }, systemClock);
    const directory = await mkdtemp(join(tmpdir(), "genscope-documents-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    const argv = ["export", ...words, "--out", join(directory, "lake")];
    const run = await documentOf("export", argv, { env: credentialsFor(sandbox) });
    expect([run.exitCode, run.violations]).toEqual([exitCode, []]);
    const manifest: unknown = JSON.parse(await readFile(join(directory, "lake", "manifest.json"), "utf8"));
    const schema = schemas.get("export-manifest");
    expect([
      ...findViolations(schema, manifest),
      ...findViolations(withoutTolerance(schema), manifest),
    ]).toEqual([]);
  });

  test("export with a refused part, exit 3", async () => {
    const sandbox = await sandboxFor({ scenario: "healthy" }, systemClock);
    await act(sandbox, "day.deny", {
      day: new Date(systemClock.now() - 3 * DAY_MS).toISOString().slice(0, 10),
    });
    const argv = [
      "export",
      "conversations",
      "details",
      "--interval",
      "last-7d",
      "--out",
      join(OUT, "refused"),
    ];
    const run = await documentOf("export", argv, { env: credentialsFor(sandbox) });
    expect([run.exitCode, run.violations]).toEqual([3, []]);
    expect(json(run.document).at("diagnosis.results.0.live.status")).toBe(403);
  });

  test("every command has a run in this file or in login-documents.test.ts", () => {
    const covered = new Set([
      ...RUNS.map(([name]) => name),
      "catalog-update",
      "catalog-diff",
      "export",
      ...LOGIN_DOCUMENTS,
    ]);
    expect(documents.filter((name) => !covered.has(name))).toEqual([]);
  });
});

describe("a failed run prints one document that matches the schema `error`", () => {
  test.each(commands.map(({ name, words }) => [name, words] as const))(
    "`%s` with an unknown flag, exit 2",
    async (_name, words) => {
      const run = await documentOf("error", [...words, "--no-such-flag"], { env: {} });
      expect([run.exitCode, run.violations]).toEqual([2, []]);
    },
  );

  test.each<[string, number, readonly string[], RunOptions]>([
    ["usage.arguments", 2, ["no-such-command"], {}],
    ["usage.region", 2, ["whoami", "--region", "eu-centrall-1"], { env: NOWHERE }],
    ["usage.unknown_operation", 2, ["check-scopes", "POST /api/v2/nothing"], { env: NOWHERE }],
    ["usage.unknown_division", 2, ["check-scopes", DETAIL_QUERY, "--division", "Nowhere"], {}],
    ["usage.empty_paste", 2, ["explain"], { input: " " }],
    ["usage.nothing_recognised", 2, ["explain"], { input: "good morning" }],
    ["usage.file", 2, ["explain", "/nonexistent/failure.har"], {}],
    ["usage.nothing_to_search", 2, ["catalog", "search"], {}],
    ["usage.unknown_operation", 2, ["catalog", "show", "getUsersMee"], {}],
    ["usage.region", 2, ["catalog", "update", "--region", "nowhere"], {}],
    ["usage.nothing_to_compare", 2, ["catalog", "diff"], {}],
    ["usage.arguments", 2, ["catalog"], {}],
    ["usage.scenario", 2, ["sandbox", "--scenario", "nonsense"], {}],
    ["usage.unknown_query", 2, ["query", "conversation", "detail"], {}],
    ["usage.interval", 2, ["query", "conversations", "details", "--interval", "some day"], {}],
    ["usage.not_a_read", 2, ["query", "POST", "/api/v2/routing/queues"], {}],
    ["api.forbidden", 3, ["query", "conversations", "details", "--interval", "yesterday"], {}],
    ["usage.dataset", 2, ["export", "conversation", "detail"], {}],
    ["usage.flag", 2, ["export", "conversations", "details"], {}],
    ["api.forbidden", 3, ["export", "conversations", "details", "--interval", "yesterday", "--out", OUT], {}],
    ["auth.not_logged_in", 4, ["export", "queues", "--out", "/nonexistent/queues"], { env: {} }],
    ["network.refused", 9, ["export", "queues", "--out", join(OUT, "queues")], { env: NOWHERE }],
    ["auth.not_logged_in", 4, ["query", QUEUES], { env: {} }],
    ["auth.not_logged_in", 4, ["whoami"], { env: {} }],
    ["auth.not_logged_in", 4, ["check-scopes", DETAIL_QUERY], { env: {} }],
    ["network.refused", 9, ["whoami"], { env: NOWHERE }],
    ["network.refused", 9, ["check-scopes", DETAIL_QUERY], { env: NOWHERE }],
    ["network.refused", 9, ["catalog", "update"], { env: NOWHERE }],
  ])("%s, exit %i: %j", async (code, exitCode, argv, options) => {
    const sandbox = await sandboxFor({}, systemClock);
    const run = await documentOf("error", argv, { env: credentialsFor(sandbox), ...options });
    expect([run.exitCode, json(run.document).at("error.code"), run.violations]).toEqual([exitCode, code, []]);
    // Only a 403 has a diagnosis.
    expect(asRecord(run.document)["diagnosis"] !== null).toBe(code === "api.forbidden");
  });

  test.each([
    [4, "wrong-secret", "auth.wrong_secret", ["whoami"]],
    [4, "expired-token", "auth.rejected", ["whoami"]],
    [4, "client-inactive", "auth.grant_not_allowed", ["check-scopes", DETAIL_QUERY]],
  ] as const)("exit %i in scenario %s: %s", async (exitCode, scenario, code, argv) => {
    const sandbox = await sandboxFor({ scenario }, systemClock);
    const run = await documentOf("error", argv, { env: credentialsFor(sandbox) });
    expect([run.exitCode, json(run.document).at("error.code"), run.violations]).toEqual([exitCode, code, []]);
    expect(json(run.document).at("error.correlationId")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("exit 7 when the service asks for a longer wait than genscope allows", async () => {
    const sandbox = await sandboxFor({ scenario: "healthy" }, systemClock);
    await act(sandbox, "fault.add", { path: "/api/v2", times: 99, retryAfterSeconds: 3600 });
    const run = await documentOf("error", ["whoami"], { env: credentialsFor(sandbox) });
    expect([run.exitCode, run.violations]).toEqual([7, []]);
  });
});
