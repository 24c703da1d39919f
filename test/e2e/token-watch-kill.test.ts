import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sandboxFor } from "../sandbox/client.ts";
import { credentialsFor } from "../support/credentials.ts";
import { canTrace, runUntil } from "../support/export-crash-points.ts";
import { startGenscope } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";

test.skipIf(!canTrace())(
  "`token --watch` removes the token that a killed run left behind, and no other file (needs strace)",
  async () => {
    const sandbox = await sandboxFor({ scenario: "healthy" });
    const env = { ...credentialsFor(sandbox), GENSCOPE_CONFIG_DIR: await tempDir() };
    const directory = await tempDir();
    await writeFile(join(directory, ".token.0123456789ab"), "mine");
    const watch = ["token", "--watch", "token"];

    const killed = await runUntil("rename", 1, watch, { env, directory });
    expect(killed.exitCode).not.toBe(0);
    const [leftover = "", ...others] = (await readdir(directory)).filter(
      (name) => name !== ".token.0123456789ab",
    );
    expect([leftover, others]).toEqual([expect.stringMatching(/^\.token\./), []]);
    expect((await readFile(join(directory, leftover), "utf8")).length).toBeGreaterThan(20);

    const next = startGenscope(watch, env, { directory });
    await next.says(/`token` has a token/);
    expect((await readdir(directory)).toSorted()).toEqual([".token.0123456789ab", "token"]);
    next.interrupt("SIGTERM");
    expect((await next.ended).exitCode).toBe(0);
  },
);
