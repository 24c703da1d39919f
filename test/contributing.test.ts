import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");
const text = readFileSync(join(ROOT, ".github/CONTRIBUTING.md"), "utf8");

/** Returns the paths in backquotes, up to a placeholder or wildcard. */
const paths = [...text.matchAll(/`((?:src|test|\.build)\/[\w./<>*-]+)`/g)].map(([, path = ""]) =>
  path.replace(/[^/]*[<*].*$/, ""),
);

test("every path in CONTRIBUTING.md exists", () => {
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
