import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cacheFileOf } from "../../src/catalogue/facts/cache-file.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { json, serve } from "../support/loopback-server.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Starts a host whose definition has its own operations. */
async function hostWith(name: string): Promise<string> {
  const paths = Object.fromEntries(
    Array.from({ length: 400 }, (_, index) => [
      `/api/v2/${name}/thing${index}`,
      { get: { operationId: `get${name}${index}`, tags: ["Things"] } },
    ]),
  );
  const { url } = await serve((request, response) =>
    json(response, 200, { swagger: "2.0", paths: request.path.endsWith("preview") ? {} : paths }),
  );
  return url;
}

test("processes that update the catalogs of two hosts in parallel leave a complete file per host", async () => {
  const directory = await tempDir();
  const [first, second] = await Promise.all([hostWith("First"), hostWith("Second")]);
  const run = async (url: string, ...argv: readonly string[]) =>
    await runGenscope(argv, { GENSCOPE_CONFIG_DIR: directory, GENESYSCLOUD_REGION: url });
  const updates = [first, second, first, second];
  const endings = await Promise.all(updates.map(async (url) => await run(url, "catalog", "update")));
  expect(endings.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);

  const cache = join(directory, "cache");
  expect(await readdir(join(cache, "catalogues"))).toHaveLength(2);
  for (const [url, own, other] of [
    [first, "First", "Second"],
    [second, "Second", "First"],
  ] as const) {
    const text = await readFile(cacheFileOf(cache, url), "utf8");
    expect([text.includes(`get${own}399`), text.includes(`get${other}`)]).toEqual([true, false]);
    const { exitCode, stdout } = await run(url, "catalog", "diff", "--json");
    const { difference } = JSON.parse(stdout) as { difference: { added: { path: string }[] } };
    const added = difference.added.map(({ path }) => path);
    expect(exitCode).toBe(0);
    expect(added.filter((path) => path.startsWith(`/api/v2/${own}/`))).toHaveLength(400);
    expect(added.filter((path) => path.startsWith(`/api/v2/${other}/`))).toEqual([]);
  }
});
