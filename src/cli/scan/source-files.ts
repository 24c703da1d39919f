import { opendir, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { UsageError } from "../../core/errors.ts";
import { readFailure } from "../../core/files/file-failure.ts";
import { oneLine } from "../../core/text.ts";
import { type IgnoreRules, readIgnoreRules } from "./ignore-rules.ts";
import { isPassedOverDirectory, isPassedOverFile } from "./passed-over.ts";

/** A file to scan. */
export interface SourceFile {
  /** The path as a person would write it: below the given path, with forward slashes. */
  readonly name: string;
  readonly path: string;
  /** The path that the user gave and that leads to the file. */
  readonly given: string;
}

/**
 * Lists the source files under `paths` by name. A given path is read regardless of ignore rules. Below it,
 * the list skips files that `.gitignore` files exclude, vendored and built directories, and symbolic links,
 * which could form a cycle.
 * @throws UsageError `usage.scan_path` for a path that does not exist or can't be read
 */
export async function* findSourceFiles(paths: readonly string[]): AsyncGenerator<SourceFile> {
  for (const given of paths) {
    const path = resolve(given);
    if (await isDirectory(given, path)) {
      const name = given.replaceAll("\\", "/").replace(/^(?:\.\/)+|(?<!\/)\/+$/g, "");
      yield* walk(path, name === "." ? "" : name, readIgnoreRules(path), given);
    } else {
      yield { name: given.replaceAll("\\", "/"), path, given };
    }
  }
}

/** Returns whether the list of files below `paths` includes this directory, unless an ignore rule excludes it. */
export function isWithin(paths: readonly string[], directory: string): boolean {
  return paths.some((path) => {
    const below = relative(resolve(path), resolve(directory));
    const segments = below.split(sep);
    return !isAbsolute(below) && segments[0] !== ".." && !segments.some(isPassedOverDirectory);
  });
}

async function isDirectory(given: string, path: string): Promise<boolean> {
  try {
    const status = await stat(path);
    if (status.isDirectory() || status.isFile()) return status.isDirectory();
  } catch (cause) {
    throw unreadable(given, cause);
  }
  throw new UsageError("usage.scan_path", `\`${oneLine(given)}\` is a pipe, a device or a socket`, {
    hint: "specify a file or directory: genscope check-scopes --scan src",
  });
}

async function* walk(
  directory: string,
  name: string,
  rules: IgnoreRules,
  given: string,
): AsyncGenerator<SourceFile> {
  const below: { readonly name: string; readonly path: string }[] = [];
  for (const entry of await entriesOf(directory, name)) {
    const path = join(directory, entry.name);
    const entryName = name === "" ? entry.name : `${name}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!isPassedOverDirectory(entry.name) && !rules.isIgnored(path, true)) {
        below.push({ name: entryName, path });
      }
    } else if (entry.isFile() && !isPassedOverFile(entry.name) && !rules.isIgnored(path, false)) {
      yield { name: entryName, path, given };
    }
  }
  for (const child of below) yield* walk(child.path, child.name, rules.within(child.path), given);
}

/**
 * Lists entries by name, so that two scans of a tree agree.
 * @throws UsageError for a directory that can't be read, because its calls would be missed
 */
async function entriesOf(directory: string, name: string) {
  try {
    const entries = [];
    for await (const entry of await opendir(directory)) entries.push(entry);
    return entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (cause) {
    throw unreadable(name === "" ? "." : name, cause);
  }
}

function unreadable(name: string, cause: unknown): UsageError {
  const { message, ...options } = readFailure(oneLine(name), cause, {
    alternative: "name another one: genscope check-scopes --scan src",
  });
  return new UsageError("usage.scan_path", message, options);
}
