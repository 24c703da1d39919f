import type { Block } from "../../../../output/blocks.ts";
import type { DescribedRequest, ExportDescriptionDocument } from "./document.ts";

/** Renders the reference page of a dataset. */
export function viewDescription(document: ExportDescriptionDocument): readonly Block[] {
  const { name, summary, requests, identity, withheld, unknowns, tables } = document;
  const rows: readonly (readonly [string, string])[] = [
    ["interval", document.needsInterval ? "needed: --interval" : "none: the current state"],
    ["pages", document.paging],
    ["changes", document.changes],
    [
      "a record is",
      identity.length === 0 ? "known by its whole content" : `known by ${identity.join(" and ")}`,
    ],
    ...withheld.map((field): readonly [string, string] => ["never written", `\`${field}\``]),
    ...unknowns.map((text): readonly [string, string] => ["unknown", text]),
  ];
  return [
    { kind: "text", text: `${name}: ${summary}` },
    {
      kind: "table",
      columns: [{ name: "Request", isKey: true }, { name: "Permission" }, { name: "Scope" }],
      rows: requests.map((request) => [
        `${request.method} ${request.path}`,
        permissionsOf(request),
        request.scopes === null ? "unknown" : request.scopes.join(" or ") || "none",
      ]),
    },
    { kind: "fields", rows },
    ...tables.map(
      ({ name: table, columns }): Block => ({
        kind: "table",
        columns: [
          { name: `Column of ${table}`, isKey: true },
          { name: "Type", isKey: true },
        ],
        rows: columns.map((column) => [column.name, column.type]),
      }),
    ),
  ];
}

function permissionsOf({ permissionMode, permissions }: DescribedRequest): string {
  if (permissionMode === "UNKNOWN") return "unknown";
  if (permissionMode === "NONE") return "none";
  return permissions.join(permissionMode === "ALL" ? " and " : " or ");
}
