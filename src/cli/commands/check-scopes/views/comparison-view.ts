import type { ComparedResult, Comparison, Difference } from "../../../../access/compare/comparison.ts";
import { plural } from "../../../../core/text.ts";
import type { Block } from "../../../../output/blocks.ts";
import type { Style } from "../../../../output/style.ts";
import type { TableColumn } from "../../../../output/table/table-block.ts";

/** Renders two profiles side by side: first the verdicts, then the differences, those that matter first. */
export function viewComparison(comparison: Comparison, style: Style): readonly Block[] {
  const { here, there, results, differences } = comparison;
  const deciding = differences.filter(({ decides }) => decides.length > 0).length;
  const differing = results.filter(({ isSame }) => !isSame).length;
  return [
    {
      kind: "table",
      columns: keyColumns("check", here, there),
      rows: results.map((result) => viewResult(result, style)),
    },
    ...(differences.length === 0
      ? []
      : [
          {
            kind: "table" as const,
            columns: [{ name: "" }, ...keyColumns("difference", here, there)],
            rows: differences.map((difference) => viewDifference(difference, style)),
          },
        ]),
    { kind: "text", text: summarize(differing, deciding, differences.length, results.length) },
  ];
}

/** Columns that are never omitted, because a comparison needs both sides in every row. */
function keyColumns(...names: readonly string[]): readonly TableColumn[] {
  return names.map((name) => ({ name, isKey: true }));
}

function viewResult({ name, here, there, isSame }: ComparedResult, style: Style): readonly string[] {
  const cell = ({ verdict, layer }: ComparedResult["here"]) =>
    verdict === "allowed" ? verdict : `${verdict} (${layer})`;
  return [isSame ? name : style.strong(name), cell(here), cell(there)];
}

function viewDifference(
  { aspect, permission, here, there, decides }: Difference,
  style: Style,
): readonly string[] {
  const mark = decides.length === 0 ? "" : style.bad("matters");
  return [mark, permission ?? aspect, here, there];
}

function summarize(differing: number, deciding: number, differences: number, checks: number): string {
  if (differing === 0) {
    const difference =
      differences === 0
        ? "no differences"
        : `${plural(differences, "difference")}, none of which matters for these checks`;
    return `same result for ${plural(checks, "check")}; ${difference}`;
  }
  const cause =
    deciding === 0
      ? "no readable fact explains it"
      : `${plural(deciding, "difference")} of ${differences} ${deciding === 1 ? "matters" : "matter"}`;
  return `${differing} of ${plural(checks, "check")} ${differing === 1 ? "differs" : "differ"}: ${cause}`;
}
