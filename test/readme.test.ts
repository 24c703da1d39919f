import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { drawVerdict } from "../.build/draw-verdict.ts";

const ROOT = resolve(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const lines = read("README.md").split("\n");
const FIRST_SCREEN = 24;
const LONGEST_README = 250;

test("the README has at most 250 lines", () => {
  expect(lines.length - 1).toBeLessThanOrEqual(LONGEST_README);
});

test("the first screen of the README shows two commands and the answer about refresh tokens", () => {
  const screen = lines.slice(0, FIRST_SCREEN).join(" ");
  expect(screen).toContain("npm ci && npm run demo");
  expect(screen).toMatch(/npm ci && npm test\b/);
  expect(screen).toMatch(/switch to PKCE\?\*\* Rarely\./);
  expect(screen).toContain("Client credentials have no refresh token");
});

test("the picture in the README shows what `check-scopes` prints today", async () => {
  expect(await drawVerdict(), "run `npx tsx .build/draw-verdict.ts`").toBe(read(".github/verdict.svg"));
});

test("every link and picture of the README leads to a heading or a file", () => {
  const headings = lines
    .filter((line) => line.startsWith("#"))
    .map((line) => `#${line.replace(/^#+ /, "").toLowerCase().replaceAll(" ", "-")}`);
  const targets = Array.from(read("README.md").matchAll(/\]\(([^)]+)\)/g), ([, target = ""]) => target);
  expect(targets.length).toBeGreaterThan(10);
  for (const target of targets) {
    if (target.startsWith("#")) expect(headings).toContain(target);
    else expect(read(target)).not.toBe("");
  }
});

test("every code block of the README is run by a test", () => {
  const blocks = [...read("README.md").matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  const kinds = blocks.map(([, language, text = ""]) => {
    if (language === "sh") return "lines, which test/e2e/examples.test.ts runs";
    if (text.includes("version: 1\nservices:")) return "the policy, which the examples check";
    if (text.includes("runs-on:")) return "the workflow, which test/e2e/readme-pipelines.test.ts runs";
    return `\`${language}\`, which no test runs`;
  });
  expect(kinds.filter((kind) => kind.includes("no test"))).toEqual([]);
});
