import { spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asRecord } from "../../src/core/json.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { launchSandbox } from "../sandbox/client.ts";
import { type Example, helpExamples, readmeExamples, shownPolicy } from "../support/examples.ts";
import { findFreePort } from "../support/free-port.ts";
import { BIN } from "../support/genscope-process.ts";
import { type Keyring, missingForKeyring, startKeyring } from "../support/keyring.ts";
import { type PastingShell, startPastingShell } from "../support/pasting-shell.ts";

const OPERATIONS = join(import.meta.dirname, "../../src/catalogue/facts/data/operations.txt");

const SUPPORT = join(import.meta.dirname, "../support");
const TSX = import.meta.resolve("tsx");
/** Returns a command that starts with the loader, so that TypeScript runs on every version of Node. */
const commandOf = (file: string) =>
  `#!/bin/sh\nexec '${process.execPath}' --import '${TSX}' '${SUPPORT}/${file}' "$@"\n`;

/** Examples that cannot run here, with the reason. */
const NOT_HERE: Readonly<Record<string, string>> = {
  "npm ci && npm run demo":
    "fetches every development dependency; test/e2e/demo-on-terminal.test.ts runs the demo",
  "npm ci && npm test": "is the run of this suite",
  'git clone <this repository> && cd genscope && npm ci && npm install --global "$(npm pack --silent)"':
    "fetches every development dependency; test/e2e/package.test.ts packs and installs",
  "terraform show -json plan.out > plan.json && genscope check-scopes --scan plan.json":
    "needs terraform with a provider; test/cli/scan reads a plan",
};

/** Commands with a placeholder, and the form in which a reader would fill them in. */
const FILLED_IN: Readonly<Record<string, string>> = {
  "genscope login --region eu-central-1 --client-id ID":
    "genscope login --region APP_REGION --client-id APP --profile me && genscope profile remove me",
  "genscope login --region eu-central-1 --client-id ID --no-browser":
    "pasting-person genscope login --region APP_REGION --client-id APP --no-browser --profile far && genscope profile remove far",
  "genscope login --no-browser --client-id ID":
    "pasting-person genscope login --no-browser --region APP_REGION --client-id APP --profile far && genscope profile remove far",
  "genscope login --client-id OTHER --replace":
    "genscope login --region APP_REGION --client-id APP --profile other --replace",
  "genscope profile import": "genscope profile import --yes",
  "genscope check-scopes OPERATION…": "genscope check-scopes GET /api/v2/routing/queues",
  "genscope check-scopes --live OPERATION": "genscope check-scopes --live GET /api/v2/routing/queues",
  "genscope check-scopes --emit role|terraform|scopes OPERATION…":
    "genscope check-scopes --emit terraform GET /api/v2/routing/queues",
  // The date in the help text will eventually be in the past.
  "genscope clients --as-of 2027-03-31": "genscope clients --as-of 2099-12-31",
  "genscope explain FILE": "genscope explain error.json",
  "genscope explain -": "genscope explain - <error.json",
  "genscope query NAME": "genscope query queues observations --filter queueId=ID",
  "genscope query METHOD PATH": "genscope query GET /api/v2/routing/queues",
  "genscope export DATASET": "genscope export users --out users",
  "genscope record -- PROGRAM": "genscope record -- sh -c true",
  "genscope record --from FILE": "genscope record --from access.log",
  "genscope catalog show OPERATION": "genscope catalog show getUsersMe",
  "genscope sandbox --scenario NAME": "genscope sandbox --scenario missing-role",
  "genscope token --watch FILE": "genscope token --watch token",
};

const EXCESS = 3;
const REFUSAL = 3;

/**
 * Expected exit codes other than 0. In these examples, the token holds more than the policy lists, or a call is
 * refused.
 */
const EXITS: Readonly<Record<string, number>> = {
  "genscope check-scopes --policy genscope.policy.yaml --max": EXCESS,
  "genscope check-scopes --policy genscope.policy.yaml --env prod --max": EXCESS,
  "genscope check-scopes --request POST /api/v2/routing/queues": REFUSAL,
  "genscope explain FILE": REFUSAL,
  "genscope explain -": REFUSAL,
  "genscope explain error.json": REFUSAL,
  "genscope explain --json error.json": REFUSAL,
};

/** Commands that run until Ctrl-C. */
const ENDLESS = /^genscope (?:sandbox|mcp|token --watch|query .*--watch)\b(?!.*(?:&$|--once|--json))/;

const logIn = (profile: string) =>
  `printf %s "$SECRET" | genscope login --grant client-credentials --client-id ID --client-secret-stdin --profile ${profile}`;

/** Commands that must run before an example, because the example assumes their effect. */
const BEFORE: Readonly<Record<string, string>> = {
  "genscope check-scopes --diff dev GET /api/v2/users": logIn("dev"),
  "genscope login --client-id OTHER --replace": logIn("other"),
  "genscope profile use work": logIn("work"),
  "genscope logout --profile old && genscope profile remove old": logIn("old"),
  "genscope profile remove old": logIn("old"),
};

let sandbox: Sandbox;
/** Organization with an app that users log in to with a browser. */
let ofApp: Sandbox;
let root: string;
let shell: PastingShell;
let keyring: Keyring | null = null;
let freePort: number;

const inReadme = readmeExamples();
const examples = [...inReadme, ...(await helpExamples(inReadme))];

const hasTool = (name: string) => spawnSync("which", [name]).status === 0;
const missingTool = ({ line }: Example) =>
  ["jq", "curl"].find((tool) => new RegExp(`\\b${tool} -`).test(line) && !hasTool(tool));

/** Replaces the values in the text with those that a reader would use. */
function asReaderWrites(text: string): string {
  return text
    .replaceAll(/\b(?:eu-central-1|us-east-1)\b/g, sandbox.url)
    .replaceAll(/https:\/\/api\.mypurecloud\.(?:de|com)/g, sandbox.url)
    .replaceAll("OAUTHCLIENT_ID=…", `OAUTHCLIENT_ID=${sandbox.client.id}`)
    .replaceAll("OAUTHCLIENT_SECRET=…", `OAUTHCLIENT_SECRET=${sandbox.client.secret}`)
    .replaceAll(/--client-id ID\b/g, `--client-id ${sandbox.client.id}`)
    .replaceAll("APP_REGION", ofApp.url)
    .replaceAll("APP", ofApp.client.id)
    .replaceAll("queueId=ID", "queueId=6d7fd9a0-9a4c-4c43-8f5f-0bde2e8e6f7a")
    .replaceAll("--port 8787", `--port ${freePort}`)
    .replaceAll(/\/run\/(?:genscope|user\/1000)\//g, `${root}/run/`)
    .replaceAll(/(?<=--out )\/lake\b/g, `${root}/lake`)
    .replaceAll(/\$\{\{ matrix\.shard \}\}|\{\}/g, "1");
}

/**
 * Starts a separate keychain where the machine can run one, because an encrypted file takes seconds for each login.
 */
async function openStore(): Promise<Readonly<Record<string, string>>> {
  if (missingForKeyring() !== null) return { GENSCOPE_STORE: "file" };
  keyring = await startKeyring();
  const { PATH: _, ...desktop } = keyring.desktop;
  return desktop;
}

/** Profiles of the official CLI. */
const OFFICIAL_PROFILES = `[work-us]
client_credentials = "11111111-1111-4111-8111-111111111111"
client_secret = "s3cret-of-gc"
environment = "mypurecloud.com"
`;

/** Writes the files that the examples read: the policy of the README, code, failures, and a saved catalog. */
async function writeFiles(work: string): Promise<void> {
  const policy = shownPolicy();
  const failure = { status: 403, code: "missing.permissions", message: "Missing [routing:queue:view]" };
  const entry = {
    request: { method: "GET", url: "https://api.mypurecloud.de/api/v2/users", headers: [] },
    response: { status: 403, headers: [], content: { text: JSON.stringify(failure) } },
  };
  for (const name of ["src", "terraform"]) await mkdir(join(work, name));
  await Promise.all([
    writeFile(join(work, policy.name), asReaderWrites(policy.text)),
    writeFile(
      join(work, "src", "queues.js"),
      'await get("https://api.mypurecloud.de/api/v2/routing/queues");\n',
    ),
    writeFile(join(work, "terraform", "queues.tf"), 'resource "genesyscloud_routing_queue" "support" {}\n'),
    writeFile(join(work, "error.json"), JSON.stringify(failure)),
    writeFile(
      join(work, "access.log"),
      '10.0.0.1 - - [29/Nov/2026:10:00:00 +0000] "GET /api/v2/routing/queues HTTP/1.1" 200 12\n',
    ),
    writeFile(join(work, "session.har"), JSON.stringify({ log: { entries: [entry] } })),
    writeFile(join(work, "failure.har"), JSON.stringify({ log: { entries: [entry] } })),
    copyFile(OPERATIONS, join(work, "operations-2026-10.txt")),
  ]);
}

beforeAll(async () => {
  sandbox = await launchSandbox({ scenario: "healthy" });
  sandbox.act({
    action: "settings.patch",
    settings: { requestsPerMinute: 1_000_000, jobPolls: 0, lakeLagSeconds: 0 },
  });
  const permissions = ["recording:recording:view", "recording:screenRecording:view"];
  const role = asRecord(sandbox.act({ action: "role.upsert", name: "Recordings", permissions }));
  sandbox.act({ action: "role.grant", subject: sandbox.client.id, role: role["id"], division: "*" });
  ofApp = await launchSandbox({ scenario: "user-missing-permission" });
  freePort = await findFreePort();
  root = await mkdtemp(join(tmpdir(), "genscope-examples-"));
  const [work, home, bin, output] = ["work", "home", "bin", "output"].map((name) => join(root, name));
  for (const directory of [work, home, bin, output, join(root, "run"), join(root, "lake")]) {
    await mkdir(directory ?? "");
  }
  await symlink(BIN, join(bin ?? "", "genscope"));
  for (const name of ["analyst-browser", "pasting-person"]) {
    await writeFile(join(bin ?? "", name), commandOf(`${name}.ts`), { mode: 0o755 });
  }
  if (!hasTool("duckdb")) await symlink(join(SUPPORT, "duckdb-command.mjs"), join(bin ?? "", "duckdb"));
  await writeFiles(work ?? "");
  await mkdir(join(home ?? "", ".gc"));
  await writeFile(join(home ?? "", ".gc", "config.toml"), OFFICIAL_PROFILES, { mode: 0o600 });
  const env = {
    PATH: `${bin}:${process.env["PATH"]}`,
    HOME: home ?? "",
    ...(await openStore()),
    GENSCOPE_STORE_PASSPHRASE: "correct horse battery staple",
    BROWSER: "analyst-browser",
    SECRET: sandbox.client.secret,
    DAY: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
    JOB_COMPLETION_INDEX: "0",
    SLURM_ARRAY_TASK_ID: "1",
  };
  shell = startPastingShell(work ?? "", env, output ?? "");
});

afterAll(async () => {
  await shell.close();
  await keyring?.stop();
  await sandbox.close();
  await ofApp.close();
  await rm(root, { recursive: true, force: true });
});

for (const example of examples) {
  const { line, place } = example;
  const tool = missingTool(example);
  const reason = NOT_HERE[line] ?? (tool === undefined ? null : `needs ${tool}`);
  test.skipIf(reason !== null)(`${place}: ${line}${reason === null ? "" : ` (${reason})`}`, async () => {
    const before = BEFORE[line];
    if (before !== undefined) {
      const { exitCode, stderr } = await shell.paste(asReaderWrites(before));
      expect([exitCode, stderr]).toEqual([0, expect.not.stringMatching(/^error:/m)]);
    }
    const filled = asReaderWrites(FILLED_IN[line] ?? line);
    const ending = ENDLESS.test(filled) ? shell.pasteAndInterrupt(filled) : shell.paste(filled);
    const { exitCode, stdout, stderr } = await ending;
    expect([exitCode, stderr]).toEqual([EXITS[line] ?? 0, expect.not.stringMatching(/^error:/m)]);
    // The sandbox accepts the token, and reports that a client is not a user.
    if (line.startsWith("curl -H")) expect(stdout).toContain('"code":"not.a.user"');
  });
}

test("every listed exception matches an example in README or help", () => {
  const lines = new Set(examples.map(({ line }) => line));
  const listed = [NOT_HERE, FILLED_IN, EXITS, BEFORE].flatMap((list) => Object.keys(list));
  expect(listed.filter((line) => !lines.has(line))).toEqual([]);
});
