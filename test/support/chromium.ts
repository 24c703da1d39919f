import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";

const EXECUTABLE = "/usr/bin/chromium";
const BETWEEN_LOOKS_MS = 50;
const MOST_LOOKS = 4_800;
/** Longer than a busy machine takes: only a page that hangs fails. */
const PATIENCE_MS = 240_000;

/** Whether tests with a real browser can run on this machine. */
export const hasChromium = existsSync(EXECUTABLE);

const ARGUMENTS = [
  "--headless",
  // Its sandbox can't start in most containers; the pages are our own.
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
] as const;

/** The command that starts the browser without a window on a screen, for `BROWSER`. */
export const CHROMIUM_COMMAND: readonly string[] = [EXECUTABLE, ...ARGUMENTS];

/** Starts the system's browser; it talks to nobody but the pages that a test opens. */
export async function launchChromium(...more: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: [...ARGUMENTS, ...more], timeout: PATIENCE_MS });
}

/**
 * Connects to a browser that another program started, as soon as it listens.
 * @param profile of its `--user-data-dir`; it was started with `--remote-debugging-port=0`
 */
export async function connectToChromium(profile: string): Promise<Browser> {
  for (let attempt = 1; ; attempt += 1) {
    const text = await readFile(join(profile, "DevToolsActivePort"), "utf8").catch(() => "");
    const [port = ""] = text.split("\n");
    if (port !== "") return await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    if (attempt === MOST_LOOKS) throw new Error("the browser does not listen");
    await delay(BETWEEN_LOOKS_MS);
  }
}

/** A window of a fresh profile, closed with the test. */
export async function openWindow(browser: Browser): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 900, height: 600 } });
  context.setDefaultTimeout(PATIENCE_MS);
  onTestFinished(() => context.close());
  return context.newPage();
}
