import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";

const EXECUTABLE = "/usr/bin/chromium";
const POLL_INTERVAL_MS = 50;
const MAX_ATTEMPTS = 4_800;
/** Time limit for connecting to the browser and for each action in it. Only a page that hangs exceeds it. */
const PATIENCE_MS = 240_000;

/** Reports whether tests with a real browser can run on this machine. */
export const hasChromium = existsSync(EXECUTABLE);

const ARGUMENTS = [
  "--headless",
  // Chromium's sandbox can't start in most containers. All pages are local.
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
] as const;

/** Command for `BROWSER` that starts Chromium without a visible window. */
export const CHROMIUM_COMMAND: readonly string[] = [EXECUTABLE, ...ARGUMENTS];

/** Starts the system's browser, which connects only to the pages that a test opens. */
export async function launchChromium(...more: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: [...ARGUMENTS, ...more], timeout: PATIENCE_MS });
}

/**
 * Connects to a browser that another program starts, as soon as the browser accepts connections.
 * @param profile its `--user-data-dir`; the browser must be started with `--remote-debugging-port=0`
 */
export async function connectToChromium(profile: string): Promise<Browser> {
  for (let attempt = 1; ; attempt += 1) {
    const text = await readFile(join(profile, "DevToolsActivePort"), "utf8").catch(() => "");
    const [port = ""] = text.split("\n");
    if (port !== "") return await connectPatiently(`http://127.0.0.1:${port}`);
    if (attempt === MAX_ATTEMPTS) throw new Error("the browser does not listen");
    await delay(POLL_INTERVAL_MS);
  }
}

/** Ends a browser that another program started. Merely closing the connection would leave it running. */
export async function endBrowser(browser: Browser): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    browser.once("disconnected", () => resolve());
  });
  const session = await browser.newBrowserCDPSession();
  await session.send("Browser.close");
  await ended;
}

async function connectPatiently(address: string): Promise<Browser> {
  const browser = await chromium.connectOverCDP(address, { timeout: PATIENCE_MS });
  for (const context of browser.contexts()) context.setDefaultTimeout(PATIENCE_MS);
  return browser;
}

/** Opens a window with a fresh profile and closes it after the test. */
export async function openWindow(browser: Browser): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 900, height: 600 } });
  context.setDefaultTimeout(PATIENCE_MS);
  onTestFinished(() => context.close());
  return context.newPage();
}
