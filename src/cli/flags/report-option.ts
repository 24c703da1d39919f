import { UsageError } from "../../core/errors.ts";
import { isInWorkflow } from "../../output/workflow-commands.ts";
import { outputFile } from "./output-file.ts";

const FILE_KINDS = ["junit", "sarif", "markdown", "html"] as const;

/** One requested report. */
export type ReportOption =
  | { readonly kind: (typeof FILE_KINDS)[number]; readonly file: string }
  /** Annotations in the log of a GitHub workflow. */
  | { readonly kind: "github"; readonly file: null };

/** The possible beginnings of a value for `--report`, for shell completion. */
export const REPORT_KINDS: readonly string[] = [...FILE_KINDS.map((kind) => `${kind}=`), "github"];

/** Beginning of the flag when its value is in the same word. */
const FLAG = "--report=";

const KINDS = "`junit=FILE`, `sarif=FILE`, `markdown=FILE`, `html=FILE`, `github`";

/**
 * Parses one `--report`.
 * @throws UsageError `usage.report` for an unknown kind, a missing file, or a file for a kind without one; `usage.flag`
 *   for standard output
 */
export function parseReportOption(text: string): ReportOption {
  const [, word = "", file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const kind = word.trim().toLowerCase();
  if (kind === "github") {
    if (file === undefined) return { kind, file: null };
    throw refuse(`\`--report github\` takes no file, but \`${file}\` was given`, "--report github");
  }
  const known = FILE_KINDS.find((candidate) => candidate === kind);
  if (known === undefined) throw refuse(`\`${word}\` is not a kind of report`, "--report junit=report.xml");
  if (file === undefined || file === "") {
    throw refuse(`\`--report ${known}\` needs a file`, `--report ${known}=FILE`);
  }
  return { kind: known, file: outputFile(`--report ${known}`)(file) };
}

/**
 * Collects all reports of one run. Inside GitHub Actions, annotations are on by default.
 * @throws UsageError `usage.report` for an invalid value, and when two reports name the same file
 */
export function collectReportOptions(
  texts: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): readonly ReportOption[] {
  const options = texts.map(parseReportOption);
  const files = options.flatMap(({ file }) => file ?? []);
  const repeated = files.find((file, index) => files.indexOf(file) !== index);
  if (repeated !== undefined) {
    throw refuse(
      `two reports are written to the same file \`${repeated}\``,
      "--report junit=a.xml --report sarif=b.sarif",
    );
  }
  const others = options.filter(({ kind }) => kind !== "github");
  const isAnnotated = others.length < options.length || isInWorkflow(env);
  return isAnnotated ? [...others, { kind: "github", file: null }] : others;
}

/**
 * Returns the reports that a command line requests, even if the line is invalid. Skips invalid values, and keeps only
 * the first report to each file.
 * @param words the words of the command line, each value attached to its flag
 */
export function findReportOptions(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): readonly ReportOption[] {
  const end = words.indexOf("--");
  const texts = (end === -1 ? words : words.slice(0, end)).flatMap((word) =>
    word.startsWith(FLAG) ? [word.slice(FLAG.length)] : [],
  );
  const files = new Set<string>();
  const readable = texts.filter((text) => {
    try {
      const { file } = parseReportOption(text);
      return file === null || (!files.has(file) && files.add(file));
    } catch {
      return false;
    }
  });
  return collectReportOptions(readable, env);
}

function refuse(message: string, example: string): UsageError {
  return new UsageError("usage.report", message, { hint: `use one of ${KINDS}: ${example}` });
}
