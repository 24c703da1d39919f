import fc from "fast-check";
import { expect, test } from "vitest";
import { StringFields } from "../../../src/export/page/record-fields.ts";

/** Reads `id` and `end` of a record that lies inside a larger chunk. */
function read(record: string): readonly (string | null)[] {
  const before = Buffer.from('{"id":"before"},');
  const bytes = Buffer.concat([before, Buffer.from(record), Buffer.from(',{"end":"after"}')]);
  const fields = new StringFields(["id", "end"]);
  // Positions found in a previous record must not leak into the next one.
  fields.find(before, 0, before.length);
  fields.find(bytes, before.length, before.length + Buffer.byteLength(record));
  return [0, 1].map((index) =>
    fields.has(index) ? bytes.subarray(fields.from(index), fields.to(index)).toString("utf8") : null,
  );
}

test.each<[string, string, readonly (string | null)[]]>([
  ["both fields", '{"id":"a","end":"b"}', ["a", "b"]],
  ["the fields in reverse order", '{"end":"b","x":1,"id":"a"}', ["a", "b"]],
  ["only one of the fields", '{"id":"a"}', ["a", null]],
  ["no field", "{}", [null, null]],
  ["null in place of a string", '{"id":"a","end":null,"x":"y"}', ["a", null]],
  ["a number in place of a string", '{"id":7,"x":"y"}', [null, null]],
  ["an object in place of a string", '{"id":{"x":"y"},"end":"b"}', [null, "b"]],
  ["a list in place of a string", '{"id":["x","y"],"end":"b"}', [null, "b"]],
  [
    "nested fields of the same names, which are ignored",
    '{"a":{"id":"x"},"b":[{"end":"y"}],"id":"a"}',
    ["a", null],
  ],
  ["values that equal the field names", '{"x":"id","y":"end","end":"b"}', [null, "b"]],
  ["a field name inside a string", '{"x":"\\"id\\":\\"q\\"","id":"a"}', ["a", null]],
  ["a string that ends in backslashes", '{"x":"\\\\","id":"a\\\\"}', ["a\\\\", null]],
  ["braces in strings", '{"x":"}{[","id":"a"}', ["a", null]],
  ["white space between the tokens", '{\n  "id" : "a",\n  "end"\t:\t"b"\n}', ["a", "b"]],
  ["a longer and a shorter field name", '{"ids":"x","i":"y","id":"a"}', ["a", null]],
  ["text beyond ASCII", '{"é😀":"x","id":"é😀"}', ["é😀", null]],
])("reads the strings `id` and `end` of a record with %s", (_what, record, expected) => {
  expect(read(record)).toEqual(expected);
});

test("reads the same `id` and `end` of a record as JSON.parse, whatever else the record contains", () => {
  const value = fc.oneof(fc.constantFrom("x", "2026-10-01T00:00:00.000Z"), fc.jsonValue({ maxDepth: 2 }));
  const anyRecord = fc.dictionary(
    fc.oneof(fc.constantFrom("id", "end"), fc.string({ unit: "grapheme" })),
    value,
  );
  fc.assert(
    fc.property(anyRecord, fc.constantFrom(0, 2), (record, indent) => {
      const expected = ["id", "end"].map((name) => {
        const found = Object.hasOwn(record, name) ? record[name] : null;
        return typeof found === "string" ? JSON.stringify(found).slice(1, -1) : null;
      });
      expect(read(JSON.stringify(record, null, indent))).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
