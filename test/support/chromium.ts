import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";

const EXECUTABLE = "/usr/bin/chromium";

/** Whether tests with a real browser can run on this machine. */
export const hasChromium = existsSync(EXECUTABLE);

/** Starts the system's browser; it talks to nobody but the pages that a test opens. */
export async function launchChromium(...more: readonly string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
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
      ...more,
    ],
  });
}

/** A window of a fresh profile, closed with the test. */
export async function openWindow(browser: Browser): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 900, height: 600 } });
  onTestFinished(() => context.close());
  return context.newPage();
}
