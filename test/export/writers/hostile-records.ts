import type { ColumnType } from "../../../src/analytics/table.ts";
import type { RecordTree, SharedObject } from "../../../src/analytics/tables/record-tree.ts";

const TEXTS = [
  '"57c889ec-bbef-4350-bf8b-50b235e8143a"',
  '"voice"',
  '"agent"',
  '""',
  '"7"',
  '"a b"',
  '"a,b"',
  '"a;=b"',
  '"=1+1"',
  '"+4930123"',
  '"-"',
  '"@SUM(A1)"',
  '" =1"',
  '"sep=;"',
  '"ключ"',
  '"é=1"',
  '"\u2028"',
  '"\ufeff=1"',
  '"😀"',
  '"\\u0041"',
  '"\\ud800"',
  '"\\ud83d\\ude00"',
  '"\\udc00x"',
  '"say \\"hi\\""',
  '"back\\\\slash"',
  '"\\/\\b\\f\\n\\r\\t"',
  '"two\\nlines"',
  '"\u007f"',
  '"\\x"',
  '"\\u12"',
  '"\t"',
  '"\u0001"',
  '"1234567890123456"',
];
const INSTANTS = [
  '"2026-10-01T08:15:30.250Z"',
  '"2024-02-29T00:00:00.000Z"',
  '"2026-02-29T00:00:00.000Z"',
  '"2026-10-01T24:00:00.000Z"',
  '"2026-10-01T23:60:00.000Z"',
  '"2026-10-01T08:15:30Z"',
  '"2026-10-01T08:15:30.1234567Z"',
  '"2026-10-01T10:15:30.250+02:00"',
  '"2026-10-01T08:15:30.25xZ"',
  '"2026-10-01 08:15:30.250Z"',
  '"0000-01-01T00:00:00.000Z"',
];
const NUMBERS = [
  ..."0 7 42 -1 -0 00 01 1. .5 - +1 1.0 1.50 -0.0 0.1 1e2 1E-2 1e400 0.0000001 NaN".split(" "),
  ..."2147483647 2147483648 -2147483648 999999999999999 1234567890123456 9007199254740991".split(" "),
  ..."9007199254740993 9223372036854775807 9223372036854775808 -9223372036854775808 1e".split(" "),
  ..."123456789012345678901234567890 1.0592196063837036 123456789012345.678 0.1e1 0x1".split(" "),
];
const LITERALS = ["true", "false", "null", "nul", "True", "undefined"];
const NAMES = [
  "future",
  "10",
  "2",
  "__proto__",
  "toString",
  "ключ",
  "a\\nb",
  "conversationI\\u0064",
  "",
  "01",
];
const SPACES = ["", "", "", "", "", "", " ", "\t", "  "];

/**
 * Generates JSON text of records. Much of it is hostile, and some of it is not valid JSON. The same seed produces the
 * same text.
 */
export class HostileRecords {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** Returns a record that fits a tree. A calm record contains only usual forms. */
  record(tree: RecordTree, isCalm: boolean): string {
    return this.#object(tree, isCalm ? 0 : this.#pick([0.0002, 0.001, 0.01]));
  }

  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  #below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#below(items.length)] as Item;
  }

  #object(tree: RecordTree | SharedObject, hostility: number): string {
    const columns = "plan" in tree ? tree.plan.fieldColumns : tree.columns;
    const fields: string[] = [];
    const add = (name: string, value: string) => fields.push(this.#pair(name, value, hostility));
    if (columns.has("conversationId") && this.#random() >= hostility)
      add("conversationId", this.#random() < hostility ? this.#any(0) : this.#pick(TEXTS.slice(0, 3)));
    for (const [name, { type }] of columns) {
      if (type === "list" || type === "object" || this.#random() < 0.6 || name === "conversationId") continue;
      add(name, this.#random() < hostility ? this.#any(0) : this.#calm(type));
    }
    for (const [name, child] of Object.entries(tree.lists ?? {})) {
      const items = Array.from({ length: this.#below(4) }, () =>
        this.#random() < hostility ? this.#any(0) : this.#object(child, hostility),
      );
      add(name, this.#list(items, hostility));
    }
    if ("plan" in tree) {
      for (const [name, shared] of Object.entries(tree.objects ?? {})) {
        if (this.#random() < 0.5) add(name, this.#object(shared, hostility));
      }
      for (const name of Object.keys(tree.entries ?? {})) {
        const names = Array.from({ length: this.#below(5) }, () =>
          this.#pick([...NAMES, "tier", "language"]),
        );
        const pairs = names.map((each) => this.#pair(each, this.#pick(TEXTS.slice(0, 28)), hostility));
        add(name, `{${pairs.join(",")}}`);
      }
    }
    if (this.#random() < 0.05) add(this.#pick(NAMES.slice(0, 6)), this.#calm("json"));
    if (this.#random() < hostility) add(this.#pick(NAMES), this.#any(0));
    if (this.#random() < hostility) fields.push(this.#pick(fields));
    if (this.#random() < hostility) fields.push(this.#pick(["", ",", "}", "\r", '"x"', '"x":', "7:7"]));
    if (this.#random() < hostility) fields.reverse();
    return `{${this.#space(hostility)}${fields.join(",")}}`;
  }

  #pair(name: string, value: string, hostility: number): string {
    const space = () => this.#space(hostility);
    return `${space()}"${name}"${space()}:${space()}${value}${space()}`;
  }

  #list(items: readonly string[], hostility: number): string {
    return `[${items.map((item) => `${this.#space(hostility)}${item}`).join(",")}]`;
  }

  #space(hostility: number): string {
    return hostility > 0 && this.#random() < 0.1 ? this.#pick(SPACES) : "";
  }

  /** Returns a value of this type in one of its usual forms. */
  #calm(type: ColumnType): string {
    switch (type) {
      case "string":
        return this.#pick(TEXTS.slice(0, 28));
      case "timestamp":
        return this.#pick(INSTANTS.slice(0, 2));
      case "boolean":
        return this.#pick(["true", "false"]);
      case "int32":
        return String(this.#below(2 ** 32) - 2 ** 31);
      case "int64":
        return this.#random() < 0.1 ? "9007199254740993" : String(this.#below(2 ** 45));
      case "double":
        return String(this.#random() * this.#pick([1, 100, 1e9]));
      case "strings":
        return this.#list(
          Array.from({ length: this.#below(4) }, () => this.#calm("string")),
          0,
        );
      case "integers":
        return this.#list(
          Array.from({ length: this.#below(4) }, () => this.#calm("int32")),
          0,
        );
      case "json":
        return `{"b":[${this.#calm("int32")},true,null],"2":${this.#calm("string")},"1":{"é":${this.#calm("double")}}}`;
    }
  }

  /** Returns any value, or text that is not a JSON value. */
  #any(depth: number): string {
    const kind = this.#random();
    if (kind < 0.3) return this.#pick(TEXTS);
    if (kind < 0.5) return this.#pick(NUMBERS);
    if (kind < 0.6) return this.#pick(INSTANTS);
    if (kind < 0.75 || depth > 4) return this.#pick(LITERALS);
    const items = Array.from({ length: this.#below(4) }, () => this.#any(depth + 1));
    if (kind < 0.85) return this.#list(items, 0.02);
    return `{${items.map((item) => this.#pair(this.#pick(NAMES), item, 0.02)).join(",")}}`;
  }
}
