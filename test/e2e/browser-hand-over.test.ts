import { existsSync, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { sandboxFor } from "../sandbox/client.ts";
import { browserCommand } from "../support/browser-command.ts";
import { CHROMIUM_COMMAND, connectToChromium, endBrowser, hasChromium } from "../support/chromium.ts";
import { startGenscope } from "../support/genscope-process.ts";
import { watchAllProcesses } from "../support/process-watch.ts";
import { LOGIN_ADDRESS } from "../support/stored-login.ts";
import { tempDir } from "../support/temp-dir.ts";
import { ANALYST, logInAndAllow } from "../support/visitor.ts";

/** Starts a login with its own home directory, and waits until it prints the address. */
async function startLogin(browser: string, home: string, env: Readonly<Record<string, string>> = {}) {
  const sandbox = await sandboxFor({ scenario: "scope-missing" });
  const login = startGenscope(
    ["login", "--grant", "pkce", "--region", sandbox.url, "--client-id", sandbox.client.id],
    { HOME: home, GENSCOPE_CONFIG_DIR: await tempDir(), GENSCOPE_STORE: "none", BROWSER: browser, ...env },
  );
  const [, url = ""] = await login.says(LOGIN_ADDRESS);
  return { login, url, query: new URL(url).searchParams };
}

test.skipIf(!hasChromium || process.platform !== "linux")(
  "a browser login puts state and challenge on no command line (needs chromium, Linux)",
  async () => {
    const [home, profile] = [await tempDir(), await tempDir()];
    const processes = watchAllProcesses();
    const { login, url, query } = await startLogin(
      [...CHROMIUM_COMMAND, "--remote-debugging-port=0", `--user-data-dir=${profile}`, "%s"].join(" "),
      home,
    );
    const browser = await connectToChromium(profile);
    onTestFinished(async () => await endBrowser(browser));
    const [page] = browser.contexts()[0]?.pages() ?? [];
    if (page === undefined) throw new Error("Chromium opened no window");
    await page.waitForURL(url);
    await page.getByLabel("E-mail").fill(ANALYST);
    await page.getByLabel("Password").fill("any");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("button", { name: "Allow" }).click();

    expect((await login.ended).exitCode).toBe(0);
    const seen = [...processes.commandLines];
    for (const name of ["state", "code_challenge"]) {
      expect(seen.filter((line) => line.includes(query.get(name) ?? "?"))).toEqual([]);
    }
    // Proves that the search has seen the browser and its argument.
    expect(seen.filter((line) => line.includes(`file://${home}/genscope-login-`))).not.toEqual([]);
    expect(await readdir(home)).not.toContainEqual(expect.stringMatching(/^genscope-login/));
  },
);

describe("the page that redirects to the login", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "can be read only by its owner, and is removed after %s",
    async (signal) => {
      const [home, command] = [await tempDir(), await browserCommand()];
      const { login, query } = await startLogin(command.path, home);
      const page = fileURLToPath(await command.opened);

      expect(dirname(dirname(page))).toBe(home);
      expect([statSync(dirname(page)).mode % 0o1000, statSync(page).mode % 0o1000]).toEqual([0o700, 0o600]);
      expect(await readFile(page, "utf8")).toContain(query.get("state"));
      login.interrupt(signal);
      expect((await login.ended).exitCode).toBe(130);
      expect(existsSync(dirname(page))).toBe(false);
    },
  );

  test("is removed by the next login when its login was killed, while the page of a running login stays", async () => {
    const home = await tempDir();
    const [killed, running, next] = [await browserCommand(), await browserCommand(), await browserCommand()];
    const first = await startLogin(killed.path, home);
    const leftover = dirname(fileURLToPath(await killed.opened));
    first.login.interrupt("SIGKILL");
    await first.login.ended;
    expect(existsSync(leftover)).toBe(true);

    await startLogin(running.path, home);
    const live = dirname(fileURLToPath(await running.opened));
    expect([existsSync(leftover), existsSync(live)]).toEqual([false, true]);

    await startLogin(next.path, home);
    const page = dirname(fileURLToPath(await next.opened));
    expect([existsSync(live), existsSync(page)]).toEqual([true, true]);
  });

  test("is written to the temporary directory when there is no home directory", async () => {
    const command = await browserCommand();
    const { login } = await startLogin(command.path, "/proc/genscope-no-such-home");
    const page = fileURLToPath(await command.opened);

    expect(dirname(dirname(page))).toBe(tmpdir());
    login.interrupt("SIGINT");
    expect((await login.ended).exitCode).toBe(130);
    expect(existsSync(dirname(page))).toBe(false);
  });

  test("is absent when no directory is writable, and only the printed address remains", async () => {
    const command = await browserCommand();
    const { login, url } = await startLogin(command.path, "/proc/genscope-no-such-home", {
      TMPDIR: "/proc/genscope-no-such-directory",
    });
    await login.says(/The browser could not be started\. Open the URL above yourself\./);
    expect(await Promise.race([command.opened, delay(1_000, "nothing")])).toBe("nothing");

    await (await fetch(await logInAndAllow(url))).text();
    expect((await login.ended).exitCode).toBe(0);
  });
});
