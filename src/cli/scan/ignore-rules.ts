import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";

/** The `.gitignore` files that apply to a directory, nearest first, as git reads them. */
export interface IgnoreRules {
  /** Returns whether any of the files excludes an entry of the directory. */
  isIgnored(path: string, isDirectory: boolean): boolean;
  /** Returns the rules for a subdirectory, with its own `.gitignore` first. */
  within(directory: string): IgnoreRules;
}

interface DirectoryRules {
  readonly directory: string;
  readonly rules: Ignore;
}

/**
 * Returns the rules for an absolute directory: its own `.gitignore` and those of its parents up to the root of
 * its git repository. Outside a repository, only its own applies.
 */
export function readIgnoreRules(directory: string): IgnoreRules {
  const levels = directoriesUpToRepository(directory).flatMap((level) => readLevel(level));
  return rulesOf(levels);
}

/** Combines `levels`, nearest first. The file of a parent directory never overrules a nearer file (gitignore(5)). */
function rulesOf(levels: readonly DirectoryRules[]): IgnoreRules {
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

/** Maximum size of an ignore file; a larger one is skipped. */
const LARGEST_FILE_BYTES = 1024 * 1024;

/**
 * Reads one ignore file. An unreadable or oversized file hides nothing, because scanning too much is better
 * than missing a call.
 */
function readLevel(directory: string): readonly DirectoryRules[] {
  const files = [join(directory, ".gitignore"), join(directory, ".git", "info", "exclude")];
  const texts = files.flatMap((file) => {
    try {
      // Reading a named pipe of this name would wait for a writer.
      const facts = statSync(file);
      return facts.isFile() && facts.size <= LARGEST_FILE_BYTES ? [readFileSync(file, "utf8")] : [];
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
