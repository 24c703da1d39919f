import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { SHELLS } from "../../src/cli/completion/scripts.ts";
import { liveCompletionTree } from "../support/completion-tree.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Runs the built program in the way that the shell scripts run it. */
async function completeWords(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return await runGenscope(["__complete", ...words], env);
}

test("the built command tree equals that of the program", async () => {
  const built: unknown = JSON.parse(readFileSync(join(ROOT, "dist/data/completion.json"), "utf8"));
  expect(built).toEqual(structuredClone(await liveCompletionTree()));
});

test("a completion creates no file", async () => {
  const home = await tempDir();
  const env = { HOME: home, GENSCOPE_CONFIG_DIR: join(home, "config") };
  for (const words of [["whoami", "--profile", ""], ["check-scopes", "GET", "/api/v2/"], [""]]) {
    expect(await completeWords(words, env)).toMatchObject({ exitCode: 0, stderr: "" });
  }
  expect(readdirSync(home)).toEqual([]);
});

describe("completed profile names", () => {
  const namesIn = async (text: string | null) => {
    const directory = await tempDir();
    if (text === null) await mkdir(join(directory, "config.toml"));
    else await writeFile(join(directory, "config.toml"), text);
    return await completeWords(["whoami", "--profile", ""], { GENSCOPE_CONFIG_DIR: directory });
  };

  test("come from the profile file, even a faulty one, except names that no profile can have", async () => {
    const text =
      '[profiles.b]\n[profiles.a]\nstore = "cellar"\n[profiles."x\\u001b[31m"]\n[profiles."$(id)"]\n';
    expect(await namesIn(text)).toEqual({
      exitCode: 0,
      stdout: "words\na\t\nb\t\n",
      stderr: "",
    });
  });

  test.each([
    ["a damaged file", "[profiles"],
    ["profiles that are a string", 'profiles = "work"'],
    ["a directory instead of the file", null],
  ])("are absent with %s, and no error is printed", async (_, text) => {
    expect(await namesIn(text)).toEqual({ exitCode: 0, stdout: "words\n", stderr: "" });
  });
});

test.each([[[]], [["\u001b[31m"]], [["check-scopes", "GET", `/api/v2/${"x/".repeat(20_000)}`]]])(
  "completion of hostile words prints no error (case %#)",
  async (words) => {
    const { exitCode, stdout, stderr } = await completeWords(words);
    expect([exitCode, stderr, stdout.split("\n")[0]]).toEqual([0, "", "words"]);
  },
);

describe("genscope completion", () => {
  test.each(SHELLS)("%s prints the script that the package contains", async (shell) => {
    const { exitCode, stdout, stderr } = await runGenscope(["completion", shell], {});
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(readFileSync(join(ROOT, `src/cli/completion/data/completion.${shell}`), "utf8"));
    expect(stdout).toContain("__complete");
  });

  test("lists the shells when the given one is unknown", async () => {
    const { exitCode, stdout, stderr } = await runCli(["completion", "tcsh"]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("error: `tcsh` is not a shell of `genscope completion`\n");
  });
});

const hasShellcheck = spawnSync("shellcheck", ["--version"]).status === 0;

test.skipIf(!hasShellcheck)("the bash script passes shellcheck (needs shellcheck)", () => {
  const script = join(ROOT, "src/cli/completion/data/completion.bash");
  const { status, stdout } = spawnSync("shellcheck", ["--shell=bash", script], { encoding: "utf8" });
  expect([status, stdout]).toEqual([0, ""]);
});
