import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findNode } from "../support/other-node.ts";
import { tempDir } from "../support/temp-dir.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const QUIETLY = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
/** Packages of an installation. Both libraries for the keychain are optional, and keytar needs node-addon-api. */
const INSTALLED = ["@bokuweb/zstd-wasm", "@napi-rs/keyring", "keytar", "node-addon-api"];

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in a directory without the settings of this repository. `nodeDirectory` comes first in PATH. */
function run(command: string, args: readonly string[], cwd: string, nodeDirectory?: string): Ended {
  const path = process.env["PATH"] ?? "";
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: {
      ...process.env,
      PATH: nodeDirectory === undefined ? path : `${nodeDirectory}${delimiter}${path}`,
      GENSCOPE_CONFIG_DIR: join(cwd, "config"),
      NO_COLOR: "1",
    },
  });
  return { status, stdout, stderr };
}

/** Path of the built package, packed once in the same way as npm publishes it. */
let tarball: string;

beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), "genscope-package-"));
  const packed = run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", directory], ROOT);
  expect(packed).toMatchObject({ status: 0 });
  tarball = join(directory, packed.stdout.trim());
});

afterAll(async () => await rm(dirname(tarball), { recursive: true, force: true }));

test("a global installation contains only genscope, the keychain addon and packages that genscope loads", async () => {
  const directory = await tempDir();
  const prefix = join(directory, "prefix");
  const installed = run("npm", ["install", "--global", "--prefix", prefix, ...QUIETLY, tarball], directory);
  expect(installed).toMatchObject({ status: 0 });
  const modules = join(prefix, "lib/node_modules/genscope/node_modules");
  const names = (await readdir(modules)).filter((name) => !name.startsWith("."));
  const all = await Promise.all(
    names.map(async (name) =>
      name.startsWith("@") ? (await readdir(join(modules, name))).map((each) => `${name}/${each}`) : [name],
    ),
  );
  // The binary of keyring is in a separate package for this platform.
  const binary = /^@napi-rs\/keyring-(?=linux|darwin|win32)/;
  expect(all.flat().filter((name) => binary.test(name))).toHaveLength(1);
  expect(
    all
      .flat()
      .filter((name) => !binary.test(name))
      .toSorted(),
  ).toEqual(INSTALLED);

  const program = join(prefix, "bin/genscope");
  expect(run(program, ["--version"], directory)).toMatchObject({ status: 0, stderr: "" });
  const notices = join(prefix, "lib/node_modules/genscope/dist/THIRD-PARTY-NOTICES.txt");
  expect(existsSync(notices)).toBe(true);
  // `man` finds pages relative to the directory of the program.
  const pages = ["man1/genscope.1", "man1/genscope-export.1", "man7/genscope-filters.7"];
  expect(pages.filter((page) => !existsSync(join(prefix, "share/man", page)))).toEqual([]);
});

test.for(["20", "22", "24"])(
  "`npx genscope-*.tgz demo` and a global installation run in an empty folder on Node %s (needs its npm package)",
  async (version, { skip }) => {
    const node = await findNode(version, await tempDir());
    if (node === null) return skip(`no package of Node ${version} for ${process.platform} ${process.arch}`);
    const directory = await tempDir();
    await copyFile(tarball, join(directory, basename(tarball)));
    expect(run("node", ["--version"], directory, node).stdout).toMatch(new RegExp(`^v${version}\\.`));
    const demo = run("npx", ["--yes", ...QUIETLY, `./${basename(tarball)}`, "demo"], directory, node);
    expect(demo).toMatchObject({ status: 0 });
    expect(demo.stdout).toContain("Now your own organization");

    const prefix = join(directory, "prefix");
    const installed = run(
      "npm",
      ["install", "--global", "--prefix", prefix, ...QUIETLY, tarball],
      directory,
      node,
    );
    expect(installed).toMatchObject({ status: 0 });
    expect(run(join(prefix, "bin/genscope"), ["--version"], directory, node)).toMatchObject({
      status: 0,
      stderr: "",
    });
  },
);
