import type { ScanFinding } from "./judge/finding.ts";
import { type ScanTextOptions, scanText } from "./scan-text.ts";
import { readNotebook } from "./text/notebook.ts";
import { SourceText } from "./text/source-text.ts";

/** Lines that each policy of genscope has, and that other files do not have together. */
const POLICY_LINES = [/^version: *1 *$/m, /^services: *$/m, /^ +(?:operations|permissions): *$/m];

/**
 * Finds the calls that a file makes to the platform API. In a notebook, it reads the code cells without their
 * outputs, and locates each finding in the document. A policy lists calls and makes none, so a call that the code
 * no longer makes is not kept alive by it.
 */
export function scanSource(text: string, options: ScanTextOptions): readonly ScanFinding[] {
  const { file } = options;
  if (isPolicy(file, text)) return [];
  const parts = file.toLowerCase().endsWith(".ipynb") ? readNotebook(text) : null;
  if (parts === null) return scanText(text, options);
  const document = new SourceText(file, text);
  return parts
    .flatMap(({ extension, text: code, lines }) =>
      scanText(code, { ...options, file: `${file}.${extension}` }).map((finding) => {
        const place = document.placeOf(lines[finding.line - 1] ?? 0);
        return { ...finding, file, line: place.line, column: place.column + finding.column - 1 };
      }),
    )
    .toSorted((left, right) => left.line - right.line || left.column - right.column);
}

/** Returns whether a file is a policy of genscope, under any name. */
function isPolicy(file: string, text: string): boolean {
  return /\.ya?ml$/i.test(file) && POLICY_LINES.every((line) => line.test(text));
}
