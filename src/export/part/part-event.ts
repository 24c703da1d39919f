import type { Interval } from "../../analytics/interval.ts";
import { asRecord, asString } from "../../core/json.ts";
import {
  isFileName,
  isFlag,
  isNumber,
  isOf,
  isText,
  listOf,
  orAbsent,
  orNull,
  recordOf,
  type Shape,
} from "../files/shape.ts";
import type { PartFile } from "../files/written-file.ts";

/** An event of a part; the journal has one per line, in the order they became durable. */
export type PartEvent =
  | { readonly kind: "begun"; readonly run: number; readonly interval: Interval | null }
  | { readonly kind: "submitted"; readonly job: string }
  /** The job is no longer needed and can be deleted on the server. */
  | { readonly kind: "released"; readonly job: string }
  | { readonly kind: "deleted"; readonly job: string }
  | {
      readonly kind: "page";
      /** Cursor of this page; null for the first page. */
      readonly cursor: string | null;
      /** Cursor of the next page; null after the last page. */
      readonly next: string | null;
      /** False only for a last page, if records moved to another page while the part was read. */
      readonly isSettled: boolean;
      /** Size of the spool including this page, in bytes. */
      readonly bytes: number;
      readonly records: number;
      readonly duplicates: number;
      readonly elsewhere: number;
      readonly correlationId: string | null;
      /** CRC-32 of the spool up to here; absent in journals of earlier versions. */
      readonly crc32?: number;
    }
  | { readonly kind: "restarted"; readonly reason: string }
  /** The part exceeds a limit of the platform and is restarted in this many pieces. */
  | { readonly kind: "divided"; readonly pieces: number; readonly reason: string }
  | {
      readonly kind: "fetched";
      readonly open: readonly string[];
      readonly isConfirmed: boolean;
    }
  | { readonly kind: "converted"; readonly files: readonly PartFile[] }
  /** The files were read back and renamed to their final names. Earlier versions omit these fields. */
  | { readonly kind: "placed"; readonly owner?: number; readonly seals?: readonly string[] }
  /** The files are unchanged but their seals differ, for example after a copy. */
  | { readonly kind: "sealed"; readonly seals: readonly string[] }
  | {
      readonly kind: "refused";
      readonly code: string;
      readonly message: string;
      readonly correlationId: string | null;
    };

const INTERVAL: Shape = { startMs: isNumber, endMs: isNumber };
const FILE: Shape = { table: isFileName, bytes: isNumber, rows: isNumber, sha256: isText };

const SHAPES: ReadonlyMap<string, Shape> = new Map<PartEvent["kind"], Shape>([
  ["begun", { run: isNumber, interval: orNull(recordOf(INTERVAL)) }],
  ["submitted", { job: isText }],
  ["released", { job: isText }],
  ["deleted", { job: isText }],
  [
    "page",
    {
      cursor: orNull(isText),
      next: orNull(isText),
      isSettled: isFlag,
      bytes: isNumber,
      records: isNumber,
      duplicates: isNumber,
      elsewhere: isNumber,
      correlationId: orNull(isText),
      crc32: orAbsent(isNumber),
    },
  ],
  ["restarted", { reason: isText }],
  ["divided", { pieces: isNumber, reason: isText }],
  ["fetched", { open: listOf(isText), isConfirmed: isFlag }],
  ["converted", { files: listOf(recordOf(FILE)) }],
  ["placed", { owner: orAbsent(isNumber), seals: orAbsent(listOf(isText)) }],
  ["sealed", { seals: listOf(isText) }],
  ["refused", { code: isText, message: isText, correlationId: orNull(isText) }],
]);

/** Returns whether a line of a journal is an event. */
export function isPartEvent(value: unknown): value is PartEvent {
  const shape = SHAPES.get(asString(asRecord(value)["kind"]) ?? "");
  return shape !== undefined && isOf(shape, value);
}
