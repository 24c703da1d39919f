import { REINSTALL, StoreError } from "../../core/errors.ts";
import type { Caveat } from "./caveat.ts";
import { decodeCaveat, encodeCaveat, type PlacedCaveat } from "./caveat-line.ts";
import type { Provenance } from "./operation.ts";
import { SortedLines } from "./text/sorted-lines.ts";

const FORMAT = "genscope-caveats\t1";

/** Returns the caveats of the operation with this shape and method, in the order of their kinds. */
export type FindCaveats = (shape: string, method: string) => readonly Caveat[];

/**
 * Returns the text of a caveat file: a header with the provenances, an empty line, and one line per caveat,
 * sorted.
 */
export function encodeCaveatFile(caveats: readonly PlacedCaveat[]): string {
  const provenances = [
    ...new Map(
      caveats.map(({ provenance }) => [`${provenance.source}\t${provenance.date}`, provenance]),
    ).keys(),
  ].sort();
  const lines = caveats.map((caveat) =>
    encodeCaveat(caveat, provenances.indexOf(`${caveat.provenance.source}\t${caveat.provenance.date}`)),
  );
  const head = [FORMAT, ...provenances.map((provenance) => `provenance\t${provenance}`)];
  return `${head.join("\n")}\n\n${lines
    .toSorted()
    .map((line) => `${line}\n`)
    .join("")}`;
}

/**
 * Returns a function that finds caveats in the text of a caveat file.
 * @throws StoreError `catalogue.damaged`: the file belongs to the package, which must be reinstalled
 */
export function readCaveatFile(text: string): FindCaveats {
  const headEnd = text.indexOf("\n\n");
  const [format, ...head] = text.slice(0, Math.max(headEnd, 0)).split("\n");
  if (format !== FORMAT) {
    throw new StoreError("catalogue.damaged", "the packaged data `genscope-caveats` cannot be read", {
      hint: REINSTALL,
    });
  }
  const provenances: readonly Provenance[] = head.map((line) => {
    const [, source = "", date = ""] = line.split("\t");
    return { source, date };
  });
  const lines = new SortedLines(text.slice(headEnd + 2));
  return (shape, method) =>
    Array.from(lines.startingWith(`${shape}\t${method}\t`), (line) => decodeCaveat(line, provenances));
}
