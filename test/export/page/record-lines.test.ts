import fc from "fast-check";
import { expect, test } from "vitest";
import { breakLines, takeKept } from "../../../src/export/page/record-lines.ts";

/** Formats records as lines. In the chunk, they are separated by commas and surrounded by other bytes. */
function linesOf(...records: readonly string[]): string {
  const bytes = Buffer.from(`[\n${records.join(",")},\n]`);
  let end = 1;
  const ends = Int32Array.from(records, (record) => {
    end += Buffer.byteLength(record) + 1;
    return end;
  });
  breakLines(bytes, 2, ends, records.length);
  expect(
    [bytes.subarray(0, 2), bytes.subarray(end)].map(String),
    "bytes around the records stay unchanged",
  ).toEqual(["[\n", ",\n]"]);
  return bytes.subarray(2, end).toString("utf8");
}

test("writes each record as a line", () => {
  expect(linesOf('{"a":1}')).toBe('{"a":1}');
  expect(linesOf('{"a":1}', '{"é":"😀,"}', "{}")).toBe('{"a":1}\n{"é":"😀,"}\n{}');
});

test("turns line breaks between the tokens of a record into spaces", () => {
  expect(linesOf('{\r\n  "a": 1\n}', "{}")).toBe('{    "a": 1 }\n{}');
  expect(linesOf("{}", "{\r}")).toBe("{}\n{ }");
});

test("writes any record as one line with the same meaning", () => {
  const record = fc
    .tuple(fc.jsonValue(), fc.constantFrom(undefined, 2, "\t"))
    .map(([value, indent]) => JSON.stringify({ value }, null, indent));
  fc.assert(
    fc.property(fc.array(record, { minLength: 1 }), (records) => {
      const lines = linesOf(...records).split("\n");
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
        records.map((text) => JSON.parse(text) as unknown),
      );
    }),
  );
});

test("passes on the kept records of a page completely and in order, with one piece per run of adjacent records", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ text: fc.constantFrom("{}", "<a>", "<bcd>"), isKept: fc.boolean() }), {
        minLength: 1,
      }),
      (records) => {
        const text = `[${records.map((record) => record.text).join("|")}]`;
        let end = 0;
        const ends = Int32Array.from(records, (record) => {
          end += record.text.length + 1;
          return end;
        });
        const asked: string[] = [];
        const pieces: string[] = [];
        takeKept(
          1,
          ends,
          records.length,
          (from, to) => records[asked.push(text.slice(from, to)) - 1]?.isKept === true,
          (from, to) => pieces.push(text.slice(from, to)),
        );
        expect(asked).toEqual(records.map((record) => record.text));
        const kept = records.map((record) => (record.isKept ? record.text : " ")).join("|");
        expect(pieces).toEqual(kept.split(/(?:^|\|)(?: (?:\||$))+/).filter((piece) => piece !== ""));
      },
    ),
  );
});
