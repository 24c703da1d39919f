import type { ColumnType } from "../../table.ts";
import type { RecordTree, SharedObject } from "../record-tree.ts";
import type { FieldColumns, TablePlan } from "../table-plan.ts";
import { RowCells } from "./row-cells.ts";

/** How a field's value is read. */
export type ReadingKind = ColumnType | "rows" | "entries" | "shared";

/** A known field of one kind of object. */
export interface Field {
  readonly name: Buffer;
  readonly kind: ReadingKind;
  readonly column: number;
  /** Shape of the objects in the field; null for a field with a column. */
  readonly shape: ObjectShape | null;
  /**
   * The field that followed this one in the latest object. Services write the fields of all objects in the same
   * order.
   */
  next: Field | null;
  /** Number of the latest object that contained the field. */
  seenIn: number;
}

/** Number of slots, several times the largest object's number of fields. */
const SLOTS = 1024;
const QUOTE = 0x22;

/** One kind of object: its known fields, looked up by the bytes of their names, and the cells of its row. */
export class ObjectShape {
  /** Index of the table for the object's rows. */
  readonly table: number;
  readonly row: RowCells;
  /** Plan of the object's table; null for an object that shares a row. */
  readonly plan: TablePlan | null;
  readonly collect: RecordTree["collect"];
  /** A placeholder whose `next` is the first field of an object. */
  readonly first: Field;
  readonly #slots: (Field | null)[] = new Array(SLOTS).fill(null);
  readonly #columns: FieldColumns;

  /** Creates the shape for the objects of a tree, and the shapes for all objects in them. */
  constructor(
    tree: RecordTree | SharedObject,
    plans: readonly TablePlan[],
    parentRow: RowCells | null = null,
  ) {
    const plan = "plan" in tree ? tree.plan : null;
    this.row = parentRow ?? new RowCells(plan?.blank.length ?? 0);
    this.plan = plan;
    this.table = plan === null ? -1 : plans.indexOf(plan);
    this.collect = "plan" in tree ? tree.collect : undefined;
    this.#columns = plan?.fieldColumns ?? (tree as SharedObject).columns;
    this.first = { name: Buffer.alloc(0), kind: "json", column: -1, shape: null, next: null, seenIn: 0 };
    for (const [name, { column, type }] of this.#columns) {
      if (type !== "list" && type !== "object") this.#add(name, type, column, null);
    }
    for (const [name, child] of Object.entries(tree.lists ?? {})) {
      this.#add(name, "rows", -1, new ObjectShape(child, plans));
    }
    if (!("plan" in tree)) return;
    for (const [name, shared] of Object.entries(tree.objects ?? {})) {
      this.#add(name, "shared", -1, new ObjectShape(shared, plans, this.row));
    }
    for (const [name, entries] of Object.entries(tree.entries ?? {})) {
      this.#add(name, "entries", -1, new ObjectShape({ plan: entries }, plans));
    }
  }

  /** Returns the column of a field; -1 when it has none. */
  columnOf(name: string): number {
    return this.#columns.get(name)?.column ?? -1;
  }

  /** Returns the field whose name is between two quotes; null for an unknown one. */
  find(bytes: Uint8Array, from: number, to: number): Field | null {
    for (let slot = slotOf(bytes, from, to); ; slot = (slot + 1) % SLOTS) {
      const field = this.#slots[slot] ?? null;
      if (field === null || (field.name.length === to - from && endOf(field.name, bytes, from) === to)) {
        return field;
      }
    }
  }

  #add(text: string, kind: ReadingKind, column: number, shape: ObjectShape | null): void {
    const name = Buffer.from(text);
    let slot = slotOf(name, 0, name.length);
    while (this.#slots[slot] !== null) slot = (slot + 1) % SLOTS;
    this.#slots[slot] = { name, kind, column, shape, next: null, seenIn: 0 };
  }
}

/** Returns the index of the quote that ends this name at `from`; -1 when the bytes contain another name. */
export function endOf(name: Uint8Array, bytes: Uint8Array, from: number): number {
  const { length } = name;
  for (let index = 0; index < length; index += 1) if (bytes[from + index] !== name[index]) return -1;
  return bytes[from + length] === QUOTE ? from + length : -1;
}

function slotOf(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length === 0) return 0;
  const middle = bytes[from + (length >> 1)] as number;
  return (length * 31 + (bytes[from] as number) * 7 + (bytes[to - 1] as number) * 13 + middle * 3) % SLOTS;
}
