import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { call, json, sandboxFor } from "../sandbox/client.ts";
import { browserCommand } from "../support/browser-command.ts";
import { hasChromium, launchChromium, openWindow } from "../support/chromium.ts";
import { type GenscopeProcess, startGenscope } from "../support/genscope-process.ts";
import { listen } from "../support/loopback-server.ts";
import { tempDir } from "../support/temp-dir.ts";
import { ANALYST } from "../support/visitor.ts";

const APP = { scenario: "scope-missing" };

/** Pattern of the line with the address of the login page. */
const LOGIN_ADDRESS = /^ {2}(http\S+\/oauth\/authorize\?\S+)$/m;

interface Login {
  readonly process: GenscopeProcess;
  /** The address that the program printed. */
  readonly url: string;
  readonly redirectUri: string;
}

/** Starts `genscope login` and waits until it prints the login address. */
async function startLogin(
  sandbox: Sandbox,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Login> {
  const process = startGenscope(
    ["login", "--grant", "pkce", "--region", sandbox.url, "--client-id", sandbox.client.id, ...args],
    { GENSCOPE_CONFIG_DIR: await tempDir(), GENSCOPE_STORE: "none", BROWSER: "true", ...env },
  );
  const [, url = ""] = await process.says(LOGIN_ADDRESS);
  return { process, url, redirectUri: new URL(url).searchParams.get("redirect_uri") ?? "" };
}

async function logIn(page: Page): Promise<void> {
  await page.getByLabel("E-mail").fill(ANALYST);
  await page.getByLabel("Password").fill("any");
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("heading", { name: "Agent workbench asks for access" }).waitFor();
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name }).click();
}

const heading = (page: Page) => page.getByRole("heading").textContent();

/** Returns the status of a request to the program's listener that did not come from a page of the login host. */
async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status;
}

describe.skipIf(!hasChromium)("login with a real browser (needs chromium)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test("ends with a token that a second process uses", async () => {
    const sandbox = await sandboxFor(APP);
    const home = await tempDir();
    const command = await browserCommand();
    const remembered = {
      GENSCOPE_CONFIG_DIR: home,
      GENSCOPE_STORE: "file",
      GENSCOPE_STORE_PASSPHRASE: "correct horse",
    };
    const { process, url, redirectUri } = await startLogin(sandbox, [], {
      ...remembered,
      BROWSER: command.path,
    });
    const handedOver = await command.opened;
    expect(handedOver).toMatch(/^file:\/\/\/.*\/genscope-login-[^/]+\/login\.html$/);
    expect(redirectUri).toMatch(/^http:\/\/localhost:\d+$/);

    const page = await openWindow(browser);
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(new URL(request.url()).origin));
    await page.goto(handedOver);
    await page.waitForURL(url);
    await logIn(page);
    await press(page, "Allow");
    const { exitCode, stdout, stderr } = await process.ended;
    expect([exitCode, await heading(page)]).toEqual([0, "Back to your terminal"]);
    expect(existsSync(dirname(fileURLToPath(handedOver)))).toBe(false);
    expect(stdout).toContain("Reporting analyst");
    expect(stderr).toContain("logged in as profile");

    const answer = new URL(page.url()).searchParams;
    const html = await page.content();
    for (const name of ["code", "state"]) expect(html).not.toContain(answer.get(name) ?? "?");
    // The first page is on this machine and has an opaque origin.
    expect([...new Set(addresses)]).toEqual(["null", sandbox.url, redirectUri]);
    await page.screenshot({ path: join(home, "result-page.png") });

    const whoami = await startGenscope(["whoami", "--json"], remembered).ended;
    expect(whoami.exitCode).toBe(0);
    expect(json(JSON.parse(whoami.stdout)).at("user.name")).toBe("Reporting analyst");
  });

  test("reports a denial in the browser and in the terminal", async () => {
    const sandbox = await sandboxFor(APP);
    const { process, url } = await startLogin(sandbox, ["--json"]);
    const page = await openWindow(browser);
    await page.goto(url);
    await logIn(page);
    await press(page, "Deny");
    const { exitCode, stdout } = await process.ended;
    expect([exitCode, json(JSON.parse(stdout)).at("error.code")]).toEqual([4, "auth.login_denied"]);
    expect(await heading(page)).toBe("Not logged in");
  });

  test("ignores forged callbacks and succeeds after them", async () => {
    const sandbox = await sandboxFor(APP);
    const { process, url, redirectUri } = await startLogin(sandbox);
    const state = new URL(url).searchParams.get("state") ?? "";
    const page = await openWindow(browser);
    const forged = await page.goto(`${redirectUri}/?code=forged&state=forged`);
    expect(forged?.status()).toBe(404);
    expect(await statusOf(`${redirectUri}/?code=forged`)).toBe(404);
    expect(await statusOf(`${redirectUri}/?error=access_denied&state=forged`)).toBe(404);
    expect(await statusOf(`${redirectUri}/elsewhere?code=forged&state=${state}`)).toBe(404);
    expect((await fetch(`${redirectUri}/?code=forged&state=${state}`, { method: "POST" })).status).toBe(404);
    await page.goto(url);
    await logIn(page);
    await press(page, "Allow");
    expect((await process.ended).exitCode).toBe(0);
    expect(await heading(page)).toBe("Back to your terminal");
  });

  test("refuses a code that was already used, and prints how to continue", async () => {
    const sandbox = await sandboxFor(APP);
    const { process, url, redirectUri } = await startLogin(sandbox, ["--json"]);
    const page = await openWindow(browser);
    await page.goto(url);
    await logIn(page);
    await page.route(`${sandbox.url}/oauth/authorize?*`, async (route) => {
      const response = await route.fetch({ maxRedirects: 0 });
      const callback = new URL(response.headers()["location"] ?? "");
      await call(sandbox, "POST /oauth/token", {
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({
          grant_type: "authorization_code",
          client_id: sandbox.client.id,
          code: callback.searchParams.get("code") ?? "",
          code_verifier: "a-verifier-that-somebody-else-would-have-to-guess",
          redirect_uri: redirectUri,
        }).toString(),
      });
      await route.fulfill({ response });
    });
    await press(page, "Allow");
    const { exitCode, stdout } = await process.ended;
    expect([exitCode, json(JSON.parse(stdout)).at("error.code")]).toEqual([4, "auth.code_rejected"]);
    // The page appears before the code is exchanged, so it must not promise more.
    expect(await heading(page)).toBe("Back to your terminal");
    const seen = await call(sandbox, "GET /sandbox/requests");
    expect(seen.each("requests", "path").filter((path) => path === "/oauth/token")).toHaveLength(2);
  });

  test("answers only one callback, so the result page cannot be reloaded", async () => {
    const sandbox = await sandboxFor(APP);
    const { process, url } = await startLogin(sandbox);
    const page = await openWindow(browser);
    await page.goto(url);
    await logIn(page);
    await press(page, "Allow");
    await process.ended;
    await expect(page.reload()).rejects.toThrow("net::ERR_CONNECTION_REFUSED");
  });

  test("fails on a port that is in use before the browser opens", async () => {
    const sandbox = await sandboxFor(APP);
    const taken = await listen(createServer(), "http");
    const { exitCode, stdout, stderr } = await startGenscope(
      ["login", "--region", sandbox.url, "--client-id", "any", "--port", String(taken.port), "--json"],
      { GENSCOPE_CONFIG_DIR: await tempDir(), GENSCOPE_STORE: "none", BROWSER: "true" },
    ).ended;
    expect([exitCode, json(JSON.parse(stdout)).at("error.code")]).toEqual([2, "usage.port"]);
    expect(stderr).toContain(String(taken.port));
    expect(stderr).not.toMatch(LOGIN_ADDRESS);
  });

  test("ends at the deadline when the login is not completed, and names the redirect URI to register", async () => {
    const sandbox = await sandboxFor(APP);
    const { process, url } = await startLogin(sandbox, ["--timeout", "2s"]);
    const page = await openWindow(browser);
    await page.goto(url);
    await page.close();
    const { exitCode, stderr } = await process.ended;
    expect(exitCode).toBe(4);
    expect(stderr).toContain("no response from the browser within 2 s");
    expect(stderr).toContain("register `http://localhost` exactly as written as an authorized redirect URI");
    expect(stderr).toContain("Admin > Integrations > OAuth");
  });

  test("shows the error of an unregistered redirect URI only in the browser", async () => {
    const sandbox = await sandboxFor({ scenario: "redirect-not-registered" });
    const { process, url } = await startLogin(sandbox, ["--timeout", "2s"]);
    const page = await openWindow(browser);
    const response = await page.goto(url);
    expect(response?.status()).toBe(400);
    expect(await heading(page)).toBe("OAuth client ID or redirect URI is invalid");
    expect(page.url()).toBe(url);
    const { exitCode, stderr } = await process.ended;
    expect(exitCode).toBe(4);
    expect(stderr).toContain("register `http://localhost` exactly as written as an authorized redirect URI");
  });

  test("completes a login on another machine with the pasted final address", async () => {
    const sandbox = await sandboxFor(APP);
    const { process, url, redirectUri } = await startLogin(sandbox, ["--no-browser"]);
    // This browser can't resolve `localhost`, as if it ran on another machine, which can't reach the listener.
    const elsewhere = await launchChromium("--host-resolver-rules=MAP localhost ~NOTFOUND");
    try {
      const page = await openWindow(elsewhere);
      await page.goto(url);
      await logIn(page);
      const failed = page.waitForEvent("requestfailed", (request) => request.url().startsWith(redirectUri));
      await press(page, "Allow");
      const address = (await failed).url();
      process.type(`${redirectUri}/?code=forged&state=forged\n`);
      await process.says(/belongs to another login/);
      process.type(`${address}\n`);
      const { exitCode, stdout } = await process.ended;
      expect(exitCode).toBe(0);
      expect(stdout).toContain("Reporting analyst");
    } finally {
      await elsewhere.close();
    }
  });
});
