import type { Evidence, VerdictName } from "../../../../access/verdict/verdict.ts";
import { appendAll } from "../../../../core/lists/append-all.ts";
import { plural } from "../../../../core/text.ts";
import type { Block, TreeNode } from "../../../../output/blocks.ts";
import type { Style } from "../../../../output/style.ts";
import type { ScannedFinding } from "../finding.ts";
import { type CheckedItem, type CheckScopesResult, nameOfItem, originOfItem } from "../result.ts";
import { type Detail, foldRoles, viewEntries, viewRemedies } from "./remedies.ts";
import { viewSource } from "./requirement-source.ts";
import { sayOnce } from "./said-once.ts";

const MARKS: Readonly<Record<VerdictName, string>> = {
  allowed: "✔",
  denied: "✘",
  conditional: "◐",
  unknown: "?",
};

/**
 * Renders the diagnosis for a person: one tree per subject, the decisive layer first, the smallest fix last. A
 * requested replacement (a role, a message for the administrator) is printed alone, ready for a pipe.
 */
export function viewCheckScopes(result: CheckScopesResult, style: Style): readonly Block[] {
  return viewAround(result, style, ({ results }) => {
    const [source = null] = results.flatMap((item) => originOfItem(item) ?? []);
    const shown = results.map((item) => ({ ...item, evidence: sayOnce(item.evidence, source) }));
    return [...viewSource(source, style), ...viewEach(shown, style, "short")];
  });
}

/** Renders the diagnosis with every fix in full. */
export function viewWholeChecks(result: CheckScopesResult, style: Style): readonly Block[] {
  return viewAround(result, style, ({ results }) => viewEach(results, style, "whole"));
}

function viewEach(results: readonly CheckedItem[], style: Style, detail: Detail): readonly Block[] {
  return [{ kind: "tree", nodes: results.map((item) => viewItem(item, style, detail)) }];
}

/** Renders the parts before and after the checks, or the part that replaces them. */
export function viewAround(
  result: CheckScopesResult,
  style: Style,
  viewChecks: (result: CheckScopesResult, style: Style) => readonly Block[],
): readonly Block[] {
  const { principal, results, sharedRemedies, findings, summary, emitted, request } = result;
  if (emitted !== null) return [{ kind: "verbatim", lines: emitted.lines }];
  if (request !== null) return [{ kind: "message", lines: request.lines }];
  const blocks: Block[] = [];
  if (principal !== null) blocks.push({ kind: "text", text: style.faint(`as ${principal.description}`) });
  if (results.length > 0) appendAll(blocks, viewChecks(result, style));
  if (results.length > 1 && principal !== null) {
    const counts = (["allowed", "denied", "conditional", "unknown"] as const).map(
      (name) => `${summary[name]} ${name}`,
    );
    blocks.push({ kind: "text", text: `${plural(results.length, "check")}: ${counts.join(", ")}` });
  }
  if (sharedRemedies.length > 0) blocks.push({ kind: "tree", nodes: [viewShared(sharedRemedies, style)] });
  if (findings !== null) appendAll(blocks, viewFindings(findings, style));
  return blocks;
}

/** Renders the changes that help several checks. Lists all permissions of a new role that covers several checks. */
function viewShared(remedies: CheckScopesResult["sharedRemedies"], style: Style): TreeNode {
  return viewEntries("fixes for several checks, smallest first:", foldRoles(remedies), style, {
    facts: ({ names }) => [plural(names.length, "check")],
    lines: ({ permissions }) => [permissions.join(", ")],
  });
}

/** Renders the errors in the code and the open questions; the calls themselves have verdicts above. */
function viewFindings(findings: NonNullable<CheckScopesResult["findings"]>, style: Style): readonly Block[] {
  const shown = findings.filter(({ isMistake, isOpen }) => isMistake || isOpen);
  if (findings.length === 0) {
    const nothing = "no call to the platform was found in the source code, so nothing was checked";
    return [{ kind: "text", text: style.doubt(nothing) }];
  }
  const files = plural(new Set(findings.map(({ file }) => file)).size, "file");
  const rest = shown.length === 0 ? "all recognized" : `${shown.length} wrong or unclear:`;
  const text = `the source code uses the platform in ${plural(findings.length, "place")} in ${files}, ${rest}`;
  const nodes = shown.map((finding) => ({
    text: `${markOf(finding, style)}  ${finding.file}:${finding.line}`,
    children: [{ text: finding.message }],
  }));
  return [
    { kind: "text", text: style.faint(text) },
    ...(nodes.length === 0 ? [] : [{ kind: "tree" as const, nodes }]),
  ];
}

/**
 * Returns the label of an error or an open question. A finding without a path means that a file uses the platform, but
 * the scan recognized no call.
 */
function markOf({ kind, path, isMistake }: ScannedFinding, style: Style): string {
  if (isMistake) return style.bad(`✘ ${kind}`);
  return style.doubt(kind === "path" && path === null ? "? no call recognized" : "? unclear call");
}

/** Renders one check: its verdict, its evidence and its remedies. */
export function viewItem(item: CheckedItem, style: Style, detail: Detail = "short"): TreeNode {
  const name = nameOfItem(item);
  const place =
    item.location === null ? "" : `  ${style.faint(`${item.location.file}:${item.location.line}`)}`;
  if (item.verdict === null) {
    return { text: `${style.strong(name)}${place}`, children: viewEvidence(item, style) };
  }
  const mark = `${MARKS[item.verdict]} ${item.verdict}`;
  const layer = item.verdict === "allowed" ? "" : `  ${style.faint(`layer: ${item.layer}`)}`;
  return {
    text: `${paint(item.verdict, style)(mark)}  ${style.strong(name)}${layer}${place}`,
    children: [...viewEvidence(item, style), ...viewRemedies(item.remedies, style, detail)],
  };
}

function paint(verdict: VerdictName, style: Style): (text: string) => string {
  return verdict === "allowed" ? style.good : verdict === "denied" ? style.bad : style.doubt;
}

function viewEvidence(item: CheckedItem, style: Style): readonly TreeNode[] {
  // A fact that could not be read matters only if it leaves the verdict open; the JSON always contains it.
  const shown =
    item.verdict === "denied" ? item.evidence.filter(({ kind }) => kind !== "unreadable") : item.evidence;
  return shown.map((evidence) => ({ text: viewFact(evidence, style) }));
}

/** Renders one fact behind a verdict. */
export function viewFact({ kind, summary }: Evidence, style: Style): string {
  if (kind === "near-miss") return `${style.doubt("near miss:")} ${summary}`;
  return kind === "requirement" ? style.faint(summary) : summary;
}
