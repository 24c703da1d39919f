import type { Operation, Provenance } from "./operation.ts";
import { encodeOperation } from "./operation-line.ts";
import { REFUSALS_KIND } from "./refusal.ts";
import { SortedLines } from "./text/sorted-lines.ts";

const FORMAT = "genscope-operations\t1";

/** One part of the catalog, with the source it was taken from. */
export interface CataloguePart extends Provenance {
  readonly part: string;
}

/**
 * Validators of a server's response, used to request it again only if it has changed (RFC 9110, section 13.1).
 */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** Header of an operation file, which precedes its lines. */
export interface OperationFileHead {
  /** The date of the newest part, `YYYY-MM-DD`. Of two files, genscope uses the one with the newer date. */
  readonly date: string;
  readonly parts: readonly CataloguePart[];
  /** Validators of the live definition's two documents, if this file was created from them. */
  readonly validators: { readonly released: Validators; readonly preview: Validators };
}

export interface OperationFile extends OperationFileHead {
  /** Provenances that the lines refer to by index. */
  readonly provenances: readonly Provenance[];
  readonly operationCount: number;
  readonly operations: SortedLines;
  readonly removedCount: number;
  readonly removed: SortedLines;
  /**
   * Refusal table from the definition of the operations; null in the packaged file and in files of earlier versions.
   */
  readonly refusals: string | null;
}

export const NO_VALIDATORS: Validators = { etag: null, lastModified: null };

/**
 * Returns the text of an operation file: a header of `key<TAB>values` lines, an empty line, the lines of the
 * operations, those of the removed operations, and the refusal table. The header contains the length of each
 * section, so that a truncated file is detected.
 */
export function encodeOperationFile(
  head: OperationFileHead,
  operations: Iterable<Operation>,
  removed: Iterable<Operation>,
  refusals: string | null = null,
): string {
  const known = [...operations];
  const gone = [...removed];
  const provenances = distinctProvenances([...known, ...gone]);
  const current = encodeLines(known, provenances);
  const former = encodeLines(gone, provenances);
  const lines = [
    FORMAT,
    `date\t${head.date}`,
    ...head.parts.map(({ part, source, date }) => `part\t${part}\t${source}\t${date}`),
    ...provenances.map(({ source, date }) => `provenance\t${source}\t${date}`),
    validatorLine("released", head.validators.released),
    validatorLine("preview", head.validators.preview),
    `operations\t${current.count}\t${current.text.length}`,
    `removed\t${former.count}\t${former.text.length}`,
    ...(refusals === null ? [] : [`refusals\t${refusals.length}`]),
  ];
  return `${lines.join("\n")}\n\n${current.text}${former.text}${refusals ?? ""}`;
}

/** Returns the file, or a phrase that describes what is wrong with the text. */
export function readOperationFile(text: string): OperationFile | string {
  const headEnd = text.indexOf("\n\n");
  const [format, ...headLines] = text.slice(0, Math.max(headEnd, 0)).split("\n");
  if (format !== FORMAT) {
    return format?.startsWith("genscope-operations\t") === true
      ? "it was created by another version of genscope"
      : "it is not an operation file";
  }
  const rows = headLines.map((line) => line.split("\t"));
  const row = (key: string): readonly string[] => rows.find(([name]) => name === key) ?? [];
  const rowsOf = (key: string): string[][] => rows.filter(([name]) => name === key);
  const [, operationCount = "", operationLength = ""] = row("operations");
  const [, removedCount = "", removedLength = ""] = row("removed");
  const operationsStart = headEnd + 2;
  const removedStart = operationsStart + Number(operationLength);
  const refusalsStart = removedStart + Number(removedLength);
  const [, refusalsLength] = row("refusals");
  const refusals = refusalsLength === undefined ? null : text.slice(refusalsStart);
  const isWhole = text.length === refusalsStart + Number(refusalsLength ?? 0);
  if (!isWhole || refusals?.startsWith(`${REFUSALS_KIND}\t1\t`) === false) {
    return "it is truncated or was changed";
  }
  return {
    date: row("date")[1] ?? "",
    parts: rowsOf("part").map(([, part = "", source = "", date = ""]) => ({ part, source, date })),
    provenances: rowsOf("provenance").map(([, source = "", date = ""]) => ({ source, date })),
    validators: {
      released: readValidators(row("validator-released")),
      preview: readValidators(row("validator-preview")),
    },
    operationCount: Number(operationCount),
    operations: new SortedLines(text.slice(operationsStart, removedStart)),
    removedCount: Number(removedCount),
    removed: new SortedLines(text.slice(removedStart, refusalsStart)),
    refusals,
  };
}

function encodeLines(
  operations: readonly Operation[],
  provenances: readonly Provenance[],
): { readonly count: number; readonly text: string } {
  const keys = provenances.map(provenanceKey);
  const lines = operations.map((operation) =>
    encodeOperation(operation, keys.indexOf(provenanceKey(operation.provenance))),
  );
  lines.sort(byCodeUnits);
  return { count: lines.length, text: lines.map((line) => `${line}\n`).join("") };
}

/**
 * Returns the distinct provenances in a fixed order, so that the same operations always produce the same
 * bytes.
 */
function distinctProvenances(operations: readonly Operation[]): readonly Provenance[] {
  const byKey = new Map(operations.map(({ provenance }) => [provenanceKey(provenance), provenance]));
  return [...byKey.keys()].sort(byCodeUnits).flatMap((key) => byKey.get(key) ?? []);
}

function provenanceKey({ source, date }: Provenance): string {
  return `${source}\t${date}`;
}

function validatorLine(name: string, { etag, lastModified }: Validators): string {
  return `validator-${name}\t${etag ?? ""}\t${lastModified ?? ""}`;
}

function readValidators([, etag = "", lastModified = ""]: readonly string[]): Validators {
  return { etag: etag === "" ? null : etag, lastModified: lastModified === "" ? null : lastModified };
}

function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
