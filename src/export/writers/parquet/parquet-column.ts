import type { Cell, Column, ColumnType } from "../../../analytics/table.ts";
import { CELL, type CellTape } from "../../../analytics/tables/bytes/cell-tape.ts";
import { instantMs } from "../../../analytics/tables/instant.ts";
import { NumberList } from "./number-list.ts";
import { ParquetBytes } from "./parquet-bytes.ts";
import type { PageTotals, PageWriter } from "./parquet-page.ts";
import { addBits, addLevels, addRepeated, addRun } from "./parquet-runs.ts";
import { type ParquetValue, ParquetValues, type ValueKind } from "./parquet-values.ts";

/** Properties of a column in one row group, for the file's footer. */
export interface ColumnSummary extends PageTotals {
  readonly hasDictionary: boolean;
  /** Offset of the data page from the first byte of the column. */
  readonly dataPageAt: number;
  /** Number of values, including absent ones; for lists, one per element and one per list without elements. */
  readonly valueCount: number;
  readonly absentCount: number;
  readonly range: readonly [number | bigint, number | bigint] | null;
}

const KINDS: Readonly<Record<ColumnType, ValueKind>> = {
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
/** Definition levels of a missing list, an empty one, and one with elements (which are never absent). */
const NO_LIST = 0;
const EMPTY_LIST = 1;
const ELEMENT = 2;

/** A column, written row group by row group. Rows without a value need no call and take no space. */
export class ParquetColumn {
  readonly #type: ColumnType;
  readonly #values: ParquetValues;
  /** Bitmap of the rows that have a value. */
  readonly #present: Uint8Array;
  /**
   * Repetition and definition levels of lists: whether an element begins a row (0) or continues it (1), and its
   * kind.
   */
  readonly #repetitions = new NumberList();
  readonly #definitions = new NumberList();
  #nextRow = 0;

  constructor({ type }: Column, rowsPerGroup: number) {
    this.#type = type;
    this.#values = new ParquetValues(KINDS[type]);
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
    this.#values.add(this.#type === "timestamp" ? instantMs(String(cell)) : cell);
  }

  /** Adds the value of a cell of a tape. @param row index within the row group */
  addCell(row: number, tape: CellTape, cell: number): void {
    switch (tape.kinds[cell]) {
      case CELL.value:
        this.add(row, tape.values[tape.from[cell] as number] as Exclude<Cell, null>);
        break;
      case CELL.list:
        this.add(row, JSON.parse(tape.text(cell)) as readonly ParquetValue[] as Exclude<Cell, null>);
        break;
      case CELL.plain:
      case CELL.text:
        this.add(row, tape.text(cell));
        break;
      default: {
        const number = tape.numbers[cell] as number;
        this.#markPresent(row);
        this.#values.add(this.#type === "boolean" ? number === 1 : number);
      }
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
    this.#skipTo(row);
    this.#nextRow = row + 1;
    if (list.length === 0) this.#addLevel(0, EMPTY_LIST);
    for (const [index, value] of list.entries()) {
      this.#addLevel(index === 0 ? 0 : 1, ELEMENT);
      this.#values.add(value);
    }
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
