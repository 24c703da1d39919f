import { isAbsolute, relative, resolve, sep } from "node:path";
import type { ReportLocation } from "./report.ts";

/**
 * Returns a location relative to the root of the source, where a build server looks for the file, regardless of
 * the working directory.
 * @param directory directory to which `location.file` is relative
 * @param root the checked-out source: `GITHUB_WORKSPACE`, or the working directory
 */
export function locateInSource(
  location: ReportLocation,
  { directory, root }: { readonly directory: string; readonly root: string },
): ReportLocation {
  const path = resolve(directory, location.file);
  const inside = relative(root, path);
  const isOutside = inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return { file: (isOutside ? path : inside).replaceAll("\\", "/"), line: location.line };
}
