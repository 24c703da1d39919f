import { isTestPath } from "../../catalogue/scan/text/test-file.ts";

/**
 * Returns whether a scanned file is a test, judging by the directories below the scanned path and by its name. A file
 * that was named explicitly never counts as a test, because the user asked for it.
 * @param scanned the paths as the user gave them
 */
export function isTestFile(file: string, scanned: readonly string[]): boolean {
  const roots = scanned.map((path) => path.replaceAll("\\", "/").replace(/^(?:\.\/)+|\/+$/g, ""));
  if (roots.includes(file)) return false;
  const [root] = roots
    .filter((path) => path !== "" && file.startsWith(`${path}/`))
    .toSorted((a, b) => b.length - a.length);
  const inner = root === undefined ? file : file.slice(root.length + 1);
  return isTestPath(inner);
}
