import type { Verdict, VerdictName } from "../../access/verdict.ts";
import { plural } from "../../core/text.ts";
import type { Block, TreeNode } from "../../output/blocks.ts";
import type { Style } from "../../output/style.ts";
import type { CheckedItem, CheckScopesResult } from "./check-scopes-result.ts";

const MARKS: Readonly<Record<VerdictName, string>> = {
  allowed: "✔",
  denied: "✘",
  conditional: "◐",
  unknown: "?",
};

/** The diagnosis for a person: one tree per question, the decisive layer first, the smallest fix last. */
export function viewCheckScopes(result: CheckScopesResult, style: Style): readonly Block[] {
  const { principal, results, summary } = result;
  const blocks: Block[] = [];
  if (principal !== null) blocks.push({ kind: "text", text: style.faint(`as ${principal.description}`) });
  blocks.push({ kind: "tree", nodes: results.map((item) => viewItem(item, style)) });
  if (results.length > 1 && principal !== null) {
    const counts = (["allowed", "denied", "conditional", "unknown"] as const).map(
      (name) => `${summary[name]} ${name}`,
    );
    blocks.push({ kind: "text", text: `${plural(results.length, "check")}: ${counts.join(", ")}` });
  }
  return blocks;
}

function viewItem(item: CheckedItem, style: Style): TreeNode {
  const name =
    item.operation === null ? (item.permission ?? "") : `${item.operation.method} ${item.operation.path}`;
  if (item.verdict === null) return { text: style.strong(name), children: viewEvidence(item, style) };
  const mark = `${MARKS[item.verdict]} ${item.verdict}`;
  const layer = item.verdict === "allowed" ? "" : `  ${style.faint(`layer: ${item.layer}`)}`;
  return {
    text: `${paint(item.verdict, style)(mark)}  ${style.strong(name)}${layer}`,
    children: [...viewEvidence(item, style), ...viewRemedies(item.remedies, style)],
  };
}

function paint(verdict: VerdictName, style: Style): (text: string) => string {
  return verdict === "allowed" ? style.good : verdict === "denied" ? style.bad : style.doubt;
}

function viewEvidence(item: CheckedItem, style: Style): readonly TreeNode[] {
  // What could not be read matters only where it keeps the verdict open; the JSON has it in any case.
  const shown =
    item.verdict === "denied" ? item.evidence.filter(({ kind }) => kind !== "unreadable") : item.evidence;
  return shown.map(({ kind, summary }) => ({
    text:
      kind === "near-miss"
        ? `${style.doubt("near miss:")} ${summary}`
        : kind === "requirement"
          ? style.faint(summary)
          : summary,
  }));
}

function viewRemedies(remedies: Verdict["remedies"], style: Style): readonly TreeNode[] {
  if (remedies.length === 0) return [];
  return [
    {
      text: style.hint("what helps, smallest first:"),
      children: remedies.map((remedy, index) => ({
        text: `${index + 1}. ${remedy.summary}`,
        children: [remedy.menuPath, remedy.command].flatMap((line) =>
          line === undefined ? [] : [{ text: style.faint(line) }],
        ),
      })),
    },
  ];
}
