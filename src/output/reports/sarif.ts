import { createHash } from "node:crypto";
import { oneLine } from "../../core/text.ts";
import {
  explainFailure,
  explainResult,
  type Level,
  levelOfVerdict,
  type Report,
  type ReportLocation,
  worstFirst,
} from "./report.ts";
import { sourceUri } from "./source-uri.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

const LONGEST_LINE = 2_000;

interface Issue {
  readonly rule: string;
  readonly level: Level;
  readonly title: string;
  readonly lines: readonly string[];
  readonly location: ReportLocation | null;
}

/**
 * Renders SARIF 2.1.0 for code scanning, with one rule per refusing layer and per kind of finding. Allowed checks are
 * omitted, because a scanner closes alerts that are no longer reported. A check without a file has only a logical
 * location. A check that could not run has no results, only a notification with the reason.
 */
export function renderSarif(report: Report): string {
  const issues = issuesOf(report);
  const rules = [...new Set(issues.map(({ rule }) => rule))].toSorted();
  const fingerprints = new Fingerprints();
  const run = {
    tool: {
      driver: {
        name: "genscope",
        version: report.toolVersion,
        rules: rules.map((rule) => ({ id: rule, ...describeRule(rule, report.layers) })),
      },
    },
    originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the checked source" } } },
    columnKind: "utf16CodeUnits",
    invocations: [
      {
        executionSuccessful: report.failure === null,
        endTimeUtc: new Date(report.generatedAtMs).toISOString(),
        toolExecutionNotifications: notificationsOf(report),
      },
    ],
    results: issues.map((issue) => ({
      ruleId: issue.rule,
      ruleIndex: rules.indexOf(issue.rule),
      level: issue.level,
      message: { text: [issue.title, ...issue.lines].map(plainMessage).join("\n") },
      locations: [locationOf(issue)],
      partialFingerprints: { "genscopeCheck/v1": fingerprints.next(issue) },
    })),
    properties: { subject: oneLine(report.subject) },
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function notificationsOf({ warnings, failure }: Report): readonly object[] {
  const reason =
    failure === null
      ? []
      : [
          {
            level: "error",
            descriptor: { id: failure.code },
            message: {
              text: [failure.message, ...explainFailure(failure)].map(plainMessage).join("\n"),
            },
          },
        ];
  const doubts = warnings.map((warning) => ({ level: "warning", message: { text: plainMessage(warning) } }));
  return [...reason, ...doubts];
}

/** Returns the SARIF rule for a layer, or for a kind of finding such as `no-such-path`. */
function describeRule(rule: string, layers: Report["layers"]): object {
  const { title = rule.replaceAll("-", " "), help = "The message contains the fix." } = layers[rule] ?? {};
  return { shortDescription: { text: title }, help: { text: help } };
}

function issuesOf({ results, findings }: Report): readonly Issue[] {
  return [
    ...worstFirst(results).flatMap((result) => {
      const level = levelOfVerdict(result.verdict);
      if (level === null) return [];
      const { verdict, name, layer, location } = result;
      return [{ rule: layer, level, title: `${name}: ${verdict}`, lines: explainResult(result), location }];
    }),
    ...findings.map(({ kind, level, message, location }) => ({
      rule: kind,
      level,
      title: message,
      lines: [],
      location,
    })),
  ];
}

/**
 * Escapes a line of a message. Brackets before a parenthesis would form a link (SARIF 3.11.6), and a name must not be
 * able to add one.
 */
function plainMessage(line: string): string {
  return oneLine(line, LONGEST_LINE).replaceAll("](", "] (");
}

function locationOf({ title, location }: Issue): object {
  const logicalLocations = [{ fullyQualifiedName: oneLine(title), kind: "resource" }];
  if (location === null) return { logicalLocations };
  return {
    physicalLocation: {
      artifactLocation: sourceUri(location.file),
      region: { startLine: location.line },
    },
    logicalLocations,
  };
}

/**
 * Creates fingerprints that are stable between runs. Each is derived from the rule, title and file, but not from the
 * line, which moves. Duplicates are numbered.
 */
class Fingerprints {
  readonly #seen = new Map<string, number>();

  next({ rule, title, location }: Issue): string {
    const hash = createHash("sha256")
      .update(JSON.stringify([rule, title, location?.file ?? null]))
      .digest("hex")
      .slice(0, 32);
    const count = (this.#seen.get(hash) ?? 0) + 1;
    this.#seen.set(hash, count);
    return `${hash}:${count}`;
  }
}
