import { asArray, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { Cell, Flattener, Row } from "../table.ts";
import { textOf } from "./record-text.ts";
import { type FieldColumns, readFields, rowOf, type TablePlan } from "./table-plan.ts";

/** Returns the value of one object's field; undefined when the object lacks it. */
export type FieldOf = (name: string) => unknown;

/** Collects values while a record is read and returns cells that summarize them. */
export interface Summary {
  /** Returns the cells, given the fields of the record itself. */
  cells(fieldOf: FieldOf): readonly Cell[];
}

/** One kind of object in a record. Each object becomes a row. */
export interface RecordTree<Collected extends Summary = Summary> {
  readonly plan: TablePlan;
  /** Fields with a list of objects that have their own rows. */
  readonly lists?: Readonly<Record<string, RecordTree<Collected>>>;
  /** Fields with an object that becomes several rows: one for each of its fields, with name and value. */
  readonly entries?: Readonly<Record<string, TablePlan>>;
  /** Fields with an object whose fields become columns of the same row. */
  readonly objects?: Readonly<Record<string, SharedObject<Collected>>>;
  /** Adds an object of this kind to the summary. */
  collect?(summary: Collected, fieldOf: FieldOf): void;
}

/** An object that shares the row of its parent. */
export interface SharedObject<Collected extends Summary = Summary> {
  readonly columns: FieldColumns;
  readonly lists?: Readonly<Record<string, RecordTree<Collected>>>;
}

/** A record and everything in it. Rows begin with the record's id and the positions of their parents. */
export interface RecordRoot<Collected extends Summary = Summary> extends RecordTree<Collected> {
  /** Field with the record's id. */
  readonly id: string;
  readonly summary: {
    /** Index of the first column for the summary's cells. */
    readonly first: number;
    readonly create: () => Collected;
  };
}

/** Returns whether a flattener was created from a tree. */
export function isTreeFlattener(flattener: Flattener): flattener is TreeFlattener {
  return "root" in flattener;
}

type Emit = (plan: TablePlan, row: Row) => void;

/** A flattener whose records can also be read without parsing them (`RecordReader`). */
export interface TreeFlattener extends Flattener {
  readonly root: RecordRoot;
  /** Plans of the tables, in the order of `tables`. */
  readonly plans: readonly TablePlan[];
}

/** Returns a flattener that turns records into the rows of a tree. */
export function treeFlattener(root: RecordRoot, plans: readonly TablePlan[]): TreeFlattener {
  const positions = new Map(plans.map((plan, index) => [plan, index]));
  return {
    root,
    plans,
    tables: plans.map(({ table }) => table),
    flatten(record, emit) {
      const summary = root.summary.create();
      const key = [asString(record[root.id])];
      const emitPlan: Emit = (plan, row) => emit(positions.get(plan) ?? 0, row);
      const row = rowOf(root.plan, [], record);
      emitChildren(root, key, record, summary, emitPlan);
      const cells = summary.cells((name) => record[name]);
      row.splice(root.summary.first, cells.length, ...cells);
      emitPlan(root.plan, row);
    },
  };
}

function emitItem(tree: RecordTree, key: readonly Cell[], item: unknown, summary: Summary, emit: Emit): void {
  const row = rowOf(tree.plan, key, item);
  const record = asRecord(item);
  tree.collect?.(summary, (name) => record[name]);
  for (const [name, { columns }] of Object.entries(tree.objects ?? {})) {
    const leftovers = readFields(columns, asRecord(record[name]), row);
    if (leftovers !== null) addToExtra(tree.plan, row, record, name, leftovers);
  }
  emit(tree.plan, row);
  emitChildren(tree, key, record, summary, emit);
}

function emitChildren(
  tree: RecordTree,
  key: readonly Cell[],
  record: JsonRecord,
  summary: Summary,
  emit: Emit,
): void {
  for (const [name, plan] of Object.entries(tree.entries ?? {})) {
    for (const [entry, value] of Object.entries(asRecord(record[name]))) {
      emit(plan, rowOf(plan, [...key, entry], { value }));
    }
  }
  emitLists(tree, key, record, summary, emit);
  for (const [name, shared] of Object.entries(tree.objects ?? {})) {
    emitLists(shared, key, asRecord(record[name]), summary, emit);
  }
}

function emitLists(
  { lists = {} }: Pick<RecordTree, "lists">,
  key: readonly Cell[],
  record: JsonRecord,
  summary: Summary,
  emit: Emit,
): void {
  for (const name in lists) {
    const items = asArray(record[name]);
    const tree = lists[name] as RecordTree;
    for (let index = 0; index < items.length; index += 1) {
      emitItem(tree, [...key, index], items[index], summary, emit);
    }
  }
}

/** Merges the unknown fields of an object with those of the object that shares its row. */
function addToExtra(
  { fieldColumns, extra }: TablePlan,
  row: Cell[],
  record: JsonRecord,
  name: string,
  leftovers: JsonRecord,
): void {
  row[extra] = textOf({ ...readFields(fieldColumns, record, row), [name]: leftovers });
}
