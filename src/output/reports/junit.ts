import { oneLine } from "../../core/text.ts";
import {
  countVerdicts,
  explainFailure,
  explainResult,
  type Report,
  type ReportLocation,
  type ReportResult,
  VERDICT_MARKS,
} from "./report.ts";
import { escapeXml } from "./xml.ts";

const USUAL_COMMAND = "check-scopes";

interface TestCase {
  readonly name: string;
  /** The `failure` or `error` element of a test case; null when it passed. */
  readonly trouble: {
    readonly element: "failure" | "error";
    readonly type: string;
    readonly message: string;
  } | null;
  readonly text: string;
}

/**
 * Renders JUnit XML that satisfies both schemas in use, Ant's and Jenkins'. A denied check is a failure. An undecided
 * check is an error, because the test itself did not finish. A check that does not affect the exit code passes here
 * too, so that the build server and the exit code agree. The suite's output still reports it. Nothing is `skipped`,
 * which Ant's schema does not define. A check that could not run is one case with an error.
 */
export function renderJunit(report: Report): string {
  const cases = casesOf(report);
  const { command = USUAL_COMMAND } = report;
  const count = (element: "failure" | "error") =>
    cases.filter(({ trouble }) => trouble?.element === element).length;
  const timestamp = new Date(report.generatedAtMs).toISOString().slice(0, "2026-10-01T00:00:00".length);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    `  <testsuite id="0" package="genscope" name="${command}" timestamp="${timestamp}" hostname="localhost" tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" time="0">`,
    "    <properties>",
    `      <property name="genscope.version" value="${escapeXml(report.toolVersion)}"/>`,
    `      <property name="genscope.subject" value="${escapeXml(oneLine(report.subject))}"/>`,
    "    </properties>",
    ...cases.map((each) => renderCase(each, command)),
    `    <system-out>${escapeXml(describeSuite(report))}</system-out>`,
    "    <system-err></system-err>",
    "  </testsuite>",
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
}

function casesOf({ results, findings, failure }: Report): readonly TestCase[] {
  if (failure !== null) {
    const { code, message } = failure;
    const trouble = { element: "error" as const, type: code, message };
    return [{ name: "the check runs", trouble, text: [message, ...explainFailure(failure)].join("\n") }];
  }
  const names = new Map<string, number>();
  for (const { name } of results) names.set(name, (names.get(name) ?? 0) + 1);
  return [
    ...results.map((result) => ({
      // A build server's history would merge two tests with the same name.
      name: `${result.name}${(names.get(result.name) ?? 0) > 1 ? at(result.location) : ""}`,
      trouble: troubleOf(result),
      text: [...explainResult(result), ...(result.location === null ? [] : [place(result.location)])].join(
        "\n",
      ),
    })),
    ...findings
      .filter(({ fails }) => fails)
      .map(({ kind, message, location }) => ({
        name: `${message}${at(location)}`,
        trouble: { element: "failure" as const, type: kind, message },
        text: location === null ? message : place(location),
      })),
  ];
}

function troubleOf({ verdict, layer, fails, summary, remedies }: ReportResult): TestCase["trouble"] {
  if (verdict === "allowed" || !fails) return null;
  return {
    element: verdict === "denied" ? "failure" : "error",
    type: layer,
    message: [`${verdict} (${layer})`, remedies[0]?.text ?? summary.at(-1) ?? []].flat().join(": "),
  };
}

function renderCase({ name, trouble, text }: TestCase, command: string): string {
  const open = `    <testcase classname="genscope.${command}" name="${escapeXml(oneLine(name))}" time="0"`;
  if (trouble === null) return `${open}/>`;
  const { element, type, message } = trouble;
  return [
    `${open}>`,
    `      <${element} type="${escapeXml(type)}" message="${escapeXml(oneLine(message))}">${escapeXml(text)}</${element}>`,
    "    </testcase>",
  ].join("\n");
}

function describeSuite({ subject, results, findings, warnings, failure }: Report): string {
  if (failure !== null) return `nothing was checked: ${oneLine(failure.message)}`;
  const tolerated = results.filter(({ verdict, fails }) => verdict !== "allowed" && !fails);
  return [
    `as ${oneLine(subject)}: ${countVerdicts(results)}`,
    ...tolerated.flatMap((result) => [
      `${VERDICT_MARKS[result.verdict]} ${result.verdict} ${oneLine(result.name)} (${result.layer})`,
      ...explainResult(result).map((line) => `  ${line}`),
    ]),
    ...findings
      .filter(({ fails }) => !fails)
      .map(({ level, message, location }) => `${level}: ${oneLine(message)}${at(location)}`),
    ...warnings.map((warning) => `warning: ${oneLine(warning)}`),
  ].join("\n");
}

function at(location: ReportLocation | null): string {
  return location === null ? "" : ` (${place(location)})`;
}

function place({ file, line }: ReportLocation): string {
  return `${file}:${line}`;
}
