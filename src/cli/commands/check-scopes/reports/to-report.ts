import { LAYERS } from "../../../../access/layers.ts";
import {
  exitNamesOf,
  exitNamesOfExcess,
  exitNamesOfFindings,
  type FailOn,
} from "../../../../access/verdict/exit-of-verdicts.ts";
import type { Remedy } from "../../../../access/verdict/verdict.ts";
import { allOf, anyOf } from "../../../../access/verdict/wording.ts";
import type { Catalogue } from "../../../../catalogue/facts/catalogue.ts";
import { describeOldAge } from "../../../../catalogue/facts/catalogue-age.ts";
import { plural } from "../../../../core/text.ts";
import { factsOfError } from "../../../../output/error-facts.ts";
import type { Report, ReportFinding, ReportRemedy } from "../../../../output/reports/report.ts";
import { locateInSource } from "../../../../output/reports/source-location.ts";
import { describeUnreadable } from "../history/view.ts";
import { type CheckedItem, type CheckScopesResult, nameOfItem, originOfItem } from "../result.ts";
import { factsOf, timeOf } from "./report-facts.ts";

export interface ReportOptions {
  readonly toolVersion: string;
  readonly generatedAtMs: number;
  readonly failOn: FailOn;
  /** The catalog of the check, whose age the report mentions. */
  readonly catalogue: Pick<Catalogue, "origin" | "date">;
  /** The directory of the checked files, and the root from which build servers resolve paths. */
  readonly sources: { readonly directory: string; readonly root: string };
}

/** Converts a check to the model of the report formats. */
export function toReport(
  { principal, results, sharedRemedies, excess, findings, request, history }: CheckScopesResult,
  { toolVersion, generatedAtMs, failOn, catalogue, sources }: ReportOptions,
): Report {
  const age = describeOldAge(catalogue, generatedAtMs);
  return {
    toolVersion,
    generatedAtMs,
    layers: LAYERS,
    subject: principal?.description ?? "",
    facts: factsOf(principal, { generatedAtMs, catalogue }),
    sharedRemedies: sharedRemedies.map(({ permissions, names, ...remedy }) => ({
      ...remedyOf(remedy),
      permissions,
      names,
    })),
    message: request === null ? null : { subject: request.subject, text: request.lines.join("\n") },
    results: results.flatMap((item, index) => {
      const { verdict, layer, evidence, remedies, location, service } = item;
      if (verdict === null || layer === null) return [];
      return [
        {
          name: nameOfItem(item),
          verdict,
          layer,
          missing: missingOf(item),
          // The history has one verdict per result, in the same order.
          summary: [
            ...evidence.map(({ summary }) => summary),
            ...(history?.verdicts[index] === undefined ? [] : [history.verdicts[index].summary]),
          ],
          source: originOfItem(item),
          remedies: remedies.map(remedyOf),
          service,
          location: location === null ? null : locateInSource(location, sources),
          fails: exitNamesOf([{ verdict, layer }], failOn).length > 0,
        },
      ];
    }),
    findings: [
      ...(excess === null ? [] : findingsOf(excess, failOn)),
      ...codeFindings(findings ?? [], failOn, sources),
    ],
    warnings: [
      ...(age === null ? [] : [age]),
      ...(history?.unreadable == null ? [] : [describeUnreadable(history.unreadable)]),
    ],
    failure: null,
  };
}

function remedyOf({
  summary,
  menuPath,
  command,
}: Pick<Remedy, "summary"> & {
  readonly menuPath?: string | null;
  readonly command?: string | null;
}): ReportRemedy {
  return { text: summary, menuPath: menuPath ?? null, command: command ?? null };
}

function missingOf({ missing, requirement: { permissionMode } }: CheckedItem): readonly string[] {
  const { permissions, scopes, divisions } = missing;
  const listed = permissionMode === "ANY" ? anyOf : allOf;
  return [
    ...(permissions.length === 0 ? [] : [`permission ${listed(permissions)}`]),
    // Any one of the scopes that an operation accepts suffices.
    ...(scopes.length === 0 ? [] : [`scope ${anyOf(scopes)}`]),
    ...(divisions.length === 0 ? [] : [`division ${allOf(divisions)}`]),
  ];
}

/** Returns the report of a run that checked nothing because of an error. */
export function toFailureReport(
  error: unknown,
  command: string,
  { toolVersion, generatedAtMs }: Pick<ReportOptions, "toolVersion" | "generatedAtMs">,
): Report {
  return {
    command,
    toolVersion,
    generatedAtMs,
    layers: {},
    subject: "unknown",
    facts: [timeOf(generatedAtMs)],
    results: [],
    sharedRemedies: [],
    message: null,
    findings: [],
    warnings: [],
    failure: factsOfError(error),
  };
}

/** Returns one finding per role that grants more than needed, and a single finding when the excess is unknown. */
function findingsOf(
  excess: NonNullable<CheckScopesResult["excess"]>,
  failOn: FailOn,
): readonly ReportFinding[] {
  const fails = exitNamesOfExcess(excess, failOn).length > 0;
  if (excess.verdict === "unknown") {
    const message = `the token's excess permissions are unknown: ${excess.evidence.map(({ summary }) => summary).join("; ")}`;
    return [{ kind: "excess-unknown", level: "warning", message, location: null, fails }];
  }
  return excess.roles.map(({ role, excess: permissions, needed }) => ({
    kind: needed.length === 0 ? "role-not-needed" : "excess-permissions",
    level: "error",
    message: `role "${role.name ?? role.id}" grants ${plural(permissions.length, "unneeded permission")}: ${permissions.slice(0, 10).join(", ")}${permissions.length > 10 ? ", …" : ""}`,
    location: null,
    fails,
  }));
}

/** Returns the errors and open questions in scanned code, at their lines. */
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
