import { grouped, plural } from "../../core/text.ts";
import type { ErrorFacts } from "../error-facts.ts";

/** The checks and their results, in the form that every report format shows. */
export interface Report {
  /** The command that created the report; `check-scopes` when absent. */
  readonly command?: string;
  /** The wording for results that are not checks; the wording for checks when absent. */
  readonly words?: ReportWords;
  readonly toolVersion: string;
  /** Time of the check in milliseconds since the Unix epoch. */
  readonly generatedAtMs: number;
  /** One-line description of the token's owner; `unknown` when nothing was checked. */
  readonly subject: string;
  /** The checked identity, the host and the data, for the head of a page. */
  readonly facts: readonly ReportFact[];
  /** The meaning of each layer that can refuse, keyed by the `layer` of a result. */
  readonly layers: Readonly<Record<string, ReportLayer>>;
  readonly results: readonly ReportResult[];
  /** Changes that help several checks, smallest first. */
  readonly sharedRemedies: readonly SharedReportRemedy[];
  /** The message that asks the administrator for the smallest change; null when it was not composed. */
  readonly message: { readonly subject: string; readonly text: string } | null;
  /** Findings in the checked files themselves: paths that do not exist, excess permissions. */
  readonly findings: readonly ReportFinding[];
  /**
   * Limitations of the report as a whole, as sentences, such as an old catalog. They never fail the check.
   */
  readonly warnings: readonly string[];
  /** The failure that prevented the check; null when the check ran. */
  readonly failure: ErrorFacts | null;
}

/** The wording with which a report describes its results. */
export interface ReportWords {
  readonly brand: string;
  /** The outcome of the whole report. It begins with a symbol such as `✘`. */
  readonly title: string;
  /** The heading above the results, and the noun for one of them. */
  readonly heading: string;
  readonly noun: string;
  /** Examples of what the search finds. */
  readonly searched: string;
  readonly verdicts: Readonly<Record<ReportVerdict, string>>;
}

/** One fact about a run: its name, its value, and a detail that makes the value exact, such as an id. */
export interface ReportFact {
  readonly name: string;
  readonly value: string;
  readonly detail: string | null;
}

/** A layer with an explanation for the reader of the report. */
export interface ReportLayer {
  readonly title: string;
  readonly help: string;
}

export type ReportVerdict = "allowed" | "denied" | "conditional" | "unknown";

/** One checked item and its verdict. */
export interface ReportResult {
  /** The operation or the permission. */
  readonly name: string;
  readonly verdict: ReportVerdict;
  /** The layer that decides; `none` when no layer refuses. */
  readonly layer: string;
  /** What the token lacks, one line per kind; empty when nothing is missing. */
  readonly missing: readonly string[];
  /** The evidence, one line per fact. */
  readonly summary: readonly string[];
  /** The source of the requirement with its date; null when it has no date. */
  readonly source: string | null;
  /** Remedies, smallest first. */
  readonly remedies: readonly ReportRemedy[];
  readonly location: ReportLocation | null;
  /** The service in the policy that needs the item; null for a check that no policy lists. */
  readonly service: string | null;
  /** Whether the check affects the exit code. */
  readonly fails: boolean;
}

export interface ReportRemedy {
  readonly text: string;
  readonly menuPath: string | null;
  /** A command to paste. */
  readonly command: string | null;
}

/** One change that helps several checks. */
export interface SharedReportRemedy extends ReportRemedy {
  /** The permissions that a new role holds; empty for any other change. */
  readonly permissions: readonly string[];
  /** Names of the checks that it helps. */
  readonly names: readonly string[];
}

export interface ReportLocation {
  /** The path relative to the root of the source, with forward slashes; absolute for a file outside that root. */
  readonly file: string;
  /** Line number, counted from 1. */
  readonly line: number;
}

export interface ReportFinding {
  /** Stable kind in kebab case: `no-such-path`. */
  readonly kind: string;
  readonly level: Level;
  readonly message: string;
  readonly location: ReportLocation | null;
  readonly fails: boolean;
}

/** Severity in SARIF's terms, which map easily to those of the other formats. */
export type Level = "error" | "warning" | "note";

export const VERDICT_MARKS: Readonly<Record<ReportVerdict, string>> = {
  allowed: "✔",
  denied: "✘",
  conditional: "◐",
  unknown: "?",
};

/** Verdicts, worst first. */
export const VERDICT_ORDER: readonly ReportVerdict[] = ["denied", "unknown", "conditional", "allowed"];

/** Returns the severity of a verdict; null for an allowed one. */
export function levelOfVerdict(verdict: ReportVerdict): Level | null {
  if (verdict === "allowed") return null;
  return verdict === "denied" ? "error" : "warning";
}

/**
 * Sorts the worst results first and keeps the order of the checks otherwise, so that truncation removes the least
 * important results.
 */
export function worstFirst(results: readonly ReportResult[]): readonly ReportResult[] {
  const rank = ({ verdict }: ReportResult) => VERDICT_ORDER.indexOf(verdict);
  return results.toSorted((a, b) => rank(a) - rank(b));
}

/** Returns the outcome of the whole report as a headline. */
export function titleOfReport({ results, findings, failure, words }: Report): string {
  if (failure !== null) return "✘ nothing was checked";
  if (words !== undefined) return words.title;
  const failing = [...results, ...findings].filter(({ fails }) => fails).length;
  if (failing > 0) {
    return `✘ ${grouped(failing)} of ${plural(results.length + findings.length, "check")} failed`;
  }
  const isClean = findings.length === 0 && results.every(({ verdict }) => verdict === "allowed");
  return isClean
    ? `✔ ${plural(results.length, "check")} allowed`
    : `◐ ${plural(results.length, "check")}, none counted as failed`;
}

/** Counts verdicts, worst first: `2 denied, 1 unknown, 4 allowed`. */
export function countVerdicts(results: readonly ReportResult[], words?: ReportWords): string {
  return VERDICT_ORDER.map((verdict) => ({
    verdict,
    count: results.filter((result) => result.verdict === verdict).length,
  }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${words?.verdicts[verdict] ?? verdict}`)
    .join(", ");
}

/** Renders evidence and remedies as lines of plain text, for formats without structure inside a message. */
export function explainResult({ summary, remedies }: ReportResult): readonly string[] {
  return [
    ...summary,
    ...(remedies.length === 0 ? [] : ["fixes, smallest first:"]),
    ...remedies.flatMap(({ text, menuPath, command }, index) => [
      `${index + 1}. ${text}`,
      ...[menuPath, command].flatMap((line) => (line === null ? [] : [`   ${line}`])),
    ]),
  ];
}

/** Renders the hint and the correlation id of a failure as lines of plain text, below its message. */
export function explainFailure({ hint, correlationId }: ErrorFacts): readonly string[] {
  return [
    ...(hint === null ? [] : [`hint: ${hint}`]),
    ...(correlationId === null ? [] : [`correlation id: ${correlationId}`]),
  ];
}
