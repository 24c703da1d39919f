/** What was checked and what came of it, as every report format shows it. */
export interface Report {
  readonly toolVersion: string;
  /** Milliseconds since the Unix epoch. */
  readonly generatedAtMs: number;
  /** One line: whose token was checked. */
  readonly subject: string;
  /** What each layer that can refuse means, by the `layer` of a result. */
  readonly layers: Readonly<Record<string, ReportLayer>>;
  readonly results: readonly ReportResult[];
  /** What is wrong with the checked files themselves: paths that do not exist, permissions that are too many. */
  readonly findings: readonly ReportFinding[];
}

/** A layer as a reader of the report needs it explained. */
export interface ReportLayer {
  readonly title: string;
  readonly help: string;
}

export type ReportVerdict = "allowed" | "denied" | "conditional" | "unknown";

/** One question and its answer. */
export interface ReportResult {
  /** The operation or the permission. */
  readonly name: string;
  readonly verdict: ReportVerdict;
  /** The layer that decides; `none` where nothing refuses. */
  readonly layer: string;
  /** The evidence, a line each. */
  readonly summary: readonly string[];
  /** Smallest first. */
  readonly remedies: readonly ReportRemedy[];
  readonly location: ReportLocation | null;
  /** Whether the exit code counts it. */
  readonly fails: boolean;
}

export interface ReportRemedy {
  readonly text: string;
  readonly menuPath: string | null;
  /** Can be pasted. */
  readonly command: string | null;
}

export interface ReportLocation {
  /** Relative to the root of the source, with forward slashes; absolute where the file is outside it. */
  readonly file: string;
  /** The first line is 1. */
  readonly line: number;
}

export interface ReportFinding {
  /** Stable, kebab-case: `no-such-path`. */
  readonly kind: string;
  readonly level: Level;
  readonly message: string;
  readonly location: ReportLocation | null;
  readonly fails: boolean;
}

/** How much something matters: the words of SARIF, and close to those of every other format. */
export type Level = "error" | "warning" | "note";

export const VERDICT_MARKS: Readonly<Record<ReportVerdict, string>> = {
  allowed: "✔",
  denied: "✘",
  conditional: "◐",
  unknown: "?",
};

const VERDICT_ORDER: readonly ReportVerdict[] = ["denied", "unknown", "conditional", "allowed"];

/** How much a verdict matters; null for one that is as it should be. */
export function levelOfVerdict(verdict: ReportVerdict): Level | null {
  if (verdict === "allowed") return null;
  return verdict === "denied" ? "error" : "warning";
}

/** The worst first, else in the order of the question: what is cut off at the end is what matters least. */
export function worstFirst(results: readonly ReportResult[]): readonly ReportResult[] {
  const rank = ({ verdict }: ReportResult) => VERDICT_ORDER.indexOf(verdict);
  return results.toSorted((a, b) => rank(a) - rank(b));
}

/** `2 denied, 1 unknown, 4 allowed`: the verdicts that occur, worst first. */
export function countVerdicts(results: readonly ReportResult[]): string {
  return VERDICT_ORDER.map((verdict) => ({
    verdict,
    count: results.filter((result) => result.verdict === verdict).length,
  }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict}`)
    .join(", ");
}

/** Evidence and remedies as lines of plain text, for formats without any structure inside a message. */
export function explainResult({ summary, remedies }: ReportResult): readonly string[] {
  return [
    ...summary,
    ...(remedies.length === 0 ? [] : ["what helps, smallest first:"]),
    ...remedies.flatMap(({ text, menuPath, command }, index) => [
      `${index + 1}. ${text}`,
      ...[menuPath, command].flatMap((line) => (line === null ? [] : [`   ${line}`])),
    ]),
  ];
}
