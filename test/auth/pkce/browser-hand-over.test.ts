import { existsSync } from "node:fs";
import { chown, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { handOverToBrowser } from "../../../src/auth/pkce/browser-hand-over.ts";
import { redirectPage } from "../../../src/auth/pkce/redirect-page.ts";
import { processTag } from "../../../src/core/process-tag.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { processesOf } from "../../support/login-storage.ts";
import { tempDir } from "../../support/temp-dir.ts";

const URL = "https://login.mypurecloud.de/oauth/authorize?state=s&code_challenge=c";
const SUFFIX = "0123456789abcdef";
const ENDED = processTag(processesOf(4_242));
const isRoot = process.getuid?.() === 0;

/** Hands an address over once; returns what the browser was started with, and ends the wait. */
async function handOver(places: readonly string[], running: readonly number[] = []) {
  const wait = new AbortController();
  const started: string[] = [];
  await handOverToBrowser(URL, wait.signal, {
    places,
    processes: processesOf(1_000, running),
    random: systemRandom,
    userId: process.getuid?.() ?? null,
    start: async (address) => void started.push(address),
  });
  return { wait, page: fileURLToPath(started[0] ?? "") };
}

/** Makes a directory as a killed login leaves it. */
async function leave(place: string, name: string): Promise<string> {
  const directory = join(place, name);
  await mkdir(directory, { mode: 0o700 });
  await writeFile(join(directory, "login.html"), "old", { mode: 0o600 });
  return directory;
}

test("the page lasts as long as the wait, and never under another name", async () => {
  const { wait, page } = await handOver([await tempDir()]);

  expect(await readFile(page, "utf8")).toBe(redirectPage(URL));
  wait.abort();
  expect(existsSync(page)).toBe(false);
});

test("a login that is over before the page is written hands nothing over", async () => {
  const place = await tempDir();
  const started: string[] = [];
  await expect(
    handOverToBrowser(URL, AbortSignal.abort(), {
      places: [place],
      processes: processesOf(),
      random: systemRandom,
      userId: null,
      start: async (address) => void started.push(address),
    }),
  ).rejects.toMatchObject({ name: "AbortError" });
  expect(started).toEqual([]);
});

describe("leftovers", () => {
  test("of an ended process on this host are removed, whoever had its id", async () => {
    const place = await tempDir();
    const ended = await leave(place, `genscope-login-${ENDED}-${SUFFIX}`);
    const sameId = await leave(place, `genscope-login-${processTag(processesOf(1_000))}-${SUFFIX}`);
    await handOver([place]);

    expect([existsSync(ended), existsSync(sameId)]).toEqual([false, false]);
  });

  test.each<[string, string, readonly number[]]>([
    ["of a running process", `genscope-login-${ENDED}-${SUFFIX}`, [4_242]],
    ["of another host", `genscope-login-${processTag(processesOf(4_242, [], "host-2"))}-${SUFFIX}`, []],
    ["with a name of its own", "genscope-login-notes", []],
    ["with more behind the name", `genscope-login-${ENDED}-${SUFFIX}.bak`, []],
  ])("%s stay", async (_name, name, running) => {
    const place = await tempDir();
    const directory = await leave(place, name);
    await handOver([place], running);

    expect(existsSync(join(directory, "login.html"))).toBe(true);
  });

  test("that are links are not followed, and what else lies in the directory stays", async () => {
    const [place, foreign] = [await tempDir(), await tempDir()];
    await writeFile(join(foreign, "login.html"), "mine");
    await symlink(foreign, join(place, `genscope-login-${ENDED}-${SUFFIX}`));
    const full = await leave(place, `genscope-login-${ENDED}-fedcba9876543210`);
    await writeFile(join(full, "notes.txt"), "mine");
    await handOver([place]);

    expect(await readFile(join(foreign, "login.html"), "utf8")).toBe("mine");
    expect(await readFile(join(full, "notes.txt"), "utf8")).toBe("mine");
  });

  test.runIf(isRoot)("of another account stay (needs root)", async () => {
    const place = await tempDir();
    const directory = await leave(place, `genscope-login-${ENDED}-${SUFFIX}`);
    await chown(directory, 65_534, 65_534);
    await handOver([place]);

    expect((await stat(join(directory, "login.html"))).isFile()).toBe(true);
  });
});

test("the page contains the address as text, whatever characters it has", () => {
  const page = redirectPage(`https://h.example/?a=1&b="><script>alert('x')</script>`);

  expect(page).toContain(
    'content="0;url=https://h.example/?a=1&#38;b=&#34;&#62;&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;"',
  );
  expect(page).not.toContain("<script");
  expect(page.match(/(?:src|href)="([^"]*)"/g)).toHaveLength(1);
});
