import { kindOfFile } from "../../catalogue/scan/text/language.ts";
import { UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import type { SourceFile } from "./source-files.ts";

/** Records which files a scan reads below each path that the user gave. */
export interface Coverage {
  /** Counts a text file. `isNamed` means that it mentions the platform in any way, in any language. */
  add(file: SourceFile, isNamed: boolean): void;
  /**
   * Throws for a path below which there is no file to scan, because a check without findings would look successful.
   * @throws UsageError `usage.scan_empty`
   */
  assertRead(paths: readonly string[]): void;
  /**
   * Throws for a path without source code in a language that the scan reads, even if a file there mentions the
   * platform. Call this only for paths where the scan found nothing but comments.
   * @throws UsageError `usage.scan_empty`
   */
  assertUnderstood(paths: readonly string[]): void;
}

type Covered = ReturnType<typeof kindOfFile> | "named";

export function createCoverage(): Coverage {
  const kinds = new Map<string, Set<Covered>>();
  return {
    add({ name, given }, isNamed) {
      const known = kinds.get(given) ?? new Set();
      kinds.set(given, known.add(kindOfFile(name)));
      if (isNamed) known.add("named");
    },
    assertRead(paths) {
      for (const path of paths) {
        const known = kinds.get(path);
        if (known?.has("named") !== true && !isUnderstood(known)) throw nothingToRead(path, known);
      }
    },
    assertUnderstood(paths) {
      for (const path of paths) {
        const known = kinds.get(path);
        if (!isUnderstood(known)) throw nothingToRead(path, known);
      }
    },
  };
}

function isUnderstood(known: ReadonlySet<Covered> | undefined): boolean {
  return known?.has("code") === true || (known?.has("data") === true && !known.has("other"));
}

function nothingToRead(path: string, known: ReadonlySet<Covered> | undefined): UsageError {
  const shown = `\`${oneLine(path)}\``;
  return new UsageError(
    "usage.scan_empty",
    known?.has("other") === true
      ? `${shown} contains no source code in a language that the scan reads`
      : `${shown} contains no source code`,
    { hint: "specify a directory with source code: genscope check-scopes --scan src" },
  );
}
