import type { Excess } from "../../../../access/least/excess.ts";
import { allOf } from "../../../../access/verdict/wording.ts";
import { plural } from "../../../../core/text.ts";
import type { TreeNode } from "../../../../output/blocks.ts";
import type { Style } from "../../../../output/style.ts";
import { READS } from "../../../../platform/reading/reads.ts";

/** Maximum number of permissions shown for a role that grants too much. */
const MOST_SHOWN = 12;

const READING: ReadonlySet<string> = new Set(Object.values(READS).flatMap(({ permissions }) => permissions));

/** Lists the permissions that genscope itself uses, because verdicts become weaker without them. */
function noteReading(excess: readonly string[]): readonly TreeNode[] {
  const used = excess.filter((permission) => READING.has(permission));
  if (used.length === 0) return [];
  const text = `genscope reads roles, grants and policies with ${allOf(used)}: without ${used.length === 1 ? "it" : "them"}, a verdict can become unknown; to keep ${used.length === 1 ? "it" : "them"}, list ${used.length === 1 ? "it" : "them"} in the policy`;
  return [{ text }];
}

/** Renders the permissions that a token holds beyond those that the checks need. */
export function viewExcess({ verdict, roles, permissions, evidence }: Excess, style: Style): TreeNode {
  if (verdict === "none") {
    return { text: `${style.good("✔ least privilege")}  the token holds nothing beyond what is checked` };
  }
  const title =
    verdict === "excess" ? style.bad("✘ more than needed") : style.doubt("? least privilege unknown");
  return {
    text: title,
    children: [
      ...evidence.map(({ summary }) => ({ text: summary })),
      ...noteReading(permissions),
      ...roles.map(({ role, divisions, needed, excess, wildcards }) => ({
        text: `role "${role.name ?? role.id}" in ${divisions.map((name) => (name === "*" ? "every division" : name)).join(", ")}: ${plural(excess.length, "unneeded permission")}${needed.length === 0 ? " (all of them)" : ""}`,
        children: [
          ...(wildcards.length === 0 ? [] : [{ text: `through ${wildcards.join(", ")}` }]),
          {
            text: style.faint(
              `${excess.slice(0, MOST_SHOWN).join(", ")}${excess.length > MOST_SHOWN ? ", …" : ""}`,
            ),
          },
        ],
      })),
    ],
  };
}
