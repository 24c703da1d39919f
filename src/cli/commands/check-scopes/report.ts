import { LAYERS } from "../../../access/layers.ts";
import {
  exitNamesOf,
  exitNamesOfExcess,
  exitNamesOfFindings,
  type FailOn,
} from "../../../access/verdict/exit-of-verdicts.ts";
import type { Report, ReportFinding } from "../../../output/reports/report.ts";
import { locateInSource } from "../../../output/reports/source-location.ts";
import { type CheckScopesResult, nameOfItem } from "./result.ts";

export interface ReportOptions {
  readonly toolVersion: string;
  readonly generatedAtMs: number;
  readonly failOn: FailOn;
  /** Where the checked files are, and the root that build servers look from. */
  readonly sources: { readonly directory: string; readonly root: string };
}

/** A check as the report formats know it. */
export function toReport(
  { principal, results, excess, findings }: CheckScopesResult,
  { toolVersion, generatedAtMs, failOn, sources }: ReportOptions,
): Report {
  return {
    toolVersion,
    generatedAtMs,
    layers: LAYERS,
    subject: principal?.description ?? "",
    results: results.flatMap((item) => {
      const { verdict, layer, evidence, remedies, location } = item;
      if (verdict === null || layer === null) return [];
      return [
        {
          name: nameOfItem(item),
          verdict,
          layer,
          summary: evidence.map(({ summary }) => summary),
          remedies: remedies.map(({ summary, menuPath, command }) => ({
            text: summary,
            menuPath: menuPath ?? null,
            command: command ?? null,
          })),
          location: location === null ? null : locateInSource(location, sources),
          fails: exitNamesOf([{ verdict, layer }], failOn).length > 0,
        },
      ];
    }),
    findings: [
      ...(excess === null ? [] : findingsOf(excess, failOn)),
      ...codeFindings(findings ?? [], failOn, sources),
    ],
  };
}

/** What is held beyond the need, one finding a role; and one when that can't be told. */
function findingsOf(
  excess: NonNullable<CheckScopesResult["excess"]>,
  failOn: FailOn,
): readonly ReportFinding[] {
  const fails = exitNamesOfExcess(excess, failOn).length > 0;
  if (excess.verdict === "unknown") {
    const message = `what the token holds beyond the need can't be told: ${excess.evidence.map(({ summary }) => summary).join("; ")}`;
    return [{ kind: "excess-unknown", level: "warning", message, location: null, fails }];
  }
  return excess.roles.map(({ role, excess: permissions, needed }) => ({
    kind: needed.length === 0 ? "role-not-needed" : "excess-permissions",
    level: "error",
    message: `role "${role.name ?? role.id}" brings ${permissions.length} permissions beyond the need: ${permissions.slice(0, 10).join(", ")}${permissions.length > 10 ? ", …" : ""}`,
    location: null,
    fails,
  }));
}

/** What is wrong or undecided in scanned code, at its line. */
function codeFindings(
  findings: NonNullable<CheckScopesResult["findings"]>,
  failOn: FailOn,
  sources: ReportOptions["sources"],
): readonly ReportFinding[] {
  return findings
    .filter(({ isMistake, isOpen }) => isMistake || isOpen)
    .map((finding) => ({
      kind: finding.isMistake ? finding.kind : "undecided-call",
      level: finding.isMistake ? "error" : "warning",
      message: finding.message,
      location: locateInSource(finding, sources),
      fails: exitNamesOfFindings([finding], failOn).length > 0,
    }));
}
