import type { Caveat, CaveatCase, CaveatCondition, CaveatEffect, CaveatKind } from "./caveat.ts";
import type { Provenance } from "./operation.ts";
import { shapeOf, wordsOf } from "./operation-line.ts";

/** A caveat with the operation that it applies to. */
export interface PlacedCaveat extends Caveat {
  readonly method: string;
  readonly path: string;
}

/**
 * Returns a caveat as one line of tab-separated fields: shape, method, kind, effect, `confirmed` or `inferred`, index
 * of the provenance, statement, permissions, codes, reading class, `cleared`, condition, cases.
 */
export function encodeCaveat(caveat: PlacedCaveat, provenanceIndex: number): string {
  return [
    shapeOf(caveat.path),
    caveat.method,
    caveat.kind,
    caveat.effect,
    caveat.isConfirmed ? "confirmed" : "inferred",
    String(provenanceIndex),
    caveat.statement,
    caveat.permissions.join(" "),
    caveat.codes.join(" "),
    caveat.readingClass ?? "",
    caveat.isClearedByPermissions ? "cleared" : "",
    caveat.condition === null ? "" : JSON.stringify(caveat.condition),
    caveat.cases.length === 0 ? "" : JSON.stringify(caveat.cases),
  ]
    .map((field) => field.replace(/[\t\r\n]+/g, " "))
    .join("\t")
    .replace(/\t+$/, "");
}

/**
 * Returns the caveat of a line that `encodeCaveat` wrote. The file belongs to the package, so its contents are
 * trusted.
 */
export function decodeCaveat(line: string, provenances: readonly Provenance[]): Caveat {
  const fields = line.split("\t");
  const field = (index: number): string => fields[index] ?? "";
  return {
    kind: field(2) as CaveatKind,
    effect: field(3) as CaveatEffect,
    isConfirmed: field(4) === "confirmed",
    statement: field(6),
    permissions: wordsOf(field(7)),
    codes: wordsOf(field(8)),
    readingClass: (field(9) || null) as Caveat["readingClass"],
    isClearedByPermissions: field(10) === "cleared",
    condition: field(11) === "" ? null : (JSON.parse(field(11)) as CaveatCondition),
    cases: field(12) === "" ? [] : (JSON.parse(field(12)) as readonly CaveatCase[]),
    provenance: provenances[Number(field(5))] ?? { source: "unknown", date: "" },
  };
}
