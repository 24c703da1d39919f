import { plural } from "../../../../core/text.ts";
import type { Block, TreeNode } from "../../../../output/blocks.ts";
import type { Style } from "../../../../output/style.ts";
import type { CheckScopesResult } from "../result.ts";
import { condenseChecks } from "./condense.ts";
import { viewSource } from "./requirement-source.ts";
import { viewAround, viewFact, viewItem } from "./view.ts";

interface CheckNode {
  readonly text: string;
  readonly children: readonly TreeNode[];
}

/**
 * Renders several checks in short form: an allowed check is one line, equal checks are joined, and shared
 * evidence, sources and fixes appear once.
 */
export function viewSeveralChecks(result: CheckScopesResult, style: Style): readonly Block[] {
  return viewAround(result, style, viewCondensed);
}

function viewCondensed({ results, sharedRemedies }: CheckScopesResult, style: Style): readonly Block[] {
  const { source, common, checks } = condenseChecks(results, sharedRemedies);
  const nodes = checks.map(({ item, shared }) => {
    const node = viewItem(item, style);
    const places =
      shared.length === 0
        ? []
        : [
            {
              text: style.hint(
                `see ${shared.length === 1 ? "fix" : "fixes"} ${shared.join(", ")} below, for several checks`,
              ),
            },
          ];
    const isConfirmed = item.verdict === "allowed" && item.live !== null && item.live.status !== null;
    const live = isConfirmed ? `  ${style.faint(`live: ${item.live.status}`)}` : "";
    return { text: `${node.text}${live}`, children: [...(node.children ?? []), ...places] };
  });
  const trees = joinEqual(nodes.filter(({ children }) => children.length > 0));
  const lines = nodes.filter(({ children }) => children.length === 0).map(({ text }) => text);
  const facts = common.map(({ evidence, count }) => ({
    text: `${viewFact(evidence, style)} (${plural(count, "check")})`,
  }));
  return [
    ...viewSource(source, style),
    ...(lines.length === 0 ? [] : [{ kind: "text" as const, text: lines.join("\n") }]),
    ...(facts.length === 0
      ? []
      : [{ kind: "tree" as const, nodes: [{ text: "for several checks:", children: facts }] }]),
    ...(trees.length === 0 ? [] : [{ kind: "tree" as const, nodes: trees }]),
  ];
}

/** Merges nodes with equal children into one node that has the text of all of them. */
function joinEqual(nodes: readonly CheckNode[]): readonly TreeNode[] {
  const groups = new Map<string, CheckNode[]>();
  for (const node of nodes) {
    const key = JSON.stringify(node.children);
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first, alike: others.map(({ text }) => text) }],
  );
}
