import { textOf } from "../record-text.ts";
import type { FieldOf, Summary, TreeFlattener } from "../record-tree.ts";
import { rowOf } from "../table-plan.ts";
import { CellReader, parsed } from "./cell-reader.ts";
import { CellTape } from "./cell-tape.ts";
import { isDigit, JsonBytes, TEXT } from "./json-bytes.ts";
import { endOf, type Field, ObjectShape } from "./object-shape.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const LOWER_N = 0x6e;
/** Maximum number of names among which a linear search is fast. */
const MOST_NAMES = 200;

/**
 * Reads the rows of a record from its bytes, without parsing it. Nearly all cells are copied from the record
 * unchanged, so JSON.parse would create many objects and strings only to discard them. Reads the usual forms of
 * JSON. The flattener of the same tree handles any other record and produces the same rows.
 */
export class RecordReader {
  readonly tape = new CellTape();
  readonly #json = new JsonBytes();
  readonly #cells = new CellReader(this.#json);
  readonly #root: ObjectShape;
  readonly #idColumn: number;
  readonly #createSummary: () => Summary;
  readonly #firstOfSummary: number;
  #bytes: Buffer = Buffer.alloc(0);
  #summary: Summary;
  /** Positions of the item that is being read and of its parents in their lists. */
  readonly #positions: number[] = [];
  /** Number of objects so far. */
  #objects = 0;
  /** Shape whose fields `#fieldOf` returns. */
  #shape: ObjectShape;
  readonly #fieldOf: FieldOf = (name) => this.#shape.row.valueOf(this.#shape.columnOf(name), this.#bytes);

  constructor({ root, plans }: TreeFlattener) {
    this.#root = new ObjectShape(root, plans);
    this.#shape = this.#root;
    this.#idColumn = this.#root.columnOf(root.id);
    this.#createSummary = root.summary.create;
    this.#firstOfSummary = root.summary.first;
    this.#summary = root.summary.create();
  }

  /**
   * Reads the record in `bytes[start..end)`, which is followed by a line feed.
   * @returns false when the record must be parsed; `tape` then contains nothing useful
   */
  read(bytes: Buffer, start: number, end: number): boolean {
    const json = this.#json;
    this.#bytes = bytes;
    this.tape.clear(bytes);
    this.#summary = this.#createSummary();
    this.#positions.length = 0;
    const { row, table } = this.#root;
    row.clear();
    const at = json.skipSpace(bytes, start);
    if (bytes[at] !== OPEN_BRACE) return false;
    const after = this.#object(this.#root, at + 1);
    if (after < 0 || json.skipSpace(bytes, after) !== end) return false;
    this.#shape = this.#root;
    for (const [index, cell] of this.#summary.cells(this.#fieldOf).entries()) {
      row.setValue(this.#firstOfSummary + index, cell);
    }
    row.appendTo(this.tape, table);
    return true;
  }

  /** Reads the fields of an object from the byte after its brace. */
  #object(shape: ObjectShape, from: number): number {
    const bytes = this.#bytes;
    const json = this.#json;
    this.#objects += 1;
    const object = this.#objects;
    let leftovers: Record<string, unknown> | null = null;
    let previous = shape.first;
    let at = json.skipSpace(bytes, from);
    if (bytes[at] === CLOSE_BRACE) return at + 1;
    for (;;) {
      if (bytes[at] !== QUOTE) return -1;
      const name = at + 1;
      let field = previous.next;
      let quote = field === null ? -1 : endOf(field.name, bytes, name);
      if (quote < 0) {
        quote = json.string(bytes, name);
        if (quote < 0 || (json.bits & TEXT.escapes) !== 0) return -1;
        field = shape.find(bytes, name, quote);
        if (field !== null) previous.next = field;
      }
      at = json.colon(bytes, quote + 1);
      if (at < 0) return -1;
      if (field === null) {
        const end = json.value(bytes, at);
        if (end < 0 || shape.plan === null) return -1;
        // An object without a prototype can have a field called `__proto__`.
        leftovers ??= Object.create(null) as Record<string, unknown>;
        const value = parsed(bytes, at, end);
        if (value === undefined) return -1;
        leftovers[bytes.toString("utf8", name, quote)] = value;
        at = end;
      } else {
        // JSON.parse uses the last of several fields with the same name, so this record must be parsed.
        if (field.seenIn === object) return -1;
        field.seenIn = object;
        previous = field;
        at = bytes[at] === LOWER_N ? json.literal(bytes, at) : this.#field(shape, field, at);
        if (at < 0) return -1;
      }
      at = json.skipSpace(bytes, at);
      if (bytes[at] === CLOSE_BRACE) break;
      if (bytes[at] !== COMMA) return -1;
      at = json.skipSpace(bytes, at + 1);
    }
    if (leftovers !== null) shape.row.setValue(shape.plan?.extra ?? 0, textOf(leftovers));
    return at + 1;
  }

  /** Reads the value of a known field, which is not null. */
  #field(shape: ObjectShape, { kind, column, shape: inner }: Field, at: number): number {
    const bytes = this.#bytes;
    switch (kind) {
      case "rows":
        return inner !== null && bytes[at] === OPEN_BRACKET ? this.#list(inner, at + 1) : -1;
      case "shared":
        return inner !== null && bytes[at] === OPEN_BRACE ? this.#object(inner, at + 1) : -1;
      case "entries":
        return inner !== null && bytes[at] === OPEN_BRACE ? this.#entries(inner, at) : -1;
      default:
        return this.#cells.read(bytes, at, kind, shape.row, column);
    }
  }

  /** Reads the objects of a list, each of which is a row, from the byte after its bracket. */
  #list(shape: ObjectShape, from: number): number {
    const bytes = this.#bytes;
    const json = this.#json;
    const positions = this.#positions;
    let at = json.skipSpace(bytes, from);
    if (bytes[at] === CLOSE_BRACKET) return at + 1;
    const depth = positions.length;
    for (let index = 0; ; index += 1) {
      positions[depth] = index;
      if (bytes[at] !== OPEN_BRACE || !this.#begin(shape)) return -1;
      at = this.#object(shape, at + 1);
      if (at < 0) return -1;
      if (shape.collect !== undefined) {
        this.#shape = shape;
        shape.collect(this.#summary, this.#fieldOf);
      }
      shape.row.appendTo(this.tape, shape.table);
      at = json.skipSpace(bytes, at);
      if (bytes[at] === CLOSE_BRACKET) break;
      if (bytes[at] !== COMMA) return -1;
      at = json.skipSpace(bytes, at + 1);
    }
    positions.length = depth;
    return at + 1;
  }

  /** Begins a row with the record's id and the positions. Returns false when the id has not been read yet. */
  #begin({ row }: ObjectShape): boolean {
    row.clear();
    if (!this.#root.row.hasText(this.#idColumn)) return false;
    this.#root.row.copyText(this.#idColumn, row, 0);
    for (let depth = 0; depth < this.#positions.length; depth += 1) {
      row.setBare(depth + 1, this.#positions[depth] as number);
    }
    return true;
  }

  /** Adds a row for each field of the object that begins at `at`. */
  #entries(shape: ObjectShape, at: number): number {
    const rows = this.tape.rows;
    const { cells } = this.tape;
    const end = this.#plainEntries(shape, at);
    if (end >= 0) return end;
    this.tape.rows = rows;
    this.tape.cells = cells;
    return this.#parsedEntries(shape, at);
  }

  /**
   * Adds entries with text. Returns -1 for other values, for repeated names, and for names that JSON.parse may
   * reorder.
   */
  #plainEntries(shape: ObjectShape, from: number): number {
    const bytes = this.#bytes;
    const json = this.#json;
    const names: string[] = [];
    const nameColumn = this.#positions.length + 1;
    let at = json.skipSpace(bytes, from + 1);
    if (bytes[at] === CLOSE_BRACE) return at + 1;
    for (;;) {
      const name = at + 1;
      if (bytes[at] !== QUOTE || !this.#begin(shape)) return -1;
      // JSON.parse moves names that are integers to the front. Only the first name of an object is certain to stay
      // where it is.
      if (names.length > 0 && isDigit(bytes[name])) return -1;
      at = this.#cells.string(bytes, name, shape.row, nameColumn);
      if (at < 0) return -1;
      const text = String(shape.row.valueOf(nameColumn, bytes));
      if (names.includes(text) || names.length === MOST_NAMES) return -1;
      names.push(text);
      at = json.colon(bytes, at);
      if (at < 0) return -1;
      if (bytes[at] === QUOTE) at = this.#cells.string(bytes, at + 1, shape.row, nameColumn + 1);
      else at = bytes[at] === LOWER_N ? json.literal(bytes, at) : -1;
      if (at < 0) return -1;
      shape.row.appendTo(this.tape, shape.table);
      at = json.skipSpace(bytes, at);
      if (bytes[at] === CLOSE_BRACE) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = json.skipSpace(bytes, at + 1);
    }
  }

  #parsedEntries(shape: ObjectShape, at: number): number {
    const end = this.#json.value(this.#bytes, at);
    const value = end < 0 ? undefined : parsed(this.#bytes, at, end);
    if (value === undefined || shape.plan === null) return -1;
    for (const [name, item] of Object.entries(value as object)) {
      if (!this.#begin(shape)) return -1;
      shape.row.setValue(this.#positions.length + 1, name);
      for (const [column, cell] of rowOf(shape.plan, [], { value: item }).entries()) {
        if (cell !== null) shape.row.setValue(column, cell);
      }
      shape.row.appendTo(this.tape, shape.table);
    }
    return end;
  }
}
