import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderHtml } from "../../../src/output/reports/html/page.ts";
import type { Report, ReportVerdict } from "../../../src/output/reports/report.ts";
import { hasChromium, launchChromium, openWindow } from "../../support/chromium.ts";
import { HOSTILE_REPORT, MIXED_REPORT } from "../../support/reports.ts";
import { tempDir } from "../../support/temp-dir.ts";

const ATTACKS = [
  "<script>globalThis.attacked = true</script>",
  '"><img src=x onerror="globalThis.attacked = true">',
  "</style></title></pre><script>globalThis.attacked = true</script>",
  "<svg onload=globalThis.attacked=true><a href=javascript:globalThis.attacked=true>x</a></svg>",
  "' autofocus onfocus=globalThis.attacked=true x='",
  "<meta http-equiv=refresh content=0;url=http://127.0.0.1:1/>",
  "&lt;script&gt;globalThis.attacked = true&lt;/script&gt;",
  "\u202egnp.exe\u2066 <!-- -->",
  "`<iframe srcdoc='<script>parent.attacked=true</script>'>`",
];
const VERDICTS: readonly ReportVerdict[] = ["denied", "unknown", "conditional", "allowed"];

/** Code that hostile text would run if the page let it: an inline script, a style, an image and a request. */
const ATTACK_FROM_INSIDE = `(async () => {
  globalThis.stopped = new Set();
  addEventListener("securitypolicyviolation", (event) => stopped.add(event.effectiveDirective));
  const script = document.createElement("script");
  script.textContent = "globalThis.attacked = true";
  const style = document.createElement("style");
  style.textContent = "body { display: none }";
  const image = document.createElement("img");
  image.src = "http://127.0.0.1:1/x.png";
  document.body.append(script, style, image);
  await fetch("http://127.0.0.1:1/").catch(() => {});
})()`;

/** Code that returns the elements of a page whose text has a contrast below 4.5 (WCAG 2.1, 1.4.3). */
const WEAK_TEXTS = `(() => {
  const colorOf = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [r, g, b] = color.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = colorOf(getComputedStyle(at).backgroundColor);
      if (color[3] !== 0) return color.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll("body *")].filter(
    (element) => element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ""),
  );
  if (texts.length < 20) throw new Error("too few texts");
  const inks = [
    ...texts.map((element) => [element, null]),
    ...[...document.querySelectorAll("[placeholder]")].map((element) => [element, "::placeholder"]),
  ];
  return inks.flatMap(([element, pseudo]) => {
    const ink = luminance(colorOf(getComputedStyle(element, pseudo).color).slice(0, 3));
    const ground = luminance(groundOf(element));
    const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    return contrast < 4.5 ? [element.tagName + " " + element.className + ": " + contrast.toFixed(2)] : [];
  });
})()`;

/** Returns a report in which every text from outside is an attack. */
function attackedReport(count: number): Report {
  const [result] = HOSTILE_REPORT.results;
  if (result === undefined) throw new Error("no result");
  const attack = (index: number) => ATTACKS[index % ATTACKS.length] ?? "";
  return {
    ...HOSTILE_REPORT,
    toolVersion: attack(0),
    facts: ATTACKS.map((text) => ({ name: text, value: text, detail: text })),
    message: { subject: attack(1), text: ATTACKS.join("\n") },
    sharedRemedies: ATTACKS.map((text) => ({
      text,
      menuPath: text,
      command: text,
      permissions: [text, text],
      names: [text],
    })),
    results: Array.from({ length: count }, (_, index) => ({
      ...result,
      name: `${attack(index)} ${index}`,
      verdict: VERDICTS[index % VERDICTS.length] ?? "denied",
      layer: attack(index),
      missing: [attack(index)],
      service: attack(index),
      source: attack(index),
      summary: [attack(index), attack(index + 1)],
      remedies: [{ text: attack(index), menuPath: attack(index), command: attack(index) }],
      location: { file: attack(index), line: 1 },
    })),
    findings: ATTACKS.map((text) => ({
      kind: text,
      level: "error",
      message: text,
      location: { file: text, line: 1 },
      fails: true,
    })),
    warnings: ATTACKS,
  };
}

describe.skipIf(!hasChromium)("in Chromium (/usr/bin/chromium), the HTML report", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  }, 240_000);
  afterAll(async () => await browser?.close());

  /** Opens a report from a file, as a user does. Records incidents that a safe page never causes. */
  async function open(report: Report, width = 900): Promise<{ page: Page; incidents: string[] }> {
    const file = join(await tempDir(), "report.html");
    await writeFile(file, renderHtml(report));
    const page = await openWindow(browser);
    await page.setViewportSize({ width, height: 800 });
    const incidents: string[] = [];
    const { href } = pathToFileURL(file);
    page.on("console", (message) => incidents.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => incidents.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => incidents.push(`dialog: ${dialog.message()}`));
    page.on("request", (request) => {
      if (request.url() !== href) incidents.push(`request: ${request.url()}`);
    });
    await page.goto(href);
    return { page, incidents };
  }

  const shownIn = async (page: Page) => await page.locator(".check:not([hidden])").count();

  test("executes no script of 10,000 hostile checks, and filters and searches them", async () => {
    const { page, incidents } = await open(attackedReport(10_000));
    expect(await shownIn(page)).toBe(10_000);
    await page.getByRole("button", { name: /denied/ }).click();
    expect(await shownIn(page)).toBe(2_500);
    await page.getByRole("searchbox", { name: "Search" }).fill("autofocus 4 9996");
    await expect.poll(() => page.getByRole("status").first().textContent()).toMatch(/^[01] of 10009 shown$/);
    await page.evaluate(
      "for (const one of [...document.querySelectorAll('summary')].slice(0, 50)) one.click()",
    );
    expect(await page.evaluate(() => Reflect.get(globalThis, "attacked"))).toBeUndefined();
    expect(await page.locator("img, svg, iframe, [onload], [onerror], [onfocus]").count()).toBe(0);
    expect(incidents).toEqual([]);
  });

  test("has a policy that stops an inline script, a style, an image and a request", async () => {
    const { page, incidents } = await open(MIXED_REPORT);
    expect(incidents).toEqual([]);
    await page.evaluate(ATTACK_FROM_INSIDE);
    await expect
      .poll(() => page.evaluate("[...stopped].sort()"))
      .toEqual(["connect-src", "img-src", "script-src-elem", "style-src-elem"]);
    expect(await page.evaluate(() => Reflect.get(globalThis, "attacked"))).toBeUndefined();
  });

  test("filters by verdicts with the keyboard, and shows the number of visible checks", async () => {
    const { page } = await open(MIXED_REPORT);
    const status = page.getByRole("status").first();
    expect(await status.textContent()).toBe("4 checks and 2 findings");
    const denied = page.getByRole("button", { name: "denied" });
    const unknown = page.getByRole("button", { name: "unknown" });
    await denied.focus();
    await page.keyboard.press("Space");
    expect(await denied.getAttribute("aria-pressed")).toBe("true");
    expect(await page.getByRole("article").count()).toBe(1);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await unknown.getAttribute("aria-pressed")).toBe("true");
    expect(await page.getByRole("article").count()).toBe(2);
    expect(await status.textContent()).toBe("2 of 6 shown");
    await denied.press("Space");
    await unknown.press("Space");
    expect(await page.getByRole("article").count()).toBe(6);
  });

  test("finds a check by words in its name, evidence or file, ignoring case", async () => {
    const { page } = await open(MIXED_REPORT);
    await page.getByRole("searchbox", { name: "Search" }).fill("CLIENT.PY division");
    await expect.poll(() => page.getByRole("article").count()).toBe(1);
    const article = page.getByRole("article", { name: "GET /api/v2/conversations/{conversationId}" });
    expect(await article.isVisible()).toBe(true);
    await page.getByRole("searchbox").fill("nothing like this");
    await expect.poll(() => page.getByRole("article").count()).toBe(0);
  });

  test("opens the list of shared fixes when a check refers to it", async () => {
    const { page } = await open(MIXED_REPORT);
    const fix = page.getByText(MIXED_REPORT.sharedRemedies[0]?.text ?? "");
    expect(await fix.isVisible()).toBe(true);
    await page.getByText("Fixes for several checks").click();
    expect(await fix.isVisible()).toBe(false);
    await page.getByRole("link", { name: "fix 1" }).first().click();
    await expect.poll(() => fix.isVisible()).toBe(true);
  });

  test("copies the message for the administrator", async () => {
    const { page } = await open(MIXED_REPORT);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page
      .getByText(MIXED_REPORT.message?.subject ?? "")
      .first()
      .click();
    await page.getByRole("button", { name: "Copy message" }).click();
    await expect.poll(() => page.locator("#copied").textContent()).toBe("Copied.");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(MIXED_REPORT.message?.text);
  });

  test("hides its controls in print, and shows the evidence of every check", async () => {
    const { page } = await open(MIXED_REPORT);
    await page.emulateMedia({ media: "print" });
    const isAnyVisible = async (selector: string) => {
      const visible = await page
        .locator(selector)
        .evaluateAll((all) => all.map((one) => one.checkVisibility()));
      return visible.includes(true);
    };
    expect(await isAnyVisible("button, input")).toBe(false);
    const pdf = await page.pdf();
    expect(pdf.byteLength).toBeGreaterThan(10_000);
    // The details of the checks are expanded only on paper.
    expect(await page.locator(".check details[open]").count()).toBe(0);
    expect(await isAnyVisible(".check.allowed details li")).toBe(true);
  });

  test.each(["light", "dark"] as const)(
    "has a contrast of at least 4.5 in %s colors",
    async (colorScheme) => {
      const { page } = await open(MIXED_REPORT);
      await page.emulateMedia({ colorScheme });
      await page.locator("details").evaluateAll((all) => {
        for (const details of all) details.setAttribute("open", "");
      });
      expect(await page.evaluate(WEAK_TEXTS)).toEqual([]);
    },
  );

  test.each([320, 400, 1280])("needs no horizontal scrolling at %s pixels", async (width) => {
    const { page } = await open(attackedReport(20), width);
    const scrollWidth = await page.evaluate("document.documentElement.scrollWidth");
    expect(scrollWidth).toBeLessThanOrEqual(width);
  });

  test("shows everything when its script does not run", async () => {
    const file = join(await tempDir(), "report.html");
    await writeFile(file, renderHtml(MIXED_REPORT));
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    expect(await page.getByRole("article").count()).toBe(6);
    expect(await page.getByRole("searchbox").count()).toBe(0);
    await context.close();
  });
});
