import type { ScanFinding } from "./judge/finding.ts";
import { type ScanTextOptions, scanText } from "./scan-text.ts";
import { readNotebook } from "./text/notebook.ts";
import { SourceText } from "./text/source-text.ts";

/** Lines that together occur only in a genscope policy. */
const POLICY_LINES = [/^version: *1 *$/m, /^services: *$/m, /^ +(?:operations|permissions): *$/m];

/**
 * Finds the calls that a file makes to the platform API. In a notebook, it reads the code cells without their outputs,
 * and locates each finding in the document. Skips genscope policies, because a policy may list calls that the code no
 * longer makes.
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

/** Returns the parts of a file that contain code: those of a notebook by language, or the file itself. */
export function sourcesOf(file: string, text: string): readonly SourceText[] {
  const parts = file.toLowerCase().endsWith(".ipynb") ? readNotebook(text) : null;
  if (parts === null) return [new SourceText(file, text)];
  return parts.map(({ extension, text: code }) => new SourceText(`${file}.${extension}`, code));
}

/** Returns whether a file is a genscope policy, whatever its name. */
function isPolicy(file: string, text: string): boolean {
  return /\.ya?ml$/i.test(file) && POLICY_LINES.every((line) => line.test(text));
}
