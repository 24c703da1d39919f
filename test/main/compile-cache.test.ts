import { chmod, lstat, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { enableCompileCache } from "../../src/main/compile-cache.ts";
import { tempDir } from "../support/temp-dir.ts";

const userId = process.getuid?.() ?? null;

/** Returns the cache directory that genscope passes to Node, or null when it enables no cache. */
function directoryFor(
  env: Readonly<Record<string, string>>,
  { platform = "linux", user = userId }: { platform?: NodeJS.Platform; user?: number | null } = {},
): string | null {
  let given: string | null = null;
  enableCompileCache(
    { env, platform, userId: user },
    {
      enableCompileCache: (directory) => {
        given = directory;
      },
    },
  );
  return given;
}

describe("the compile cache directory", () => {
  test.each<[NodeJS.Platform, string, readonly string[], string]>([
    ["linux", "HOME", [], ".cache/genscope/compiled"],
    ["linux", "XDG_CACHE_HOME", [], "genscope/compiled"],
    ["linux", "GENSCOPE_CONFIG_DIR", [], "cache/compiled"],
    ["darwin", "HOME", ["Library"], "Library/Caches/genscope/compiled"],
    ["win32", "LOCALAPPDATA", [], "genscope/Cache/compiled"],
  ])("on %s is private and lies below %s", async (platform, variable, existing, expected) => {
    const home = await tempDir();
    for (const name of existing) await mkdir(join(home, name));
    const directory = directoryFor({ [variable]: home }, { platform });
    expect(directory).toBe(join(home, expected));
    expect((await lstat(join(home, expected))).mode & 0o777).toBe(0o700);
    expect(directoryFor({ [variable]: home }, { platform })).toBe(directory);
  });

  test.each([0o770, 0o707, 0o777, 0o750])("is rejected with mode %o", async (mode) => {
    const home = await tempDir();
    const directory = join(home, "genscope/compiled");
    await mkdir(directory, { recursive: true });
    await chmod(directory, mode);
    expect(directoryFor({ XDG_CACHE_HOME: home })).toBeNull();
  });

  test("is rejected when another account owns it", async () => {
    expect(directoryFor({ XDG_CACHE_HOME: await tempDir() }, { user: 4_242 })).toBeNull();
  });

  test("is rejected when it is a symbolic link or its parent is a file", async () => {
    const home = await tempDir();
    await mkdir(join(home, "genscope"));
    await mkdir(join(home, "elsewhere"), { mode: 0o700 });
    await symlink(join(home, "elsewhere"), join(home, "genscope/compiled"));
    expect(directoryFor({ XDG_CACHE_HOME: home })).toBeNull();
    const other = await tempDir();
    await writeFile(join(other, "genscope"), "");
    expect(directoryFor({ XDG_CACHE_HOME: other })).toBeNull();
  });

  test("is not created without a usable home directory", async () => {
    const home = await tempDir();
    expect(directoryFor({})).toBeNull();
    expect(directoryFor({ HOME: "" })).toBeNull();
    expect(directoryFor({ HOME: join(home, "missing") })).toBeNull();
    expect(directoryFor({ HOME: "/dev/null" })).toBeNull();
    expect(await readdir(home)).toEqual([]);
  });
});

test("a Node version without a compile cache creates no directory", async () => {
  const home = await tempDir();
  enableCompileCache({ env: { HOME: home }, platform: "linux", userId }, {});
  expect(await readdir(home)).toEqual([]);
});
