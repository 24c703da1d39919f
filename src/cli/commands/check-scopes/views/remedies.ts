import type { NamedRole, Remedy } from "../../../../access/verdict/verdict.ts";
import { plural } from "../../../../core/text.ts";
import type { TreeNode } from "../../../../output/blocks.ts";
import type { Style } from "../../../../output/style.ts";

/** The description of a fix, for one check or for several. */
interface ShownRemedy {
  readonly kind: Remedy["kind"];
  readonly summary: string;
  readonly menuPath?: string | null;
  readonly command?: string | null;
  readonly roles?: readonly NamedRole[];
  readonly extraPermissions?: number | null;
}

/** An entry of a numbered list of fixes: a single fix in full, or the existing roles on one line. */
export type FixEntry<Fix extends ShownRemedy> =
  | { readonly kind: "whole"; readonly fix: Fix }
  | { readonly kind: "roles"; readonly fixes: readonly Fix[] };

/** Additional content of a list of fixes. */
interface Additions<Fix> {
  /** Facts that follow the text of a fix or the size of a role, such as the number of checks. */
  readonly facts: (fix: Fix) => readonly string[];
  /** Lines below a fix that is shown in full. */
  readonly lines: (fix: Fix) => readonly string[];
}

/** `short`: the larger roles share one line. `whole`: each fix is shown in full. */
export type Detail = "short" | "whole";

const NO_ADDITIONS: Additions<unknown> = { facts: () => [], lines: () => [] };

/** Renders the fixes of one check, each in full, or with the larger roles on one line; empty without a fix. */
export function viewRemedies(
  remedies: readonly ShownRemedy[],
  style: Style,
  detail: Detail = "short",
): readonly TreeNode[] {
  if (remedies.length === 0) return [];
  const entries = detail === "short" ? foldRoles(remedies) : remedies.map(wholeEntry);
  return [viewEntries("fixes, smallest first:", entries, style)];
}

/** Renders a list of fixes with its title. */
export function viewEntries<Fix extends ShownRemedy>(
  title: string,
  entries: readonly FixEntry<Fix>[],
  style: Style,
  additions: Additions<Fix> = NO_ADDITIONS,
): TreeNode {
  return {
    text: style.hint(title),
    children: entries.map((entry, index) => viewEntry(entry, index + 1, style, additions)),
  };
}

/** Keeps the smallest role change in full, and gathers the other existing roles in one entry. */
export function foldRoles<Fix extends ShownRemedy>(remedies: readonly Fix[]): readonly FixEntry<Fix>[] {
  const smallest = remedies.findIndex(({ kind }) => kind === "assign-role" || kind === "create-role");
  const others = remedies.filter(
    ({ kind, roles = [] }, index) => index > smallest && kind === "assign-role" && roles.length > 0,
  );
  return remedies.flatMap((remedy) => {
    if (remedy === others[0]) return { kind: "roles" as const, fixes: others };
    return others.includes(remedy) ? [] : wholeEntry(remedy);
  });
}

function wholeEntry<Fix extends ShownRemedy>(fix: Fix): FixEntry<Fix> {
  return { kind: "whole", fix };
}

function viewEntry<Fix extends ShownRemedy>(
  entry: FixEntry<Fix>,
  position: number,
  style: Style,
  { facts, lines }: Additions<Fix>,
): TreeNode {
  if (entry.kind === "roles") {
    const names = entry.fixes.map((fix) => nameWithSize(fix, facts(fix)));
    return { text: `${position}. or assign an existing role: ${names.join(", ")}` };
  }
  const { fix } = entry;
  return {
    text: `${position}. ${fix.summary}${inParentheses(facts(fix))}`,
    children: [...lines(fix), fix.menuPath ?? "", fix.command ?? ""]
      .filter((line) => line !== "")
      .map((line) => ({ text: style.faint(line) })),
  };
}

function nameWithSize({ roles = [], extraPermissions }: ShownRemedy, facts: readonly string[]): string {
  const names = roles.map(({ id, name }) => `"${name ?? id}"`).join(" and ");
  const size = typeof extraPermissions === "number" ? [sizeOf(extraPermissions)] : [];
  return `${names}${inParentheses([...size, ...facts])}`;
}

function inParentheses(facts: readonly string[]): string {
  return facts.length === 0 ? "" : ` (${facts.join(", ")})`;
}

function sizeOf(extra: number): string {
  return extra === 0 ? "no other permissions" : plural(extra, "more permission");
}
