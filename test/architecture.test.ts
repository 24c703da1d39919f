import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");
const SRC = join(ROOT, "src");

/** The rooms that each room may import from, in addition to itself. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  http: ["core"],
  platform: ["http", "core"],
  catalogue: ["platform", "http", "core"],
  auth: ["platform", "http", "core"],
  access: ["catalogue", "platform", "core"],
  analytics: ["platform", "http", "core"],
  export: ["analytics", "platform", "http", "core"],
  output: ["http", "core"],
  cli: ["output", "export", "analytics", "access", "catalogue", "auth", "platform", "http", "core"],
  sandbox: ["catalogue", "core"],
  main: ["cli", "sandbox", "output", "auth", "platform", "http", "core"],
};

/** The parts that each part of a room may import from. A part is a folder, written with a slash, or one file. */
const INNER_ARROWS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  core: {
    "": [],
    "redaction/": [""],
    "files/": [""],
    "lock/": ["files/", ""],
  },
  http: {
    "connection/": [],
    "transport/": ["connection/"],
    "retry/": ["transport/"],
    "recording/": ["connection/"],
  },
  platform: {
    "region/": [],
    "api/": ["region/"],
    "reading/": ["api/"],
    "identity/": ["reading/", "api/"],
    "clients/": ["identity/", "reading/", "api/"],
    "usage/": ["reading/", "api/"],
    "audits/": ["reading/", "api/"],
  },
  analytics: {
    "calendar.ts": [],
    "named-objects.ts": [],
    "filter-text.ts": [],
    "name-cache.ts": ["named-objects.ts"],
    "named-query.ts": [],
    "narrowing.ts": [],
    "table.ts": [],
    "wording/": [],
    "unknown-word.ts": ["wording/"],
    "withhold.ts": [],
    "vocabulary/": [],
    "interval.ts": ["calendar.ts", "wording/"],
    "days.ts": ["interval.ts", "calendar.ts"],
    "query-list.ts": ["named-query.ts"],
    "choose-query.ts": ["query-list.ts", "named-query.ts"],
    "vocabulary.ts": ["vocabulary/", "named-query.ts"],
    "filter.ts": ["filter-text.ts", "named-objects.ts", "vocabulary.ts", "unknown-word.ts"],
    "similar-names.ts": ["named-objects.ts", "unknown-word.ts"],
    "resolve-names.ts": ["filter-text.ts", "named-objects.ts", "similar-names.ts"],
    "query-description.ts": ["named-objects.ts", "vocabulary.ts", "named-query.ts"],
    "interval-advice.ts": ["calendar.ts"],
    "query-body.ts": ["filter.ts", "vocabulary.ts", "interval.ts", "named-query.ts", "unknown-word.ts"],
    "tables/": ["table.ts"],
    "answer/": ["tables/", "table.ts", "named-query.ts", "calendar.ts"],
    "datasets/": ["tables/", "table.ts", "withhold.ts"],
    "jobs/": ["datasets/"],
    "splitting/": ["jobs/", "interval.ts", "calendar.ts"],
    "paging/": ["splitting/", "query-body.ts", "jobs/", "interval.ts", "named-query.ts"],
  },
  output: {
    "style.ts": [],
    "json-text.ts": [],
    "cause-chain.ts": [],
    "error-facts.ts": [],
    "http-events.ts": [],
    "progress/": [],
    "terminal-prompter.ts": [],
    "workflow-commands.ts": [],
    "guarded-writes.ts": ["workflow-commands.ts"],
    "shared-terminal.ts": [],
    "node-streams.ts": ["shared-terminal.ts", "guarded-writes.ts", "workflow-commands.ts"],
    "unwritten.ts": ["node-streams.ts"],
    "table/": ["style.ts"],
    "live/": ["guarded-writes.ts", "table/"],
    "chart/": ["style.ts", "table/"],
    "wrap-line.ts": ["table/"],
    "blocks.ts": ["style.ts", "wrap-line.ts", "table/", "chart/"],
    "present.ts": [
      "wrap-line.ts",
      "blocks.ts",
      "cause-chain.ts",
      "error-facts.ts",
      "json-text.ts",
      "style.ts",
    ],
    "present-beside.ts": ["present.ts", "blocks.ts", "style.ts"],
    "reports/": ["error-facts.ts", "workflow-commands.ts"],
    "message.ts": ["reports/"],
  },
  sandbox: {
    "answer.ts": [],
    "state/": ["answer.ts"],
    "refusal.ts": ["answer.ts"],
    "conversations/": ["refusal.ts", "state/"],
    "router.ts": [],
    "wire.ts": ["answer.ts"],
    "jobs/job.ts": ["conversations/"],
    "recordings/batch.ts": [],
    "workforce/adherence-job.ts": [],
    "faults/": ["jobs/job.ts", "wire.ts", "conversations/", "refusal.ts", "state/", "answer.ts"],
    "world.ts": [
      "workforce/adherence-job.ts",
      "recordings/batch.ts",
      "faults/",
      "jobs/job.ts",
      "router.ts",
      "conversations/",
      "state/",
    ],
    "once.ts": [],
    "query-parameters.ts": ["once.ts"],
    "rules/": ["once.ts", "world.ts", "router.ts", "refusal.ts", "state/", "answer.ts"],
    "exchange.ts": ["rules/", "world.ts", "router.ts", "refusal.ts", "state/", "answer.ts"],
    "visible-aggregates.ts": ["exchange.ts", "conversations/", "refusal.ts"],
    "audits/": ["world.ts", "conversations/", "state/"],
    "usage/": ["world.ts", "conversations/", "refusal.ts", "state/"],
    "jobs/": [
      "visible-aggregates.ts",
      "exchange.ts",
      "once.ts",
      "world.ts",
      "faults/",
      "jobs/job.ts",
      "conversations/",
      "refusal.ts",
      "answer.ts",
    ],
    "recordings/": [
      "recordings/batch.ts",
      "exchange.ts",
      "world.ts",
      "conversations/",
      "refusal.ts",
      "state/",
      "answer.ts",
    ],
    "workforce/": [
      "workforce/adherence-job.ts",
      "recordings/",
      "exchange.ts",
      "world.ts",
      "refusal.ts",
      "state/",
      "answer.ts",
    ],
    "media-host.ts": ["workforce/", "recordings/", "world.ts", "faults/", "wire.ts", "state/", "answer.ts"],
    "page-drift.ts": [],
    "tokens.ts": ["world.ts", "state/"],
    "users/": ["jobs/", "exchange.ts", "world.ts", "conversations/", "refusal.ts", "state/"],
    "scopes.ts": [],
    "answers/": [
      "workforce/",
      "scopes.ts",
      "users/",
      "recordings/",
      "tokens.ts",
      "page-drift.ts",
      "jobs/",
      "audits/",
      "usage/",
      "visible-aggregates.ts",
      "exchange.ts",
      "once.ts",
      "rules/",
      "world.ts",
      "jobs/job.ts",
      "conversations/",
      "refusal.ts",
      "state/",
      "answer.ts",
    ],
    "api.ts": [
      "answers/",
      "exchange.ts",
      "rules/",
      "world.ts",
      "faults/",
      "router.ts",
      "refusal.ts",
      "state/",
      "answer.ts",
    ],
    "definition.ts": ["world.ts", "router.ts", "state/", "answer.ts"],
    "sandbox.ts": ["state/"],
    "scenarios/": ["sandbox.ts", "tokens.ts", "once.ts", "world.ts", "conversations/", "state/"],
    "admin/": [
      "scenarios/",
      "definition.ts",
      "tokens.ts",
      "jobs/",
      "world.ts",
      "faults/",
      "jobs/job.ts",
      "conversations/",
      "state/",
      "answer.ts",
    ],
    "grants/": ["tokens.ts", "world.ts", "state/", "answer.ts"],
    "token-endpoint.ts": ["grants/", "world.ts", "answer.ts"],
    "login/": ["token-endpoint.ts", "scopes.ts", "tokens.ts", "world.ts", "state/", "answer.ts"],
    "request-log.ts": ["answer.ts"],
    "platform.ts": [
      "request-log.ts",
      "login/",
      "admin/",
      "definition.ts",
      "api.ts",
      "world.ts",
      "faults/",
      "wire.ts",
      "refusal.ts",
      "state/",
      "answer.ts",
    ],
    "server.ts": [
      "platform.ts",
      "media-host.ts",
      "request-log.ts",
      "admin/",
      "scenarios/",
      "sandbox.ts",
      "definition.ts",
      "query-parameters.ts",
      "once.ts",
      "world.ts",
    ],
  },
  "sandbox/conversations": {
    "plan/": [],
    "record/": ["plan/"],
    "archive/": ["record/", "plan/"],
    "search/": ["archive/", "record/", "plan/"],
  },
  access: {
    "verdict/": [],
    "least/": ["verdict/"],
    "decide/": ["verdict/"],
    "remedy/roles/": ["verdict/"],
    "remedy/": ["remedy/roles/", "verdict/"],
    "layer-facts.ts": ["remedy/", "verdict/"],
    "outside-layers.ts": ["layer-facts.ts", "remedy/", "verdict/"],
    "layers.ts": ["layer-facts.ts", "outside-layers.ts", "remedy/", "verdict/"],
    "refusal-layer.ts": ["layers.ts", "verdict/"],
    "confirm.ts": ["refusal-layer.ts", "decide/", "verdict/"],
    "diagnose.ts": ["confirm.ts", "layers.ts", "decide/", "remedy/", "remedy/roles/", "verdict/"],
    "explain/assertion/": [],
    "explain/paste/failure.ts": [],
    "explain/paste/sighting.ts": ["explain/paste/failure.ts"],
    "explain/paste/program.ts": [],
    "explain/paste/network/": ["explain/paste/program.ts", "verdict/"],
    "explain/paste/called-service.ts": [],
    "explain/paste/text/": [],
    "explain/paste/request/": ["explain/paste/sighting.ts", "explain/paste/failure.ts"],
    "explain/paste/body/": [
      "explain/paste/request/",
      "explain/paste/called-service.ts",
      "explain/paste/sighting.ts",
      "explain/paste/failure.ts",
    ],
    "explain/paste/exchange/": [
      "explain/paste/body/",
      "explain/paste/request/",
      "explain/paste/text/",
      "explain/paste/sighting.ts",
      "explain/paste/failure.ts",
    ],
    "explain/paste/record/": [
      "explain/assertion/",
      "explain/paste/exchange/",
      "explain/paste/body/",
      "explain/paste/request/",
      "explain/paste/network/",
      "explain/paste/sighting.ts",
      "explain/paste/failure.ts",
    ],
    "explain/paste/": [
      "explain/assertion/",
      "explain/paste/record/",
      "explain/paste/exchange/",
      "explain/paste/body/",
      "explain/paste/request/",
      "explain/paste/text/",
      "explain/paste/network/",
      "explain/paste/sighting.ts",
      "explain/paste/failure.ts",
    ],
    "explain/finding.ts": ["verdict/"],
    "explain/vocabulary.ts": [],
    "explain/known-words.ts": ["explain/vocabulary.ts"],
    "explain/knowledge.ts": ["explain/known-words.ts"],
    "explain/refusal/": [
      "explain/assertion/",
      "explain/knowledge.ts",
      "explain/paste/text/",
      "explain/paste/failure.ts",
      "verdict/",
    ],
    "explain/summary.ts": ["explain/paste/failure.ts", "layers.ts", "verdict/"],
    "explain/claims/": [
      "explain/assertion/",
      "explain/finding.ts",
      "explain/knowledge.ts",
      "explain/paste/network/",
      "explain/paste/program.ts",
      "explain/paste/text/",
      "explain/paste/failure.ts",
      "layers.ts",
      "verdict/",
    ],
    "explain/unanswered/": [
      "explain/assertion/",
      "explain/claims/",
      "explain/finding.ts",
      "explain/knowledge.ts",
      "verdict/",
    ],
    "explain/circumstance/": [
      "explain/assertion/",
      "explain/unanswered/",
      "explain/claims/",
      "explain/paste/text/",
      "explain/paste/failure.ts",
      "explain/finding.ts",
      "remedy/",
      "verdict/",
    ],
    "explain/foreign/": [
      "explain/assertion/",
      "explain/claims/",
      "explain/paste/called-service.ts",
      "explain/paste/network/",
      "explain/paste/failure.ts",
      "explain/finding.ts",
      "explain/summary.ts",
      "remedy/",
      "verdict/",
    ],
    "explain/prose/": ["explain/assertion/"],
    "explain/": [
      "explain/assertion/",
      "explain/prose/",
      "explain/foreign/",
      "explain/circumstance/",
      "explain/unanswered/",
      "explain/claims/",
      "explain/refusal/",
      "explain/paste/failure.ts",
      "explain/paste/network/",
      "explain/paste/program.ts",
      "explain/paste/",
      "explain/finding.ts",
      "explain/knowledge.ts",
      "explain/summary.ts",
      "refusal-layer.ts",
      "layers.ts",
      "verdict/",
    ],
    "record/": ["explain/paste/exchange/"],
    "policy/": ["least/"],
    "emit/": ["least/", "verdict/"],
    "request/": ["remedy/", "verdict/"],
    "compare/": ["layers.ts", "verdict/"],
    "announced.ts": ["verdict/"],
    "history/": ["verdict/"],
    "clients/": ["announced.ts", "diagnose.ts", "emit/", "decide/", "least/", "verdict/"],
    "survey/": ["diagnose.ts", "decide/", "verdict/"],
    "rehearsal/": ["clients/", "decide/", "least/"],
  },
  catalogue: {
    "facts/text/": [],
    "facts/": ["facts/text/"],
    "changes/": ["facts/", "facts/text/"],
    "lookup/": ["facts/"],
    "search/": ["lookup/", "facts/"],
    "update/": ["lookup/", "facts/", "facts/text/"],
    "scan/text/": [],
    "scan/read/": ["scan/text/", "lookup/", "facts/"],
    "scan/method/": ["scan/read/", "scan/text/"],
    "scan/tree/": ["scan/method/", "scan/read/", "scan/text/"],
    "scan/judge/": ["scan/method/", "scan/read/", "scan/text/", "lookup/", "facts/"],
    "scan/": ["scan/judge/", "scan/method/", "scan/read/", "scan/text/", "scan/tree/", "facts/"],
  },
  auth: {
    "token/": [],
    "stores/": [],
    "pkce/": ["token/"],
    "profiles/": ["stores/", "token/"],
    "settings/": ["profiles/", "stores/", "token/"],
    "session/": ["settings/", "profiles/", "pkce/", "stores/", "token/"],
  },
  export: {
    "files/": [],
    "part/part.ts": [],
    "page/": ["files/"],
    "writers/": ["page/", "files/"],
    "conversion/": ["writers/", "files/"],
    "destination/": ["part/part.ts", "files/"],
    "pool/": [],
    "media/": ["destination/", "page/", "pool/", "files/"],
    "sources/": ["media/", "page/", "part/part.ts"],
    "options/": ["destination/", "media/", "writers/"],
    "state/": ["options/", "destination/", "files/"],
    "part/": [
      "state/",
      "options/",
      "destination/",
      "sources/",
      "conversion/",
      "media/",
      "writers/",
      "page/",
      "part/part.ts",
      "files/",
    ],
    "plan/": ["destination/", "part/part.ts"],
    "manifest/": ["media/", "plan/", "part/", "part/part.ts", "state/", "options/", "destination/", "files/"],
    "estimate/": ["plan/", "options/"],
    "verify/": ["manifest/", "writers/", "page/", "files/"],
    "run/": [
      "media/",
      "pool/",
      "manifest/",
      "plan/",
      "part/",
      "state/",
      "options/",
      "destination/",
      "sources/",
      "conversion/",
      "writers/",
      "page/",
      "part/part.ts",
      "files/",
    ],
  },
  cli: {
    "doctor/check.ts": [],
    "doctor/ports.ts": [],
    "doctor/situation.ts": ["doctor/ports.ts"],
    "command-exit.ts": [],
    "scan/": [],
    "shell/": [],
    "context.ts": ["doctor/ports.ts"],
    "doctor/network/": ["doctor/check.ts", "doctor/ports.ts", "doctor/situation.ts"],
    "flags/": ["context.ts"],
    "help-topics.ts": [],
    "layout/": ["help-topics.ts"],
    "topics/": ["help-topics.ts", "layout/"],
    "root.ts": ["context.ts", "layout/"],
    "arguments/": ["root.ts"],
    "completion/": ["flags/", "root.ts", "help-topics.ts"],
    "catalogue-in-use.ts": ["context.ts"],
    "collected-output.ts": [],
    "hide-typed-secrets.ts": ["context.ts"],
    "visible-divisions.ts": ["context.ts"],
    "commands/catalog/": ["arguments/", "flags/", "context.ts", "root.ts", "catalogue-in-use.ts"],
    "commands/check-scopes/": [
      "arguments/",
      "command-exit.ts",
      "scan/",
      "shell/",
      "context.ts",
      "flags/",
      "root.ts",
      "catalogue-in-use.ts",
    ],
    "commands/clients/": [
      "command-exit.ts",
      "context.ts",
      "flags/",
      "root.ts",
      "catalogue-in-use.ts",
      "commands/check-scopes/",
    ],
    "commands/explain/": [
      "command-exit.ts",
      "context.ts",
      "flags/",
      "root.ts",
      "catalogue-in-use.ts",
      "commands/check-scopes/",
    ],
    "commands/completion/": ["completion/", "context.ts", "root.ts"],
    "commands/export/": [
      "command-exit.ts",
      "shell/",
      "context.ts",
      "flags/",
      "root.ts",
      "catalogue-in-use.ts",
      "visible-divisions.ts",
      "commands/check-scopes/",
    ],
    "commands/logout/": ["context.ts", "root.ts"],
    "commands/profile/": ["context.ts", "root.ts"],
    "commands/query/": [
      "arguments/",
      "command-exit.ts",
      "context.ts",
      "flags/",
      "root.ts",
      "catalogue-in-use.ts",
      "visible-divisions.ts",
      "commands/check-scopes/",
    ],
    "commands/sandbox/": ["flags/", "context.ts", "root.ts"],
    "commands/token/": ["context.ts", "flags/", "root.ts"],
    "commands/whoami/": ["context.ts", "flags/", "root.ts", "catalogue-in-use.ts"],
    "doctor/": ["doctor/check.ts", "doctor/ports.ts", "doctor/situation.ts", "doctor/network/"],
    "commands/demo/": ["layout/", "collected-output.ts", "context.ts", "root.ts", "commands/sandbox/"],
    "commands/record/": [
      "command-exit.ts",
      "context.ts",
      "flags/",
      "root.ts",
      "catalogue-in-use.ts",
      "commands/check-scopes/",
    ],
    "commands/mcp/": ["collected-output.ts", "context.ts", "root.ts"],
    "commands/doctor/": [
      "doctor/check.ts",
      "doctor/ports.ts",
      "flags/",
      "command-exit.ts",
      "context.ts",
      "root.ts",
      "doctor/",
    ],
    "commands/login/": ["context.ts", "root.ts", "commands/whoami/"],
    "program.ts": [
      "context.ts",
      "root.ts",
      "commands/catalog/",
      "commands/check-scopes/",
      "commands/clients/",
      "commands/completion/",
      "commands/explain/",
      "commands/export/",
      "commands/logout/",
      "commands/mcp/",
      "commands/profile/",
      "commands/query/",
      "commands/record/",
      "commands/sandbox/",
      "commands/token/",
      "commands/whoami/",
      "commands/demo/",
      "commands/doctor/",
      "commands/login/",
    ],
    "help/": ["topics/", "completion/", "context.ts", "root.ts", "help-topics.ts", "program.ts"],
    "run.ts": [
      "arguments/",
      "command-exit.ts",
      "context.ts",
      "root.ts",
      "help-topics.ts",
      "hide-typed-secrets.ts",
      "program.ts",
      "help/",
    ],
  },
};

/** The only place that may import each npm package: a file, or a room, written with a slash at the end. */
const HOMES: Readonly<Record<string, string>> = {
  "@commander-js/extra-typings": "cli/",
  chalk: "output/style.ts",
  "cli-table3": "output/table/lay-out-table.ts",
  "string-width": "output/table/table-cells.ts",
  "@inquirer/confirm": "output/terminal-prompter.ts",
  "@inquirer/input": "output/terminal-prompter.ts",
  "@inquirer/password": "output/terminal-prompter.ts",
  "@modelcontextprotocol/sdk": "cli/commands/mcp/",
  "node-forge": "http/recording/authority.ts",
  "env-paths": "main/directories.ts",
  oauth4webapi: "auth/pkce/oauth-protocol.ts",
  open: "auth/pkce/browser-child.ts",
  "smol-toml": "auth/profiles/toml.ts",
  "@bokuweb/zstd-wasm": "export/writers/zstd.ts",
  "csv-parse": "export/writers/csv/csv-content.ts",
  hyparquet: "export/writers/parquet/parquet-content.ts",
  "hyparquet-writer": "export/writers/parquet/",
  "temporal-polyfill": "analytics/calendar.ts",
  ignore: "cli/scan/ignore-rules.ts",
  keytar: "auth/stores/open-keychain.ts",
  "@napi-rs/keyring": "auth/stores/open-keychain.ts",
  ora: "output/progress/progress-line.ts",
  undici: "http/transport/undici-transport.ts",
  yaml: "access/policy/",
};

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly isTypeOnly: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.replaceAll("\\", "/"))
  .toSorted();
const sourceOf = (file: string) => readFileSync(join(SRC, file), "utf8");
/** Returns the source of a file without comments, which may mention what the code must not do. */
const codeOf = (file: string) => sourceOf(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
const imports: readonly Import[] = files.flatMap((file) =>
  [
    ...sourceOf(file).matchAll(
      /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^;"']*?\s+from\s+)?["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)/g,
    ),
  ].map(([, , type, specifier, dynamic]) => ({
    from: file,
    specifier: specifier ?? dynamic ?? "",
    isTypeOnly: type !== undefined,
  })),
);

function roomOf(file: string): string {
  return file.includes("/") ? (file.split("/")[0] ?? "") : file.replace(/\.ts$/, "");
}

/** Resolves a relative import to a file of `src`. */
function targetOf(from: string, specifier: string): string {
  return relative(SRC, resolve(SRC, dirname(from), specifier)).replaceAll("\\", "/");
}

test("every source file belongs to a known room", () => {
  expect(files.filter((file) => ARROWS[roomOf(file)] === undefined)).toEqual([]);
});

test("rooms import only from the rooms that they may use", () => {
  const wrong = imports
    .filter(({ specifier }) => specifier.startsWith("."))
    .map(({ from, specifier }) => ({
      from,
      to: targetOf(from, specifier),
    }))
    .filter(
      ({ from, to }) => roomOf(from) !== roomOf(to) && ARROWS[roomOf(from)]?.includes(roomOf(to)) !== true,
    );
  expect(wrong).toEqual([]);
});

describe.each(Object.entries(INNER_ARROWS))("inside %s", (room, arrows) => {
  const parts = Object.keys(arrows).toSorted((a, b) => b.length - a.length);
  const partOf = (file: string) => parts.find((part) => file.startsWith(`${room}/${part}`));

  test("every file belongs to a part", () => {
    const strays = files.filter((file) => file.startsWith(`${room}/`) && partOf(file) === undefined);
    expect(strays).toEqual([]);
  });

  test("parts import only from the parts that they may use", () => {
    const wrong = imports
      .filter(({ from, specifier }) => from.startsWith(`${room}/`) && specifier.startsWith("."))
      .map(({ from, specifier }) => ({ from, to: targetOf(from, specifier) }))
      .filter(({ to }) => to.startsWith(`${room}/`))
      .filter(({ from, to }) => {
        const [part = "", other = ""] = [partOf(from), partOf(to)];
        return part !== other && arrows[part]?.includes(other) !== true;
      });
    expect(wrong).toEqual([]);
  });

  test("each part imports only parts that are above it in the list", () => {
    const order = Object.keys(arrows);
    const upward = Object.entries(arrows).filter(([part, others]) =>
      others.some((other) => order.indexOf(other) === -1 || order.indexOf(other) >= order.indexOf(part)),
    );
    expect(upward).toEqual([]);
  });

  test("no folder holds more than 20 files", () => {
    const counts = new Map<string, number>();
    for (const file of files.filter((name) => roomOf(name) === room)) {
      counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    }
    expect([...counts].filter(([, count]) => count > 20)).toEqual([]);
  });
});

test("the sandbox imports only data from the catalog, never a rule of the diagnosis", () => {
  const taken = imports
    .filter(({ from, specifier }) => roomOf(from) === "sandbox" && specifier.includes("/catalogue/"))
    .map(({ specifier }) => specifier.split("/catalogue/")[1]);
  const allowed = [
    "catalogue.ts",
    "caveat.ts",
    "load-catalogue.ts",
    "operation.ts",
    "packaged-file.ts",
    "refusal.ts",
    "scope.ts",
    "text/query-parameters.ts",
  ].map((name) => `facts/${name}`);
  expect([...new Set(taken)].filter((name) => !allowed.includes(name ?? ""))).toEqual([]);
});

test("the diagnosis is pure: it uses no Node module, no clock and no output", () => {
  const impure = imports.filter(
    ({ from, specifier }) =>
      roomOf(from) === "access" &&
      (specifier.startsWith("node:") || specifier.includes("/core/clock") || specifier.includes("/core/io")),
  );
  expect(impure).toEqual([]);
});

test("every npm package has a single importer", () => {
  const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
  const strangers = imports
    .filter(
      ({ specifier }) =>
        !specifier.startsWith(".") && !builtins.has(specifier) && !specifier.startsWith("node:"),
    )
    .filter(({ from, specifier }) => {
      // The import of a subpath counts as an import of its package.
      const [name = ""] = /^(?:@[^/]+\/)?[^/]+/.exec(specifier) ?? [];
      const home = HOMES[name];
      return home === undefined || (home.endsWith("/") ? !from.startsWith(home) : from !== home);
    });
  expect(strangers).toEqual([]);
});

test("only certain modules may rename files, open them with special flags or inspect system errors", () => {
  const RULES: readonly (readonly [RegExp, readonly string[]])[] = [
    // These rename files to new names that do not exist yet, and flush the directory once after several renames.
    [
      /import \{[^}]*\brename(Sync)?\b[^}]*\} from "node:fs/,
      [
        "core/files/replace-file.ts",
        "export/part/adopt-parts.ts",
        "export/part/superseded-tails.ts",
        "export/run/run-directory.ts",
      ],
    ],
    [/\bO_(NOFOLLOW|NONBLOCK)\b/, ["core/files/open-file.ts"]],
    // Node never returns from this call below a directory that accepts no new entries, such as `/proc`.
    [/\bmkdir(Sync)?\([^)]*recursive/, []],
    // The second file checks errors that come from another JavaScript realm.
    [/"code" in |ErrnoException/, ["core/system-error.ts", "main/interruptible-work.ts"]],
  ];
  const found = RULES.map(([pattern]) => files.filter((file) => pattern.test(codeOf(file))));
  expect(found).toEqual(RULES.map(([, homes]) => homes));
});

test("no two types share a name, except that a type of the sandbox may share one with another room", () => {
  const homes = new Map<string, string[]>();
  for (const file of files) {
    const half = roomOf(file) === "sandbox" ? "sandbox" : "program";
    for (const [, name] of codeOf(file).matchAll(
      /^(?:export )?(?:abstract )?(?:class|interface|type) (\w+)\b(?! from)/gm,
    )) {
      const key = `${half}: ${name}`;
      homes.set(key, [...(homes.get(key) ?? []), file]);
    }
  }
  expect([...homes].filter(([, declaring]) => declaring.length > 1)).toEqual([]);
});

test("every dependency of the package is used", () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  // extra-typings adds types to commander. keytar is not a direct dependency.
  const used = new Set([...imports.map(({ specifier }) => specifier), "commander"]);
  expect(Object.keys(dependencies).filter((name) => !used.has(name))).toEqual([]);
});

test("only the composition root and the helper programs use the process", () => {
  const reading = files.filter((file) =>
    /\bprocess\.(env|argv|exit|exitCode|stdout|stderr|stdin|cwd|on|once)\b/.test(codeOf(file)),
  );
  expect(reading).toEqual(["auth/pkce/browser-child.ts", "auth/stores/keychain-child.ts", "main.ts"]);
});

test("no file imports a helper program", () => {
  const importing = imports.filter(({ specifier }) => /-(?:child|worker)\.ts$/.test(specifier));
  expect(importing).toEqual([]);
});

test("files stay small enough to read", () => {
  const large = files
    .map((file) => ({ file, lines: sourceOf(file).split("\n").length }))
    .filter(({ lines }) => lines > 250);
  expect(large).toEqual([]);
});

test("the lock file names no registry host", () => {
  expect(readFileSync(join(ROOT, "package-lock.json"), "utf8")).not.toMatch(/"resolved": "http/);
});

test("no test gives the program a fixed directory, where it would find files from other tests", () => {
  const fixed = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .filter((name) =>
      /\b(?:GENSCOPE_CONFIG_DIR|XDG_\w+_HOME): ["'`](?!\/dev\/null)[^"'`$]/.test(
        readFileSync(join(ROOT, "test", name), "utf8"),
      ),
    );
  expect(fixed).toEqual([]);
});

test("no file of the program is used only by tests", () => {
  const reached = new Set([
    "main.ts",
    "auth/pkce/browser-child.ts",
    "auth/stores/keychain-child.ts",
    "export/conversion/encoder-worker.ts",
    "export/files/read-back-worker.ts",
    // Only the build calls these.
    "cli/completion/describe-program.ts",
    "cli/commands/export/describe/reference-pages.ts",
  ]);
  for (const file of reached) {
    for (const { from, specifier } of imports) {
      if (from === file && specifier.startsWith(".")) reached.add(targetOf(from, specifier));
    }
  }
  // A declaration file is imported under the name of the package that it describes.
  expect(files.filter((file) => !reached.has(file) && !file.endsWith(".d.ts"))).toEqual([]);
});

test("no exported function, class, constant or type is used by tests alone", () => {
  const tools = readdirSync(join(ROOT, ".build"), { encoding: "utf8" }).map((name) =>
    readFileSync(join(ROOT, ".build", name), "utf8"),
  );
  const uses = new Map<string, number>();
  for (const text of [...files.map(codeOf), ...tools, readFileSync(join(ROOT, "bin/genscope.js"), "utf8")]) {
    for (const [word] of text.matchAll(/[\w$]+/g)) uses.set(word, (uses.get(word) ?? 0) + 1);
  }
  const unused = files.flatMap((file) =>
    [
      ...codeOf(file).matchAll(
        /^export (?:async |abstract )?(?:function\*?|class|const|interface|type) ([\w$]+)/gm,
      ),
    ]
      .filter(([, name]) => (uses.get(name ?? "") ?? 0) < 2)
      .map(([, name]) => `${file}: ${name}`),
  );
  expect(unused).toEqual([]);
});

test("no list is spread into the arguments of `push`, which overflows the stack when the list is long", () => {
  expect(files.filter((file) => codeOf(file).includes(".push(..."))).toEqual([]);
});

test("no module does work when it is imported", () => {
  const DECLARATION =
    /^(import|export|const|let|function|async function|class|interface|type|declare|abstract)\b/;
  const WORK =
    /\bawait\b|\bWebAssembly\.|Sync\(|\binit\(|\bDate\.now\(|\brandom\w*\(|\bspawn\(|\bsetTimeout\(/;
  const working = files
    // These are separate programs and threads, so no module imports them.
    .filter(
      (file) =>
        ![
          "auth/pkce/browser-child.ts",
          "auth/stores/keychain-child.ts",
          "export/conversion/encoder-worker.ts",
          "export/files/read-back-worker.ts",
        ].includes(file),
    )
    .flatMap((file) =>
      codeOf(file)
        .replace(/`(?:[^`\\]|\\.)*`/g, "``")
        .split("\n")
        .filter((line) => /^[\w(]/.test(line))
        .filter(
          (line) =>
            !DECLARATION.test(line) || (/^(export )?(const|let) (?!.*=>)/.test(line) && WORK.test(line)),
        )
        .map((line) => `${file}: ${line}`),
    );
  expect(working).toEqual([]);
});

test("no folder of `src` directly contains more than 20 files", () => {
  const entries = readdirSync(SRC, { recursive: true, withFileTypes: true });
  const folders = [...new Set(entries.map(({ parentPath }) => parentPath))];
  const crowded = folders.filter(
    (folder) => entries.filter((entry) => entry.isFile() && entry.parentPath === folder).length > 20,
  );
  expect(crowded).toEqual([]);
});

test("the body of an `if` or a loop has braces unless it is one statement on the same line", () => {
  const WIDTH = 110;
  const wrong = files.flatMap((file) => {
    const lines = codeOf(file).split("\n");
    return lines
      .map((line, index) => ({ line, next: lines[index + 1] ?? "", end: lines[index + 2] ?? "", index }))
      .filter(({ line, next, end }) => {
        const indent = /^ */.exec(line)?.[0] ?? "";
        const isShort =
          /^ *(if|for|for await|while) \(.*\) \{$/.test(line) &&
          end === `${indent}}` &&
          /^(?! *(if|for|while|const|let|switch|try|function|class)\b).*;$/.test(next) &&
          line.length - 1 + next.trim().length <= WIDTH;
        const isOnNextLine = /^ *(\} )?((else )?(if|for|for await|while) \(.*\)|else)$/.test(line);
        const isMixed = /^ *(\} else (?!\{|if )|else (if .*)?\{$)/.test(line);
        return isShort || isOnNextLine || isMixed;
      })
      .map(({ line, index }) => `${file}:${index + 1}: ${line.trim()}`);
  });
  expect(wrong).toEqual([]);
});
