import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonRecord } from "../../../src/core/json.ts";
import {
  BrokenPage,
  createPageScanner,
  OversizedPage,
  type PageEnvelope,
} from "../../../src/export/page/page-scanner.ts";
import { RecordEndFinder } from "../../../src/export/page/record-ends.ts";
import { takeTexts } from "./take-texts.ts";

const finder = new RecordEndFinder();

/** Scans a page that arrives in these chunks. Returns the text of each record, and the rest of the page. */
function scan(
  chunks: readonly Uint8Array[],
  itemsKey = "conversations",
): { readonly records: readonly string[]; readonly envelope: PageEnvelope } {
  const records: string[] = [];
  const scanner = createPageScanner(
    itemsKey,
    takeTexts((record) => records.push(record)),
    finder,
  );
  for (const chunk of chunks) scanner.push(chunk);
  return { records, envelope: scanner.end() };
}

/** Cuts bytes at these positions, given as fractions of their length. */
function cutAt(bytes: Uint8Array, fractions: readonly number[]): readonly Uint8Array[] {
  const places = [0, ...fractions.map((each) => Math.floor(each * bytes.length)), bytes.length].toSorted(
    (a, b) => a - b,
  );
  return places.slice(1).map((place, index) => bytes.slice(places[index], place));
}

const scanText = (text: string, itemsKey?: string) => scan([Buffer.from(text)], itemsKey);

/** Generates text full of quotes, backslashes and braces. */
const awkward = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom('"', "\\", "\\\\", "{", "}", "[", "]", ",", ":", "conversations", "\n", "é", "😀"))
    .map((parts) => parts.join("")),
);
const space = fc.constantFrom("", " ", "\n", "\r\n  ", "\t");

/** Generates a JSON value as text, with white space anywhere, numbers beyond 2^53 and duplicate keys. */
const { value: jsonText } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom("null", "true", "0", "-0", "9007199254740993", "1.50", "1e400", "[]", "{}"),
    awkward.map((text) => JSON.stringify(text)),
    fc
      .array(fc.tuple(space, tie("value"), space), { maxLength: 3 })
      .map((items) => `[${items.map((item) => item.join("")).join(",")}]`),
    fields(tie("value")),
  ),
}));

function fields(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const key = fc.oneof(fc.constantFrom("conversations", "id", "id", "cursor"), awkward);
  return fc
    .array(
      fc.tuple(
        space,
        key.map((name) => JSON.stringify(name)),
        space,
        space,
        value,
      ),
      { maxLength: 4 },
    )
    .map((items) => `{${items.map(([a, name, b, c, text]) => `${a}${name}${b}:${c}${text}${a}`).join(",")}}`);
}

const record = fields(jsonText);

/** Generates the fields around the records. They have any key except the records' key. */
const besides = fc.array(
  fc
    .tuple(
      awkward.filter((name) => name !== "conversations" && name !== "__proto__"),
      fc.oneof(jsonText, fc.constant('"conversations"'), fc.constant('{"conversations":[{"id":1}]}')),
    )
    .map(([name, text]) => `${JSON.stringify(name)}:${text}`),
  { maxLength: 3 },
);

const page = fc
  .record({ before: besides, records: fc.array(record, { maxLength: 5 }), after: besides, gap: space })
  .map(({ before, records, after, gap }) => ({
    records,
    text: `${gap}{${[...before, `"conversations"${gap}:${gap}[${gap}${records.join(`${gap},${gap}`)}${gap}]`, ...after].join(`${gap},${gap}`)}}${gap}`,
  }));

describe("a scanned page, split anywhere", () => {
  test("yields exactly the bytes of its records and the rest unchanged", () => {
    fc.assert(
      fc.property(page, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), ({ text, records }, cuts) => {
        const { records: found, envelope } = scan(cutAt(Buffer.from(text), cuts));
        expect(found).toEqual(records);
        expect(envelope.records).toBe(records.length);
        const { conversations, ...others } = JSON.parse(text) as JsonRecord;
        expect(conversations).toHaveLength(records.length);
        expect(envelope.fields).toEqual(others);
      }),
      { numRuns: 500 },
    );
  });

  test("yields the same records when it arrives byte by byte", () => {
    fc.assert(
      fc.property(page, ({ text, records }) => {
        const bytes = Buffer.from(text);
        expect(scan([...bytes].map((byte) => Uint8Array.of(byte))).records).toEqual(records);
      }),
    );
  });

  test("is refused when its end is missing", () => {
    fc.assert(
      fc.property(
        page,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        ({ text }, portion) => {
          const whole = Buffer.from(text.trimEnd());
          const part = whole.subarray(0, Math.floor(portion * whole.length));
          expect(() => scan([part])).toThrow(BrokenPage);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("is refused when anything follows its end", () => {
    fc.assert(
      fc.property(page, fc.constantFrom("}", "]", "{", "{}", "0", '"', "x", ",", "\0"), ({ text }, more) => {
        expect(() => scan([Buffer.from(text), Buffer.from(more)])).toThrow(BrokenPage);
      }),
    );
  });
});

test("the page scanner refuses every truncation of a page", () => {
  const text =
    '{"cursor":"a\\"b\\\\","conversations":[ {"id":"x\\\\\\"{","n":9007199254740993,"a":[{"b":"]"}]} , {} ],"total":2}';
  const bytes = Buffer.from(text);
  for (let length = 0; length < bytes.length; length += 1) {
    expect(() => scan([bytes.subarray(0, length)]), `the first ${length} bytes`).toThrow(BrokenPage);
  }
  expect(scan([bytes]).records).toEqual(['{"id":"x\\\\\\"{","n":9007199254740993,"a":[{"b":"]"}]}', "{}"]);
});

test.each([
  ["their key is the first field", '{"conversations":[{"id":1}],"cursor":"c"}', ['{"id":1}']],
  ["their key is the last field", '{"cursor":"c","conversations":[{"id":1}]}', ['{"id":1}']],
  [
    "their key is also a value of an earlier field",
    '{"cursor":"conversations","conversations":[{"id":1}]}',
    ['{"id":1}'],
  ],
  ["their key is only a value", '{"cursor":"conversations","other":[{"id":1}]}', []],
  ["their key is only inside another field", '{"other":{"conversations":[{"id":1}]}}', []],
  [
    "their key is also inside a record",
    '{"conversations":[{"conversations":[{"id":1}]}]}',
    ['{"conversations":[{"id":1}]}'],
  ],
  ["the list is empty", '{"conversations":[]}', []],
  ["the page is an empty object", "{}", []],
  ["the page reports no records and has no list", '{"totalHits":0,"pageCount":0}', []],
  ["the page begins with a byte order mark", '\uFEFF{"conversations":[{"id":1}]}', ['{"id":1}']],
  ["a record has a duplicate key", '{"conversations":[{"id":1,"id":2}]}', ['{"id":1,"id":2}']],
])("the page scanner finds the records: %s", (_what, text, records) => {
  expect(scanText(text).records).toEqual(records);
  expect(scan([...Buffer.from(text)].map((byte) => Uint8Array.of(byte))).records).toEqual(records);
});

test.each([
  ["a number among the records", '{"conversations":[{"id":1},0]}'],
  ["a string among the records", '{"conversations":["x"]}'],
  ["null among the records", '{"conversations":[null,{"id":1}]}'],
  ["a list among the records", '{"conversations":[[{"id":1}]]}'],
  ["an empty list among the records", '{"conversations":[[]]}'],
  ["an object in place of the records", '{"conversations":{"id":{"a":1}}}'],
  ["a number in place of the records", '{"conversations":1}'],
  ["null in place of the records", '{"conversations":null}'],
  ["a page that reports records but has none", '{"total":30,"pageCount":1}'],
  ["a page of hits without the hits", '{"totalHits":7}'],
  ["an error with status 200", '{"message":"maintenance","status":503}'],
  ["two lists of records", '{"conversations":[{"id":1}],"conversations":[{"id":2}]}'],
  ["a key of the records that is written with an escape", '{"\\u0063onversations":[{"id":1}]}'],
  ["no comma between two records", '{"conversations":[{"id":1}{"id":2}]}'],
  ["a stray character before a record", '{"conversations":[-{"id":1}]}'],
  ["a trailing comma", '{"conversations":[{"id":1},]}'],
  ["an empty text", ""],
  ["white space only", " \n"],
  ["a list", '[{"conversations":[]}]'],
  ["an HTML page", "<html>503</html>"],
  ["two pages in a row", '{"conversations":[]}{"conversations":[]}'],
  ["a page without an end", `{"a":"${"x".repeat(5_000_000)}`],
])("the page scanner refuses %s", (_what, text) => {
  expect(() => scanText(text)).toThrow(BrokenPage);
});

test("the page scanner refuses a key that is not UTF-8, because it could be the key of the records", () => {
  const page = Buffer.concat([Buffer.from('{"'), Buffer.of(0xff), Buffer.from('conversations":[{"id":1}]}')]);
  expect(() => scan([page])).toThrow(BrokenPage);
});

test("the page scanner refuses an endless page before it fills the memory", () => {
  const scanner = createPageScanner("conversations", () => undefined, finder);
  const chunk = Buffer.alloc(1024 * 1024, 0x20);
  expect(() => {
    for (let sent = 0; sent < 10; sent += 1) scanner.push(chunk);
  }).toThrow("the page has more than 4 MiB besides its records");
});

/** Returns a record with this many levels of nesting. Its strings look like further levels but are not. */
function deep(levels: number, rest = ""): string {
  return `{"b":"${"[".repeat(99)}","a":${"[".repeat(levels - 1)}"{"${"]".repeat(levels - 1)},"c":"${rest}"}`;
}

test("the page scanner accepts records with the greatest allowed nesting, split anywhere", () => {
  const records = Array.from({ length: 40 }, (_, place) => deep(place === 20 ? 3 : 256));
  const page = Buffer.from(`{"conversations":[${records.join(",")}]}`);
  for (const cuts of [[], [0.1, 0.5, 0.50001, 0.9]]) expect(scan(cutAt(page, cuts)).records).toEqual(records);
});

describe("the page scanner refuses a record with too many", () => {
  const keys = Array.from({ length: 120_000 }, (_, place) => `"k${place}":1`).join(",");
  test.each([
    ["keys, in one chunk", `{${keys}}`, [], "a record has more than 100,000 keys in one object"],
    ["keys, in several chunks", `{${keys}}`, [0.2, 0.6], "a record has more than 100,000 keys in one object"],
    ["values, in several chunks", `{"a":[${"[],".repeat(2_100_000)}0]}`, [0.5], "more than 4,000,000 values"],
    [
      "levels, in several chunks",
      `{"a":${"[".repeat(300)}${"]".repeat(300)}}`,
      [0.5],
      "more than 256 levels",
    ],
    ["levels, in one chunk", deep(257), [], "a record has more than 256 levels of nesting"],
    [
      "levels, with only its end in another chunk",
      deep(257, "c".repeat(2_000)),
      [0.7],
      "more than 256 levels",
    ],
  ])("%s", (_what, record, cuts, message) => {
    const page = Buffer.from(`{"conversations":[{"id":1},${record},{"id":3}]}`);
    const read = () => scan(cutAt(page, cuts));
    expect(read).toThrow(OversizedPage);
    expect(read).toThrow(message);
  });
});

test("the page scanner reads runs of backslashes and brackets in strings at any position", () => {
  // The text is longer than the block that the scanner reads in one step, and is shifted through every position of a
  // block.
  const run = fc
    .tuple(fc.constantFrom("\\\\", '\\"', "{", "]}", "x"), fc.nat(70))
    .map(([part, times]) => part.repeat(times));
  fc.assert(
    fc.property(
      fc.array(fc.array(run, { maxLength: 6 }), { minLength: 1, maxLength: 6 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
      (texts, cuts) => {
        const records = texts.map(
          (runs) => `{"a":[{"b":"${runs.join("")}"}],"c":"${runs.toReversed().join("")}"}`,
        );
        const page = Buffer.from(`{"conversations":[${records.join(",")}]}`);
        expect(scan(cutAt(page, cuts)).records).toEqual(records);
      },
    ),
    { numRuns: 500 },
  );
});

test("the page scanner finds the same records in chunks of any size", () => {
  const records = Array.from(
    { length: 40_000 },
    (_, index) => `{"id":"${"x".repeat(index % 37)}","n":${index}}`,
  );
  const page = Buffer.from(`{"conversations":[${records.join(",")}]}`);
  for (const size of [page.length, 200_000, 65_536, 65_535, 4_095]) {
    const chunks = Array.from({ length: Math.ceil(page.length / size) }, (_, index) =>
      page.subarray(index * size, (index + 1) * size),
    );
    expect(scan(chunks).records).toEqual(records);
  }
});

test("the page scanner passes on a record that spans many chunks once and complete", () => {
  const text = `{"conversations":[{"text":"${'é\\\\\\"'.repeat(50_000)}"}]}`;
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) =>
    bytes.subarray(index * 7, index * 7 + 7),
  );
  expect(scan(chunks).records).toEqual([text.slice(18, -2)]);
});
