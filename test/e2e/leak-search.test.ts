import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { readFilesBelow, searchFor } from "../support/leak-search.ts";
import { watchProcesses } from "../support/process-watch.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Proves that the search finds a leaked secret. Otherwise an empty result would prove nothing. */
describe("the tests' search for leaked secrets", () => {
  test("finds secrets in output, in files of any kind and in file names", async () => {
    const secret = randomBytes(24).toString("base64url");
    const search = searchFor(new Map([["client_secret", new Set([secret])]]));
    const home = await tempDir();
    const [before, after] = [randomBytes(64), randomBytes(64)];
    await mkdir(join(home, "deep"));
    await writeFile(join(home, "deep", "core"), Buffer.concat([before, Buffer.from(secret), after]));
    await writeFile(join(home, "encoded"), Buffer.from(`id:${secret}`).toString("base64"));
    await writeFile(join(home, "clean"), secret.slice(0, 11));
    await writeFile(join(home, `named-${secret}`), "");
    expect([...search.findIn(await readFilesBelow(home))].sort()).toEqual([
      `client_secret in ${home}/deep/core`,
      `client_secret in ${home}/encoded`,
      `client_secret in ${home}/named-${secret}`,
    ]);
    const texts = [
      { name: "whole", text: `error: ${secret} is wrong` },
      { name: "beginning", text: `error: ${secret.slice(0, 12)}… is wrong` },
      { name: "end", text: `error: …${secret.slice(-12)} is wrong` },
      { name: "hidden", text: "error: [secret] is wrong" },
    ];
    const found = ["whole", "beginning", "end"].map((name) => `client_secret in ${name}`);
    expect(search.findIn(texts)).toEqual(found);
  });

  test.runIf(process.platform === "linux")(
    "finds secrets on the command line of a process (needs /proc)",
    async () => {
      const secret = randomBytes(24).toString("base64url");
      const processes = watchProcesses();
      const child = spawn(process.execPath, ["-e", "process.stdin.resume()", secret]);
      const line = () => [...processes.commandLines].find((text) => text.includes("stdin.resume()")) ?? null;
      await vi.waitUntil(() => line() !== null, { timeout: 240_000 });
      child.stdin.end();
      const search = searchFor(new Map([["client_secret", new Set([secret])]]));
      expect(search.findIn([{ name: "argv", text: line() ?? "" }])).toEqual(["client_secret in argv"]);
    },
  );
});
