import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { launchSandbox } from "../sandbox/client.ts";
import { ACTION_FILE, ACTION_SCRIPTS, pathWithNode, runActionScript } from "../support/action-script.ts";
import { json, serve } from "../support/loopback-server.ts";
import { readStoredSchema, violationsOf } from "../support/stored-schemas.ts";
import { tempDir } from "../support/temp-dir.ts";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: {
    readonly steps: readonly {
      readonly run?: string;
      readonly uses?: string;
      readonly env?: Readonly<Record<string, string>>;
    }[];
  };
}

const read = (name: string) => readFileSync(join(ACTION_SCRIPTS, name), "utf8");
const action = parse(readFileSync(ACTION_FILE, "utf8")) as Action;
const scripts = readdirSync(ACTION_SCRIPTS).filter((name) => name.endsWith(".sh"));

describe("the GitHub action's definition", () => {
  test("matches the published schema for GitHub actions", () => {
    expect(violationsOf(readStoredSchema("github-action"), action)).toEqual([]);
    expect(violationsOf(readStoredSchema("github-action"), { ...action, runs: {} })).not.toEqual([]);
  });

  test("uses no other action, and inserts no input into a script", () => {
    expect(action.runs.steps.map(({ uses }) => uses)).toEqual([undefined, undefined]);
    expect(action.runs.steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
  });

  test("passes every input on, and the script reads each of them", () => {
    const handedOn = Object.values(action.runs.steps[1]?.env ?? {});
    const inputs = Object.keys(action.inputs).filter((name) => name !== "working-directory");
    expect(handedOn).toEqual(inputs.map((name) => `\${{ inputs.${name} }}`));
    const unread = Object.keys(action.runs.steps[1]?.env ?? {}).filter(
      (name) => !read("check.sh").includes(`\${${name}:-}`),
    );
    expect(unread).toEqual([]);
  });

  test("runs the scripts of this repository", () => {
    expect(action.runs.steps.map(({ run }) => run)).toEqual(
      ["install.sh", "check.sh"].map(
        (name) => `bash "$GITHUB_ACTION_PATH/.github/actions/check-scopes/${name}"`,
      ),
    );
    expect(scripts.toSorted()).toEqual(["check.sh", "install.sh"]);
  });

  test("takes no secret as an input", () => {
    expect(Object.keys(action.inputs).filter((name) => /secret|token|password/.test(name))).toEqual([]);
  });
});

const hasShellCheck = spawnSync("shellcheck", ["--version"]).status === 0;

test.skipIf(!hasShellCheck)(
  "shellcheck finds nothing in the GitHub action's scripts (skipped where it is not installed)",
  () => {
    const files = scripts.map((name) => join(ACTION_SCRIPTS, name));
    expect(spawnSync("shellcheck", files, { encoding: "utf8" }).stdout).toBe("");
  },
);

describe("the command line of the GitHub action", () => {
  const argumentsOf = async (env: Readonly<Record<string, string>>) => {
    const path = await pathWithNode(`shift; printf '[%s]\\n' "$@"`);
    const { stdout } = await runActionScript("check.sh", { PATH: path, ...env });
    return stdout.trimEnd().split("\n");
  };

  test("contains a policy, reports and a summary", async () => {
    expect(
      await argumentsOf({
        INPUT_POLICY: "genscope.policy.yaml",
        INPUT_SERVICE: "reporting",
        INPUT_ENV: "production",
        INPUT_FAIL_ON: "denied",
        INPUT_MAX: "true",
        INPUT_REPORTS: "junit=genscope.xml\nsarif=genscope.sarif\n",
        INPUT_SUMMARY: "true",
        GITHUB_STEP_SUMMARY: "/runner/summary.md",
      }),
    ).toEqual([
      "[check-scopes]",
      ...["[--policy=genscope.policy.yaml]", "[--service=reporting]", "[--env=production]"],
      ...["[--fail-on=denied]", "[--max]"],
      ...["[--report=junit=genscope.xml]", "[--report=sarif=genscope.sarif]"],
      ...["[--report=markdown=/runner/summary.md]", "[--]"],
    ]);
  });

  test("has no arguments without inputs", async () => {
    expect(await argumentsOf({ INPUT_MAX: "false", INPUT_SUMMARY: "true" })).toEqual([
      "[check-scopes]",
      "[--]",
    ]);
  });

  test("has one argument per line of an input, whatever the line contains", async () => {
    const hostile = "  GET /api/v2/users \r\n\n--offline\n$(touch made) `touch made` * \"'; touch made";
    expect(await argumentsOf({ INPUT_OPERATIONS: hostile, INPUT_DIVISION: "a b; c" })).toEqual([
      "[check-scopes]",
      "[--division=a b; c]",
      "[--]",
      "[GET /api/v2/users]",
      "[--offline]",
      "[$(touch made) `touch made` * \"'; touch made]",
    ]);
  });
});

describe("hostile inputs of the GitHub action", () => {
  const VALUED = [
    "POLICY",
    "SERVICE",
    "ENV",
    "DIVISION",
    "FAIL_ON",
    "PERMISSIONS",
    "SCAN",
    "REPORTS",
  ] as const;
  const VALUES = [
    "--region=http://127.0.0.1:9",
    "--offline",
    "--",
    "-h",
    "-",
    "*",
    "$(touch made)",
    "`touch made`",
    `\${IFS}--json`,
    "; touch made",
    "\\",
    "-n",
    "-e\\n",
    "'\"",
    "\u001b[31m",
    "%s",
  ];

  test("stay values of their flags", async () => {
    const path = await pathWithNode(`shift; printf '[%s]\\n' "$@"; ls -A`);
    for (const value of VALUES) {
      const inputs = Object.fromEntries([...VALUED, "OPERATIONS"].map((name) => [`INPUT_${name}`, value]));
      const { stdout } = await runActionScript("check.sh", { PATH: path, ...inputs });
      expect(stdout.trimEnd().split("\n")).toEqual([
        "[check-scopes]",
        ...["policy", "service", "env", "division", "fail-on", "permission", "scan", "report"].map(
          (flag) => `[--${flag}=${value}]`,
        ),
        "[--]",
        `[${value}]`,
        "output",
      ]);
    }
  });

  test("with line breaks stay one value, or one value per line where the input is a list", async () => {
    const path = await pathWithNode(`shift; printf '[%s]\\n' "$@"`);
    const { stdout } = await runActionScript("check.sh", {
      PATH: path,
      INPUT_DIVISION: "a\n--offline",
      INPUT_SCAN: "src\n--region=http://127.0.0.1:9\r\n",
    });
    expect(stdout).toBe(
      "[check-scopes]\n[--division=a\n--offline]\n[--scan=src]\n[--scan=--region=http://127.0.0.1:9]\n[--]\n",
    );
  });

  test("send nothing to another host", async () => {
    const home = await serve((_request, response) => json(response, 401, { error: "invalid_client" }));
    const foreign = await serve((_request, response) => json(response, 200, {}));
    for (const name of ["DIVISION", "PERMISSIONS", "SCAN", "SERVICE", "OPERATIONS"]) {
      const { exitCode } = await runActionScript("check.sh", {
        GENESYSCLOUD_OAUTHCLIENT_ID: "client-1",
        GENESYSCLOUD_OAUTHCLIENT_SECRET: "s3cret",
        INPUT_REGION: home.url,
        INPUT_OPERATIONS: "getUsers",
        [`INPUT_${name}`]: `--region=${foreign.url}`,
      });
      expect(exitCode).not.toBe(0);
    }
    expect(foreign.seen).toEqual([]);
  });
});

describe("the GitHub action's installation", () => {
  test.each([
    ["v20.18.3", 1],
    ["v18.20.0", 1],
    ["v20.19.0", 0],
    ["v26.1.0", 0],
  ])("on Node.js %s exits with %i", async (version, expected) => {
    // The real Node runs the check. The test sets only the version that it reports.
    const script = `[ "$1" = --version ] && { echo ${version}; exit; }
exec '${process.execPath}' -e "Object.defineProperty(process.versions, 'node', { value: '${version.slice(1)}' }); $2"`;
    const { exitCode, stderr } = await runActionScript("install.sh", { PATH: await pathWithNode(script) });
    expect(exitCode).toBe(expected);
    expect(stderr).toBe(
      expected === 0
        ? ""
        : `::error title=genscope::genscope needs Node.js 20.19 or newer, this runner has ${version}\n`,
    );
  });
});

describe("the GitHub action with the sandbox as the platform", () => {
  const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";

  test.each([
    ["allowed", { INPUT_OPERATIONS: "GET /api/v2/routing/queues" }, 0],
    ["denied", { INPUT_OPERATIONS: `GET /api/v2/routing/queues\n${DETAIL_QUERY}` }, 3],
    ["reports a denial without failing", { INPUT_OPERATIONS: DETAIL_QUERY, INPUT_FAIL_ON: "never" }, 0],
    ["a permission", { INPUT_PERMISSIONS: "routing:queue:edit" }, 3],
    ["no operation", { INPUT_OPERATIONS: "$(id)" }, 2],
  ])("%s", async (_description, inputs, expected) => {
    const sandbox = await launchSandbox();
    onTestFinished(async () => await sandbox.close());
    const { exitCode, outputs, stdout, stderr } = await runActionScript("check.sh", {
      GENESYSCLOUD_OAUTHCLIENT_ID: sandbox.client.id,
      GENESYSCLOUD_OAUTHCLIENT_SECRET: sandbox.client.secret,
      INPUT_REGION: sandbox.url,
      ...inputs,
    });
    expect({ exitCode, outputs }).toEqual({ exitCode: expected, outputs: `exit-code=${expected}\n` });
    expect(`${stdout}${stderr}`).not.toContain(sandbox.client.secret);
  });
});

test("the GitHub action writes its reports and a summary page even when a check cannot run", async () => {
  const directory = await tempDir();
  const [junit, sarif, summary] = ["a.xml", "a.sarif", "summary.md"].map((name) => join(directory, name));
  await writeFile(summary ?? "", "");
  const { exitCode, stderr } = await runActionScript("check.sh", {
    GITHUB_ACTIONS: "true",
    GITHUB_STEP_SUMMARY: summary ?? "",
    INPUT_OPERATIONS: "GET /api/v2/routing/queues",
    INPUT_FAIL_ON: "never",
    INPUT_REPORTS: `junit=${junit}\nsarif=${sarif}`,
    INPUT_SUMMARY: "true",
  });
  expect(exitCode).toBe(4);
  expect(stderr).toContain("::error title=genscope checked nothing%3A auth.not_logged_in::");
  const [junitText, sarifText, page] = [junit, sarif, summary].map((file) =>
    readFileSync(file ?? "", "utf8"),
  );
  expect(junitText).toContain('<error type="auth.not_logged_in"');
  expect(JSON.parse(sarifText ?? "")).toMatchObject({
    runs: [{ invocations: [{ executionSuccessful: false }] }],
  });
  expect(page).toContain("## genscope: ✘ nothing was checked");
});

describe("a policy in a pull request that the GitHub action checks", () => {
  test.each([
    ["without a region in the workflow", {}],
    ["with a region in the workflow", { INPUT_REGION: "eu-central-1" }],
    ["with a region in the environment", { GENESYSCLOUD_REGION: "eu-central-1" }],
  ])("that names its own host receives no credentials, %s", async (_description, region) => {
    const host = await serve((_request, response) => json(response, 200, { access_token: "stolen" }));
    const policy = join(await tempDir(), "genscope.policy.yaml");
    await writeFile(
      policy,
      `version: 1\nservices: { s: { operations: [getUsers], environments: { prod: { region: "${host.url}" } } } }\n`,
    );
    const { exitCode, outputs, stderr } = await runActionScript("check.sh", {
      GENESYSCLOUD_OAUTHCLIENT_ID: "ci",
      GENESYSCLOUD_OAUTHCLIENT_SECRET: "the-secret",
      INPUT_POLICY: policy,
      INPUT_ENV: "prod",
      ...region,
    });
    expect({ exitCode, outputs }).toEqual({ exitCode: 2, outputs: "exit-code=2\n" });
    expect(stderr).toContain(`${policy}:2 names region`);
    expect(host.seen).toEqual([]);
  });
});
