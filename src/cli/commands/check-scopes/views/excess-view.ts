import type { Excess } from "../../../../access/least/excess.ts";
import { plural } from "../../../../core/text.ts";
import type { TreeNode } from "../../../../output/blocks.ts";
import type { Style } from "../../../../output/style.ts";

/** The permissions of a role that grants too much. */
const MOST_SHOWN = 12;

/** Renders the permissions that a token holds beyond those that the checks need. */
export function viewExcess({ verdict, roles, evidence }: Excess, style: Style): TreeNode {
  if (verdict === "none") {
    return { text: `${style.good("✔ least privilege")}  the token holds nothing beyond what is checked` };
  }
  const title =
    verdict === "excess" ? style.bad("✘ more than needed") : style.doubt("? least privilege unknown");
  return {
    text: title,
    children: [
      ...evidence.map(({ summary }) => ({ text: summary })),
      ...roles.map(({ role, divisions, needed, excess, wildcards }) => ({
        text: `role "${role.name ?? role.id}" in ${divisions.map((name) => (name === "*" ? "every division" : name)).join(", ")}: ${plural(excess.length, "permission")} not needed${needed.length === 0 ? " (all of them)" : ""}`,
        children: [
          ...(wildcards.length === 0 ? [] : [{ text: `by ${wildcards.join(", ")}` }]),
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
