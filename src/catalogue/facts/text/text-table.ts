import { REINSTALL, StoreError } from "../../../core/errors.ts";

/** Rows of tab-separated fields, preceded by a line with the table's kind and provenance. */
export interface TextTable {
  readonly provenance: { readonly source: string; readonly date: string };
  readonly rows: readonly (readonly string[])[];
}

/** Returns the text of a table. Tabs and line breaks inside a field become spaces. */
export function encodeTable(kind: string, { provenance, rows }: TextTable): string {
  const head = [kind, "1", provenance.source, provenance.date];
  return [head, ...rows]
    .map((row) => `${row.map((field) => field.replace(/[\t\r\n]+/g, " ")).join("\t")}\n`)
    .join("");
}

/**
 * Returns the table of `text`, which must be of this `kind`.
 * @throws StoreError `catalogue.damaged`: these files belong to the package, which must be reinstalled
 */
export function readTable(text: string, kind: string): TextTable {
  const [head = "", ...lines] = text.split("\n");
  const [name, version, source = "", date = ""] = head.split("\t");
  if (name !== kind || version !== "1") {
    throw new StoreError("catalogue.damaged", `the packaged data \`${kind}\` cannot be read`, {
      hint: REINSTALL,
    });
  }
  return {
    provenance: { source, date },
    rows: lines.filter((line) => line !== "").map((line) => line.split("\t")),
  };
}
