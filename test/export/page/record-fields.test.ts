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
  ["both", '{"id":"a","end":"b"}', ["a", "b"]],
  ["in the other order", '{"end":"b","x":1,"id":"a"}', ["a", "b"]],
  ["one is absent", '{"id":"a"}', ["a", null]],
  ["none in an empty record", "{}", [null, null]],
  ["null is not a string", '{"id":"a","end":null,"x":"y"}', ["a", null]],
  ["a number is not a string", '{"id":7,"x":"y"}', [null, null]],
  ["an object is not a string", '{"id":{"x":"y"},"end":"b"}', [null, "b"]],
  ["a list is not a string", '{"id":["x","y"],"end":"b"}', [null, "b"]],
  ["nested fields do not count", '{"a":{"id":"x"},"b":[{"end":"y"}],"id":"a"}', ["a", null]],
  ["a value that looks like a name", '{"x":"id","y":"end","end":"b"}', [null, "b"]],
  ["a name inside a string", '{"x":"\\"id\\":\\"q\\"","id":"a"}', ["a", null]],
  ["a string that ends in backslashes", '{"x":"\\\\","id":"a\\\\"}', ["a\\\\", null]],
  ["braces in strings", '{"x":"}{[","id":"a"}', ["a", null]],
  ["pretty printed", '{\n  "id" : "a",\n  "end"\t:\t"b"\n}', ["a", "b"]],
  ["a longer and a shorter name", '{"ids":"x","i":"y","id":"a"}', ["a", null]],
  ["text beyond ASCII", '{"é😀":"x","id":"é😀"}', ["é😀", null]],
])("finds `id` and `end` in a record: %s", (_what, record, expected) => {
  expect(read(record)).toEqual(expected);
});

test("finds the same strings as JSON.parse, whatever else a record contains", () => {
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
