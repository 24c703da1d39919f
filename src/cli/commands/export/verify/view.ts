import { grouped, plural } from "../../../../core/text.ts";
import type { VerifiedExport } from "../../../../export/verify/verify-export.ts";
import type { Block } from "../../../../output/blocks.ts";
import type { Style } from "../../../../output/style.ts";
import { readableBytes } from "../readable-bytes.ts";

/** The JSON contract of `export --verify`. */
export interface ExportVerifyDocument extends VerifiedExport {
  readonly schema: "genscope/export-verify/v1";
  /** Directory or file of the export. */
  readonly out: string;
  readonly isIntact: boolean;
}

/** Renders the comparison as readable text. */
export function viewVerification(document: ExportVerifyDocument, style: Style): readonly Block[] {
  const { differences, files, bytes, records } = document;
  const isOnlyIncomplete = differences.every(({ kind }) => kind === "missing-interval");
  const verdict = document.isIntact
    ? style.good("intact")
    : isOnlyIncomplete
      ? style.doubt("every file matches, but the export is incomplete")
      : style.bad(`${plural(differences.length, "difference")} from the manifest`);
  const size = `${grouped(records)} records in ${plural(files, "file")}, ${readableBytes(bytes)}`;
  return [
    { kind: "text", text: `${verdict}: ${size}` },
    ...(differences.length === 0
      ? []
      : [
          {
            kind: "table" as const,
            columns: [{ name: "Difference" }, { name: "Where", isKey: true }, { name: "What" }],
            rows: differences.map(({ kind, subject, summary }) => [kind, subject, summary]),
          },
        ]),
  ];
}
