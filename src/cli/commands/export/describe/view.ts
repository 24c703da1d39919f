import type { Block } from "../../../../output/blocks.ts";
import type { ExportDescriptionDocument } from "./document.ts";
import { factsOf, permissionsOf, scopesOf } from "./facts.ts";

/** Renders the reference page of a dataset. */
export function viewDescription(document: ExportDescriptionDocument): readonly Block[] {
  const { name, summary, requests, tables } = document;
  return [
    { kind: "text", text: `${name}: ${summary}` },
    {
      kind: "table",
      columns: [{ name: "Request", isKey: true }, { name: "Permission" }, { name: "Scope" }],
      rows: requests.map((request) => [
        `${request.method} ${request.path}`,
        permissionsOf(request),
        scopesOf(request),
      ]),
    },
    { kind: "fields", rows: factsOf(document) },
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
