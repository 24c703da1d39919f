import { existsSync } from "node:fs";
import { chown, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { handOverToBrowser } from "../../../src/auth/pkce/browser-hand-over.ts";
import { redirectPage } from "../../../src/auth/pkce/redirect-page.ts";
import { processTag } from "../../../src/core/files/process-tag.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { processesOf } from "../../support/login-storage.ts";
import { tempDir } from "../../support/temp-dir.ts";

const URL = "https://login.mypurecloud.de/oauth/authorize?state=s&code_challenge=c";
const SUFFIX = "0123456789abcdef";
const ENDED = processTag(processesOf(4_242));
const isRoot = process.getuid?.() === 0;

/** Hands a URL to the browser once. Returns the target with which the browser was started, and ends the wait. */
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

/** Creates the directory that a killed login leaves behind. */
async function leave(place: string, name: string): Promise<string> {
  const directory = join(place, name);
  await mkdir(directory, { mode: 0o700 });
  await writeFile(join(directory, "login.html"), "old", { mode: 0o600 });
  return directory;
}

test("keeps the page that opens the login for the duration of the wait, under a new name each time", async () => {
  const { wait, page } = await handOver([await tempDir()]);

  expect(await readFile(page, "utf8")).toBe(redirectPage(URL));
  wait.abort();
  expect(existsSync(page)).toBe(false);
});

test("starts no browser when the login ends before the page is written", async () => {
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

describe("cleaning up the pages that killed logins left behind", () => {
  test("removes a page when its process on this host has ended, even if another process has its id now", async () => {
    const place = await tempDir();
    const ended = await leave(place, `genscope-login-${ENDED}-${SUFFIX}`);
    const sameId = await leave(place, `genscope-login-${processTag(processesOf(1_000))}-${SUFFIX}`);
    await handOver([place]);

    expect([existsSync(ended), existsSync(sameId)]).toEqual([false, false]);
  });

  test.each<[string, string, readonly number[]]>([
    ["that belongs to a running process", `genscope-login-${ENDED}-${SUFFIX}`, [4_242]],
    [
      "that belongs to another host",
      `genscope-login-${processTag(processesOf(4_242, [], "host-2"))}-${SUFFIX}`,
      [],
    ],
    ["with another name", "genscope-login-notes", []],
    ["with a longer name", `genscope-login-${ENDED}-${SUFFIX}.bak`, []],
  ])("keeps a page %s", async (_name, name, running) => {
    const place = await tempDir();
    const directory = await leave(place, name);
    await handOver([place], running);

    expect(existsSync(join(directory, "login.html"))).toBe(true);
  });

  test("does not follow links, and keeps other files in the directory", async () => {
    const [place, foreign] = [await tempDir(), await tempDir()];
    await writeFile(join(foreign, "login.html"), "mine");
    await symlink(foreign, join(place, `genscope-login-${ENDED}-${SUFFIX}`));
    const full = await leave(place, `genscope-login-${ENDED}-fedcba9876543210`);
    await writeFile(join(full, "notes.txt"), "mine");
    await handOver([place]);

    expect(await readFile(join(foreign, "login.html"), "utf8")).toBe("mine");
    expect(await readFile(join(full, "notes.txt"), "utf8")).toBe("mine");
  });

  test.runIf(isRoot)("keeps another account's pages (needs root)", async () => {
    const place = await tempDir();
    const directory = await leave(place, `genscope-login-${ENDED}-${SUFFIX}`);
    await chown(directory, 65_534, 65_534);
    await handOver([place]);

    expect((await stat(join(directory, "login.html"))).isFile()).toBe(true);
  });
});

test("writes the URL into the page as text, whatever characters it contains", () => {
  const page = redirectPage(`https://h.example/?a=1&b="><script>alert('x')</script>`);

  expect(page).toContain(
    'content="0;url=https://h.example/?a=1&#38;b=&#34;&#62;&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;"',
  );
  expect(page).not.toContain("<script");
  expect(page.match(/(?:src|href)="([^"]*)"/g)).toHaveLength(1);
});
