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

/** What happened to a part, one line each, in the order it became durable. */
export type PartEvent =
  | { readonly kind: "begun"; readonly run: number; readonly interval: Interval | null }
  | { readonly kind: "submitted"; readonly job: string }
  /** The job is of no use any more and can be deleted at the service. */
  | { readonly kind: "released"; readonly job: string }
  | { readonly kind: "deleted"; readonly job: string }
  | {
      readonly kind: "page";
      /** Where this page was; null for the first. */
      readonly cursor: string | null;
      /** Where the next page is; null after the last. */
      readonly next: string | null;
      /** False for a last page with which something has moved while the part was read. */
      readonly isSettled: boolean;
      /** Size of the spool with this page. */
      readonly bytes: number;
      readonly records: number;
      readonly duplicates: number;
      readonly elsewhere: number;
      readonly correlationId: string | null;
      /** SHA-256 of the spool up to here, in hexadecimal; absent in journals of an earlier version. */
      readonly sha256?: string;
    }
  | { readonly kind: "restarted"; readonly reason: string }
  | {
      readonly kind: "fetched";
      readonly sha256: string;
      readonly open: readonly string[];
      readonly isConfirmed: boolean;
    }
  | { readonly kind: "converted"; readonly files: readonly PartFile[] }
  /** The files have their names, and were read back; absent fields are of an earlier version. */
  | { readonly kind: "placed"; readonly owner?: number; readonly seals?: readonly string[] }
  /** The files were found as they were placed, under other seals, as after they were copied. */
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
      sha256: orAbsent(isText),
    },
  ],
  ["restarted", { reason: isText }],
  ["fetched", { sha256: isText, open: listOf(isText), isConfirmed: isFlag }],
  ["converted", { files: listOf(recordOf(FILE)) }],
  ["placed", { owner: orAbsent(isNumber), seals: orAbsent(listOf(isText)) }],
  ["sealed", { seals: listOf(isText) }],
  ["refused", { code: isText, message: isText, correlationId: orNull(isText) }],
]);

/** Whether a line of a journal is an event. */
export function isPartEvent(value: unknown): value is PartEvent {
  const shape = SHAPES.get(asString(asRecord(value)["kind"]) ?? "");
  return shape !== undefined && isOf(shape, value);
}
