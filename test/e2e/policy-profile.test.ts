import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { sandboxFor } from "../sandbox/client.ts";
import { runActionScript } from "../support/action-script.ts";
import { credentialsFor } from "../support/credentials.ts";
import { type Ending, runGenscope } from "../support/genscope-process.ts";
import { logInAsClient, quickFileEnvironment } from "../support/stored-login.ts";
import { tempDir } from "../support/temp-dir.ts";

type Run = (env: Readonly<Record<string, string>>) => Promise<Ending>;

let sandbox: Sandbox;
let policy: string;

beforeEach(async () => {
  sandbox = await sandboxFor();
  policy = join(await tempDir(), "genscope.policy.yaml");
  await writeFile(
    policy,
    `version: 1
services:
  reporting:
    operations: [GET /api/v2/routing/queues]
    environments:
      prod:
        profile: prod
`,
  );
});

const RUNS: readonly (readonly [string, Run])[] = [
  [
    "check-scopes",
    async (env) => await runGenscope(["check-scopes", "--policy", policy, "--env", "prod"], env),
  ],
  [
    "the action",
    async (env) => await runActionScript("check.sh", { INPUT_POLICY: policy, INPUT_ENV: "prod", ...env }),
  ],
];

describe.each(RUNS)("a policy that names a profile, checked by %s", (_name, run) => {
  test("uses the stored login of that profile, as on a developer's machine", async () => {
    const env = await quickFileEnvironment();
    expect(await logInAsClient(sandbox, env, ["--profile", "prod"])).toMatchObject({ exitCode: 0 });
    const { exitCode, stdout, stderr } = await run(env);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("GET /api/v2/routing/queues");
  });

  test("uses a client secret or a token in the environment, as in CI", async () => {
    const { GENESYSCLOUD_OAUTHCLIENT_SECRET: secret = "", ...client } = credentialsFor(sandbox);
    const byClient = await run({ ...client, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret });
    expect(byClient).toMatchObject({
      exitCode: 0,
      stderr: `using the client secret in GENESYSCLOUD_OAUTHCLIENT_SECRET, not profile \`prod\` (${policy}:7)\n`,
    });
    const { stdout: token } = await runGenscope(["token"], credentialsFor(sandbox));
    const byToken = await run({
      GENESYSCLOUD_REGION: sandbox.url,
      GENESYSCLOUD_ACCESS_TOKEN: token.trim(),
    });
    expect(byToken).toMatchObject({
      exitCode: 0,
      stderr: `using the token in GENESYSCLOUD_ACCESS_TOKEN, not profile \`prod\` (${policy}:7)\n`,
    });
  });

  test.each([
    ["without credentials", {}],
    ["with a client id but no secret", { GENESYSCLOUD_OAUTHCLIENT_ID: "ci" }],
    ["with a region only", { GENESYSCLOUD_REGION: "eu-central-1" }],
    [
      "with empty variables, as in a fork's workflow",
      { GENESYSCLOUD_OAUTHCLIENT_SECRET: "", GENESYSCLOUD_ACCESS_TOKEN: "" },
    ],
  ])("causes an error at the line of the profile %s", async (_case, env) => {
    expect(await run(env)).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining(
        `${policy}:7 names profile \`prod\`, which does not exist, and the environment contains no credential`,
      ),
    });
  });
});
