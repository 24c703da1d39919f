import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { TopicName } from "../../src/cli/help-topics.ts";
import { asRecord } from "../../src/core/json.ts";
import { shownByTopic } from "../support/examples.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Returns the only file of a topic that contains a text. */
function fileWith(topic: TopicName, text: string): string {
  const files = shownByTopic(topic).filter((lines) => lines.includes(text));
  expect(files.length).toBe(1);
  return files[0] ?? "";
}

const has = (command: string, ...args: readonly string[]) => spawnSync(command, args).status === 0;

test.skipIf(!has("go", "version"))("the reader in Go returns the token of the file (needs go)", async () => {
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
});

test.skipIf(!has("systemd-analyze", "--version"))(
  "systemd accepts the unit (needs systemd-analyze)",
  async () => {
    const unit = join(await tempDir(), "genscope-token.service");
    // systemd checks that programs exist.
    await writeFile(
      unit,
      `${fileWith("services", "[Service]").replaceAll(/(?<==)genscope /g, `${process.execPath} `)}\n`,
    );
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", unit], { encoding: "utf8" });
    expect([status, stderr.split("\n").filter((line) => line.includes("genscope-token"))]).toEqual([0, []]);
  },
);

test("the containers of the sidecar share the directory of the token file", () => {
  const { containers, volumes } = parse(fileWith("services", "containers:")) as {
    containers: { name: string; args?: string[]; volumeMounts: { name: string; mountPath: string }[] }[];
    volumes: { name: string }[];
  };
  const mounts = containers.flatMap(({ volumeMounts }) => volumeMounts);
  expect(new Set(mounts.map(({ name }) => name))).toEqual(new Set(volumes.map(({ name }) => name)));
  const [file] = containers.flatMap(({ args }) => args?.at(-1) ?? []);
  expect(mounts.map(({ mountPath }) => mountPath)).toEqual([join(file ?? "", ".."), join(file ?? "", "..")]);
});

test.skipIf(!has("python3", "--version"))("Python parses the mapped task (needs python3)", () => {
  const { status, stderr } = spawnSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], {
    input: fileWith("workers", "BashOperator"),
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
});

test("the matrix and the completions are as many as the shares", () => {
  const matrix = asRecord(asRecord(asRecord(parse(fileWith("workers", "matrix")))["strategy"])["matrix"]);
  expect(matrix["shard"]).toEqual([1, 2, 3, 4]);
  const job = fileWith("workers", "completions");
  expect(asRecord(parse(job))["completions"]).toBe(4);
  expect(job).toContain("--shard $((JOB_COMPLETION_INDEX + 1))/4");
});
