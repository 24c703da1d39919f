import type { StatusCount } from "../../../access/record/count-calls.ts";
import type { Block } from "../../../output/blocks.ts";
import type { Style } from "../../../output/style.ts";
import { viewSeveralChecks } from "../check-scopes/views/several-checks.ts";
import type { RecordResult } from "./result.ts";

/** Renders the recorded operations as a table, and with a token their verdicts and fixes. */
export function viewRecord(result: RecordResult, style: Style): readonly Block[] {
  const { operations, unmatched, check, emitted } = result;
  if (emitted !== null) return [{ kind: "verbatim", lines: emitted.lines }];
  const isJudged = check.principal !== null;
  const rows = [
    ...operations.map(({ operation: { method, path }, calls, statuses, verdict }, index) => [
      method,
      path,
      String(calls),
      describeStatuses(statuses),
      verdict ?? permissionsOf(check.results[index]),
    ]),
    ...unmatched.map(({ method, path, calls, statuses }) => [
      method,
      path,
      String(calls),
      describeStatuses(statuses),
      "not in the catalogue",
    ]),
  ];
  return [
    ...(rows.length === 0
      ? []
      : [
          {
            kind: "table" as const,
            columns: [
              { name: "Method", isKey: true },
              { name: "Path", isKey: true },
              { name: "Calls", isNumber: true },
              { name: "Statuses" },
              { name: isJudged ? "Verdict" : "Permissions" },
            ],
            rows,
          },
        ]),
    ...(isJudged ? viewSeveralChecks(check, style) : []),
  ];
}

/** Returns `200 (3), 403, no response`. */
function describeStatuses(statuses: readonly StatusCount[]): string {
  return statuses
    .map(({ status, calls }) => `${status ?? "no response"}${calls === 1 ? "" : ` (${calls})`}`)
    .join(", ");
}

function permissionsOf(item: RecordResult["check"]["results"][number] | undefined): string {
  if (item === undefined) return "";
  const { permissionMode, permissions } = item.requirement;
  if (permissionMode === "UNKNOWN") return "not published yet";
  return permissions.length === 0
    ? "none listed"
    : permissions.join(permissionMode === "ALL" ? " and " : " or ");
}
