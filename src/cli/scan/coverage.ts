import { kindOfFile } from "../../catalogue/scan/text/language.ts";
import { UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import type { SourceFile } from "./source-files.ts";

/** Records what a scan reads below each path that the user gave. */
export interface Coverage {
  /** Counts a text file. `isNamed` means that it mentions the platform in any way, in any language. */
  add(file: SourceFile, isNamed: boolean): void;
  /**
   * Throws for a path without any file to read, because a check without findings would look successful.
   * @throws UsageError `usage.scan_empty`
   */
  assertRead(paths: readonly string[]): void;
}

export function createCoverage(): Coverage {
  const kinds = new Map<string, Set<"code" | "data" | "other">>();
  return {
    add({ name, given }, isNamed) {
      const known = kinds.get(given) ?? new Set();
      kinds.set(given, known.add(isNamed ? "code" : kindOfFile(name)));
    },
    assertRead(paths) {
      for (const path of paths) {
        const known = kinds.get(path);
        if (known?.has("code") === true || (known?.has("data") === true && !known.has("other"))) continue;
        const shown = `\`${oneLine(path)}\``;
        throw new UsageError(
          "usage.scan_empty",
          known?.has("other") === true
            ? `${shown} contains no source code in a language that the scan reads`
            : `${shown} contains no source code`,
          { hint: "specify a directory with source code: genscope check-scopes --scan src" },
        );
      }
    },
  };
}
