import { parseJson } from "../../core/json.ts";
import type { Operation } from "../facts/operation.ts";
import { readOperationFile } from "../facts/operation-file.ts";
import { decodeOperation } from "../facts/operation-line.ts";
import { readDefinition } from "./definition.ts";

/** Operations of a file, with their date and sources if the file contains them. */
export interface OperationsOfText {
  readonly operations: readonly Operation[];
  /** Date as `YYYY-MM-DD`; null for a definition, which has none. */
  readonly date: string | null;
  readonly sources: readonly string[];
}

/**
 * Parses the operations of a catalog that `catalog update` wrote earlier, or of a definition as the platform
 * serves it. Returns a phrase that describes what is wrong when the text is neither.
 */
export function readOperationsOf(text: string): OperationsOfText | string {
  if (text.trimStart().startsWith("{")) {
    const provenance = { source: "definition file", date: "" };
    const defined = readDefinition(parseJson(text), { isPreview: false, provenance, minimumOperations: 1 });
    if (typeof defined === "string") return defined;
    return {
      operations: defined.map(({ operation }) => operation),
      date: null,
      sources: [provenance.source],
    };
  }
  const file = readOperationFile(text);
  if (typeof file === "string") return file;
  const operations = Array.from(file.operations.startingWith(""), (line) =>
    decodeOperation(line, file.provenances, () => []),
  );
  return operations.includes(null)
    ? "it is damaged"
    : {
        operations: operations.flatMap((operation) => operation ?? []),
        date: file.date,
        sources: [...new Set(file.parts.map(({ source }) => source))],
      };
}
