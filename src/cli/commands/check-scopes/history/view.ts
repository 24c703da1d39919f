import { describeActor } from "../../../../access/history/describe-change.ts";
import type { Block } from "../../../../output/blocks.ts";
import type { Style } from "../../../../output/style.ts";
import type { CheckHistory } from "./result.ts";

/** Shows how long each verdict has been the same, and the changes as a table, newest first. */
export function viewHistory(history: CheckHistory, style: Style): readonly Block[] {
  const { from, changes, verdicts, unreadable, notCovered } = history;
  if (unreadable !== null) return [{ kind: "text", text: style.doubt(describeUnreadable(unreadable)) }];
  const nodes = verdicts.map(({ name, summary }) => ({
    text: verdicts.length === 1 ? summary : `${style.strong(name)}: ${summary}`,
  }));
  const scope = `${changes.length === 0 ? "no audited change" : "audited changes"} to the roles, grants, OAuth client, groups and access policies of this identity since ${from}`;
  return [
    { kind: "tree", nodes: [{ text: style.hint("history:"), children: nodes }] },
    { kind: "text", text: style.faint(scope) },
    ...(changes.length === 0
      ? []
      : [
          {
            kind: "table" as const,
            columns: [
              { name: "time", isKey: true, isIndivisible: true },
              { name: "change", isKey: true, least: 30 },
              { name: "by", least: 10 },
            ],
            rows: changes.map(({ at, by, summary }) => [at, summary, describeActor(by)]),
          },
        ]),
    ...notCovered.map(({ what, reason, permissions }) => ({
      kind: "text" as const,
      text: style.doubt(
        `not covered: changes to ${what}: ${reason}${permissions.length === 0 ? "" : ` (${permissions.join(" or ")} would show them)`}`,
      ),
    })),
  ];
}

/** Returns why there is no history, and the permission that would make it readable. */
export function describeUnreadable({ reason, permissions }: NonNullable<CheckHistory["unreadable"]>): string {
  return `history not readable: ${reason} (${permissions.join(" or ")} would show it)`;
}
