import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { asArray, asRecord } from "../../src/core/json.ts";
import { sandboxFor } from "../sandbox/client.ts";
import { credentialsFor } from "../support/credentials.ts";
import { runGenscope, startGenscope } from "../support/genscope-process.ts";
import { readStoredSchema, violationsOf } from "../support/stored-schemas.ts";
import { tempDir } from "../support/temp-dir.ts";

const EXAMPLES = join(import.meta.dirname, "../../.github/examples");
const UNITS = ["genscope-token.service", "reporting.service"] as const;
const FILE = "/run/genscope/token";
const textOf = (name: string) => readFileSync(join(EXAMPLES, name), "utf8");

/** Runs a command line of an example with its token in this file. Returns the final content of the file. */
async function expectToken(args: readonly string[], mayEnd: boolean) {
  const sandbox = await sandboxFor({ scenario: "healthy" });
  const file = join(await tempDir(), "token");
  const own = args.map((word) => word.replace(FILE, file));
  const env = { ...credentialsFor(sandbox), GENSCOPE_STORE: "none", HOME: "/nonexistent" };
  if (mayEnd) {
    expect(await runGenscope(own, env)).toMatchObject({ exitCode: 0 });
  } else {
    expect(await startGenscope(own, env).firstOutput()).toContain("ready");
  }
  expect((await readFile(file, "utf8")).trim().length).toBeGreaterThan(20);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
}

const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

describe("the systemd units", () => {
  test.skipIf(!hasSystemd)("are valid (needs systemd-analyze)", async () => {
    const directory = await tempDir();
    const files = UNITS.map((name) => join(directory, name));
    for (const [index, name] of UNITS.entries()) {
      // The programs that the examples name are not installed on the machine that runs the test.
      const text = textOf(name).replaceAll(/=\/usr\/local\/bin\/\S+/g, "=/bin/true");
      await writeFile(files[index] ?? "", text);
    }
    const { status, stdout, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...files], {
      encoding: "utf8",
    });
    const about = `${stdout}${stderr}`.split("\n").filter((line) => /genscope|reporting/.test(line));
    expect({ status, about }).toEqual({ status: 0, about: [] });
  });

  test.each([
    ["ExecStartPre", true],
    ["ExecStart", false],
  ])("%s writes the token", async (setting, mayEnd) => {
    const line = new RegExp(`^${setting}=/usr/local/bin/genscope (.*)$`, "m").exec(textOf(UNITS[0]))?.[1];
    await expectToken(line?.split(" ") ?? [], mayEnd);
  });

  test("belong to one user, and the service waits for the token", () => {
    const users = UNITS.map((name) => /^User=(.*)$/m.exec(textOf(name))?.[1]);
    expect(users).toEqual(["reporting", "reporting"]);
    expect(textOf(UNITS[1])).toContain(`Requires=${UNITS[0]}\nAfter=${UNITS[0]}\n`);
  });
});

describe("the Kubernetes sidecar", () => {
  const deployment = asRecord(parse(textOf("sidecar.yaml")));
  const pod = asRecord(asRecord(asRecord(deployment["spec"])["template"])["spec"]);
  const [sidecar] = asArray(pod["initContainers"]).map(asRecord);

  test("matches the Kubernetes schema", () => {
    const schema = {
      ...readStoredSchema("kubernetes-definitions"),
      $ref: "#/definitions/io.k8s.api.apps.v1.Deployment",
    };
    expect(violationsOf(schema, deployment)).toEqual([]);
    expect(violationsOf(schema, { ...deployment, spec: { template: 1 } })).not.toEqual([]);
  });

  test("writes the token to the file that the probe checks", async () => {
    const args = asArray(sidecar?.["args"]).map(String);
    await expectToken(args, false);
    expect(asRecord(asRecord(sidecar?.["startupProbe"])["exec"])["command"]).toEqual([
      "test",
      "-s",
      args.at(-1),
    ]);
  });

  test("shares the file within one user and keeps it off the disk", () => {
    expect(pod["securityContext"]).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(pod["volumes"]).toEqual([{ name: "token", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } }]);
    expect(sidecar?.["restartPolicy"]).toBe("Always");
  });
});
