import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";

/** The `.gitignore` files that hold for a directory, the nearest first, as git reads them. */
export interface IgnoreRules {
  /** Whether the entry of this directory is left out by any of them. */
  isIgnored(path: string, isDirectory: boolean): boolean;
  /** The rules within a directory below, with its own `.gitignore` before them. */
  within(directory: string): IgnoreRules;
}

interface Level {
  readonly directory: string;
  readonly rules: Ignore;
}

/**
 * The rules for an absolute directory: its own `.gitignore` and those above it up to the root of its git
 * repository; outside of one, only its own.
 */
export function readIgnoreRules(directory: string): IgnoreRules {
  const levels = directoriesUpToRepository(directory).flatMap((level) => readLevel(level));
  return rulesOf(levels);
}

/** `levels`: the nearest first; what it decides, those above do not overrule (gitignore(5)). */
function rulesOf(levels: readonly Level[]): IgnoreRules {
  return {
    isIgnored: (path, isDirectory) => {
      for (const { directory, rules } of levels) {
        const name = relative(directory, path).split(sep).join("/");
        const { ignored, unignored } = rules.test(isDirectory ? `${name}/` : name);
        if (ignored || unignored) return ignored;
      }
      return false;
    },
    within: (directory) => {
      const own = readLevel(directory);
      return own.length === 0 ? rulesOf(levels) : rulesOf([...own, ...levels]);
    },
  };
}

/** A file that can't be read hides nothing: scanning too much is better than missing a call. */
function readLevel(directory: string): readonly Level[] {
  const files = [join(directory, ".gitignore"), join(directory, ".git", "info", "exclude")];
  const texts = files.flatMap((file) => {
    try {
      // Reading a named pipe of this name would wait for a writer.
      return statSync(file).isFile() ? [readFileSync(file, "utf8")] : [];
    } catch {
      return [];
    }
  });
  return texts.length === 0 ? [] : [{ directory, rules: ignore().add(texts.toReversed().join("\n")) }];
}

function directoriesUpToRepository(directory: string): readonly string[] {
  const found: string[] = [];
  for (let at = directory; ; at = dirname(at)) {
    found.push(at);
    if (existsSync(join(at, ".git"))) return found;
    if (dirname(at) === at) return [directory];
  }
}
