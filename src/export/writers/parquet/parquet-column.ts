import type { Cell, Column, ColumnType } from "../../../analytics/table.ts";
import { CELL, type CellTape } from "../../../analytics/tables/bytes/cell-tape.ts";
import { instantMs } from "../../../analytics/tables/instant.ts";
import { NumberList } from "./number-list.ts";
import { type NumberKind, NumberValues, type ParquetNumber } from "./number-values.ts";
import { ParquetBytes } from "./parquet-bytes.ts";
import type { PageTotals, PageWriter } from "./parquet-page.ts";
import { addBits, addLevels, addRepeated, addRun } from "./parquet-runs.ts";
import { TextValues } from "./text-values.ts";

/** Properties of a column in one row group, for the file's footer. */
export interface ColumnSummary extends PageTotals {
  readonly hasDictionary: boolean;
  /** Offset of the data page from the first byte of the column. */
  readonly dataPageAt: number;
  /** Number of values, including absent ones. A list counts one per element, or one if it has no elements. */
  readonly valueCount: number;
  readonly absentCount: number;
  readonly range: readonly [number | bigint, number | bigint] | null;
}

type ParquetValue = string | ParquetNumber;

const QUOTE = 0x22;
const KINDS: Readonly<Record<ColumnType, NumberKind | "text">> = {
  string: "text",
  json: "text",
  boolean: "boolean",
  int32: "int32",
  int64: "int64",
  double: "double",
  timestamp: "instant",
  strings: "text",
  integers: "int64",
};
/** Definition levels for a missing list, an empty list, and an element (elements are never null). */
const NO_LIST = 0;
const EMPTY_LIST = 1;
const ELEMENT = 2;

/** A column that is written row group by row group. Rows without a value need no call and take no space. */
export class ParquetColumn {
  readonly #type: ColumnType;
  readonly #values: TextValues | NumberValues;
  /** Bitmap of the rows that have a value. */
  readonly #present: Uint8Array;
  /** Repetition levels of lists: 0 for an element that begins a row, 1 for one that continues it. */
  readonly #repetitions = new NumberList();
  readonly #definitions = new NumberList();
  #nextRow = 0;

  constructor({ type }: Column, rowsPerGroup: number) {
    this.#type = type;
    const kind = KINDS[type];
    this.#values = kind === "text" ? new TextValues() : new NumberValues(kind);
    this.#present = new Uint8Array(Math.ceil(rowsPerGroup / 8));
  }

  /**
   * Adds the value of a row.
   * @param row index within the row group
   */
  add(row: number, cell: Exclude<Cell, null>): void {
    if (typeof cell === "object") {
      this.#addList(row, cell);
      return;
    }
    this.#markPresent(row);
    this.#addValue(this.#type === "timestamp" ? instantMs(String(cell)) : cell);
  }

  /** Adds the value in a tape's cell. @param row index within the row group */
  addCell(row: number, tape: CellTape, cell: number): void {
    const kind = tape.kinds[cell];
    const from = tape.from[cell] as number;
    if (kind === CELL.value) {
      this.add(row, tape.values[from] as Exclude<Cell, null>);
    } else if (kind === CELL.list && this.#type === "integers") {
      this.#addList(row, JSON.parse(tape.text(cell)) as readonly number[]);
    } else if (kind === CELL.list) {
      this.#addTexts(row, tape, from, tape.to[cell] as number);
    } else {
      this.#markPresent(row);
      const values = this.#values;
      if (values instanceof TextValues) values.addRange(tape.view, from, tape.to[cell] as number);
      else values.add(this.#type === "boolean" ? tape.numbers[cell] === 1 : (tape.numbers[cell] as number));
    }
  }

  /** Ends a row group with this many rows. */
  write(rowCount: number, pages: PageWriter): ColumnSummary {
    const isList = this.#type === "strings" || this.#type === "integers";
    const page = new ParquetBytes();
    if (isList) this.#addListLevels(page, rowCount);
    else addLevels(page, (levels) => this.#addPresence(levels, rowCount));
    const valueCount = isList ? this.#definitions.length : rowCount;
    const { dictionary, bytes, range } = this.#values.encode();
    page.addBytes(bytes);
    const totals: PageTotals = { uncompressed: 0, compressed: 0 };
    if (dictionary !== null) pages.addDictionaryPage(dictionary.bytes, dictionary.count, totals);
    const dataPageAt = totals.compressed;
    pages.addDataPage(page.written, valueCount, dictionary !== null, totals);
    const absentCount = valueCount - this.#values.count;
    this.#clear();
    return { ...totals, hasDictionary: dictionary !== null, dataPageAt, valueCount, absentCount, range };
  }

  #markPresent(row: number): void {
    const byte = row >> 3;
    this.#present[byte] = (this.#present[byte] ?? 0) | (1 << (row & 7));
  }

  #addPresence(levels: ParquetBytes, rowCount: number): void {
    const { count } = this.#values;
    if (count === 0 || count === rowCount) addRepeated(levels, count === 0 ? 0 : 1, rowCount, 1);
    else addBits(levels, this.#present.subarray(0, Math.ceil(rowCount / 8)));
  }

  #addList(row: number, list: readonly ParquetValue[]): void {
    this.#beginList(row, list.length === 0);
    for (const [index, value] of list.entries()) {
      this.#addLevel(index === 0 ? 0 : 1, ELEMENT);
      this.#addValue(value);
    }
  }

  /** Adds a list of strings, passed as JSON text without escaped characters. */
  #addTexts(row: number, { bytes, view }: CellTape, from: number, to: number): void {
    this.#beginList(row, to - from === 2);
    for (let quote = from + 1; quote < to - 1; ) {
      const end = bytes.indexOf(QUOTE, quote + 1);
      this.#addLevel(quote === from + 1 ? 0 : 1, ELEMENT);
      if (this.#values instanceof TextValues) this.#values.addRange(view, quote + 1, end);
      // Skips the comma or closing bracket that follows this quote.
      quote = end + 2;
    }
  }

  #beginList(row: number, isEmpty: boolean): void {
    this.#skipTo(row);
    this.#nextRow = row + 1;
    if (isEmpty) this.#addLevel(0, EMPTY_LIST);
  }

  #addValue(value: ParquetValue): void {
    const values = this.#values;
    if (!(values instanceof TextValues)) values.add(value as ParquetNumber);
    else values.add(value as string);
  }

  #addListLevels(page: ParquetBytes, rowCount: number): void {
    this.#skipTo(rowCount);
    addLevels(page, (levels) => addRun(levels, this.#repetitions.numbers, 1));
    addLevels(page, (levels) => addRun(levels, this.#definitions.numbers, 2));
  }

  #skipTo(row: number): void {
    for (; this.#nextRow < row; this.#nextRow += 1) this.#addLevel(0, NO_LIST);
  }

  #addLevel(repetition: number, definition: number): void {
    this.#repetitions.push(repetition);
    this.#definitions.push(definition);
  }

  #clear(): void {
    this.#values.clear();
    this.#present.fill(0);
    this.#repetitions.clear();
    this.#definitions.clear();
    this.#nextRow = 0;
  }
}
