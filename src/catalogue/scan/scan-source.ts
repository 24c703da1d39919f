import type { ScanFinding } from "./judge/finding.ts";
import { type ScanTextOptions, scanText } from "./scan-text.ts";
import { readNotebook } from "./text/notebook.ts";
import { SourceText } from "./text/source-text.ts";

/**
 * Finds the calls that a file makes to the platform API. In a notebook, it reads the code cells without their
 * outputs, and locates each finding in the document.
 */
export function scanSource(text: string, options: ScanTextOptions): readonly ScanFinding[] {
  const { file } = options;
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
