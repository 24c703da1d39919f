import { describe, expect, test } from "vitest";
import type { Cell, Column } from "../../../src/analytics/table.ts";
import { csvText } from "../../../src/export/writers/csv/csv-text.ts";

const asIs = { header: false, guardFormulas: false };
const guarded = { header: false, guardFormulas: true };
const one = (type: Column["type"]): readonly Column[] => [{ name: "value", type }];

test("CSV has rows as lines that end in CRLF, below a header", () => {
  const columns: readonly Column[] = [
    { name: "conversationId", type: "string" },
    { name: "durationMs", type: "int64" },
    { name: 'said, "so"', type: "boolean" },
  ];
  const rows = [
    ["c-1", 61000, true],
    ["c-2", null, false],
  ];
  expect(csvText(columns, rows, { header: true, guardFormulas: true })).toBe(
    'conversationId,durationMs,"said, ""so"""\r\nc-1,61000,true\r\nc-2,,false\r\n',
  );
});

test("CSV without rows has only the header, or nothing", () => {
  expect(csvText(one("string"), [], { header: true, guardFormulas: true })).toBe("value\r\n");
  expect(csvText(one("string"), [], asIs)).toBe("");
});

test.each<[string, Column["type"], Cell, string]>([
  ["an absent value", "string", null, ""],
  ["an empty string", "string", "", '""'],
  ["a comma", "string", "a, b", '"a, b"'],
  ["quotes", "string", 'the "best"', '"the ""best"""'],
  ["a line feed", "string", "a\nb", '"a\nb"'],
  ["a carriage return", "string", "a\rb", '"a\rb"'],
  ["a line separator", "string", "a\u2028b", "a\u2028b"],
  ["an emoji", "string", "👩‍🚒", "👩‍🚒"],
  ["strings", "strings", ["a,b", 'c"', ""], '"[""a,b"",""c\\"""",""""]"'],
  ["integers", "integers", [16, 410], '"[16,410]"'],
  ["integers beyond 2^53", "integers", [9007199254740993n, 1], '"[9007199254740993,1]"'],
  ["an empty list", "strings", [], "[]"],
  ["an integer beyond 2^53", "int64", 9007199254740993n, "9007199254740993"],
  ["a fraction", "double", 4.882588863372803, "4.882588863372803"],
  ["JSON", "json", '{"a":1}', '"{""a"":1}"'],
])("CSV has %s as one field", (_name, type, cell, field) => {
  expect(csvText(one(type), [[cell]], asIs)).toBe(`${field}\r\n`);
});

describe("the CSV guard against formulas", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ["+5551234", "'+5551234"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ["\r=1", "\"'\r'=1\""],
    ['=HYPERLINK("a","b")', '"\'=HYPERLINK(""a"",""b"")"'],
    ["1=1", "1=1"],
  ])("disarms %j", (text, field) => {
    expect(csvText(one("string"), [[text]], guarded)).toBe(`${field}\r\n`);
  });

  const SIGNS = [..."=+-@＝＋－＠﹦﹢﹣﹫"];
  const BEFORE = ["", " ", "\u00a0", "\u3000", "\ufeff", "\u200b", '"', "'", "“", ' " ', "\u0001", "\u202e"];
  const CONTROLS = ["\0", "\t", "\n", "\v", "\f", "\r"];
  const FORMULAS = ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("x";"y")', 'DDE("cmd";"/C calc";"x")', "SUM(A1)"];
  const attacks = FORMULAS.flatMap((formula) => [
    ...SIGNS.flatMap((sign) => BEFORE.map((before) => `${before}${sign}${formula}`)),
    ...CONTROLS.map((control) => `${control}${formula}`),
    ...CONTROLS.flatMap((control) => SIGNS.map((sign) => `${control} ${sign}${formula}`)),
  ]);
  const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  /** Splits a line as a program would that uses this separator and removes quotes. */
  const cellsOf = (text: string, separator: string) =>
    text
      .split(/[\r\n\v\f]+/)
      .flatMap((line) => line.split(separator).map((cell) => cell.replace(/["'\s\p{Cf}]*$/u, "")));

  test("disarms every spelling of a formula in cells and column names", () => {
    expect(attacks.length).toBeGreaterThan(1_000);
    for (const attack of attacks) {
      const [field = ""] = csvText(one("string"), [[attack]], guarded).split("\r\n", 1);
      expect({ attack, field }).toMatchObject({ field: expect.stringMatching(/^"?'/) });
      const head = csvText([{ name: attack, type: "double" }], [], { header: true, guardFormulas: true });
      expect({ attack, head }).toMatchObject({ head: expect.stringMatching(/^"?'/) });
    }
  });

  test("disarms text in columns of other types", () => {
    for (const type of ["timestamp", "double", "int64", "boolean"] as const) {
      expect(csvText(one(type), [["=1+1"], ['2026-10-01",=1']], guarded)).toBe(
        '\'=1+1\r\n"2026-10-01"",=1"\r\n',
      );
    }
  });

  test.each([";", "\t"])("leaves no formula for a program that separates fields at %j", (separator) => {
    for (const formula of FORMULAS) {
      for (const sign of SIGNS) {
        for (const blank of ["", " ", '"', "'"]) {
          for (const start of [separator, "\n", "\r\n"]) {
            const text = `a${start}${blank}${sign}${formula}`;
            const written = csvText(one("string"), [[text]], guarded);
            const begun = cellsOf(written, separator).filter((cell) =>
              /^["\s]*[=+\-@＝＋－＠﹦﹢﹣﹫]/.test(cell),
            );
            expect({ text, begun }).toEqual({ text, begun: [] });
          }
        }
      }
    }
  });

  test("escapes the formula sign in JSON without changing the value", () => {
    for (const attack of attacks) {
      for (const value of [attack, { a: `x;${attack}` }, [attack, `;${attack}`]]) {
        const [field = ""] = csvText(one("json"), [[JSON.stringify(value)]], guarded).split("\r\n", 1);
        const json = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
        expect(JSON.parse(json)).toEqual(value);
        expect({ json }).not.toMatchObject({
          json: expect.stringMatching(/^["'\s]*[=+\-@]|;["'\s]*[=+\-@]/),
        });
      }
    }
    expect(csvText(one("strings"), [[["a;=1"]]], guarded)).toBe(`${quoted('["a;\\u003d1"]')}\r\n`);
  });

  test("disarms a first line that changes the separator", () => {
    const columns = [{ name: "Sep=;", type: "string" }] as const;
    expect(csvText(columns, [], { header: true, guardFormulas: true })).toBe("'Sep=;\r\n");
    expect(csvText(columns, [], { header: true, guardFormulas: false })).toBe("Sep=;\r\n");
  });

  test("takes time proportional to the text", () => {
    for (const piece of ["\n", "; ", "'", ';"', "\t ", "\r\n"]) {
      const startMs = performance.now();
      csvText(one("string"), [[piece.repeat(200_000)]], guarded);
      csvText(one("json"), [[JSON.stringify(piece.repeat(200_000))]], guarded);
      expect({ piece, isSlow: performance.now() - startMs > 10_000 }).toEqual({ piece, isSlow: false });
    }
  });

  test("does not change ordinary text", () => {
    for (const text of [
      "a=b",
      "5-3",
      "a@b.example",
      "a; b",
      "C++",
      "x-y",
      "2026-10-01T00:00:00.000Z",
      "don't",
    ])
      expect(csvText(one("string"), [[text]], guarded)).toBe(`${text}\r\n`);
  });

  test("does not change values that are not text", () => {
    expect(csvText(one("int64"), [[-5]], guarded)).toBe("-5\r\n");
    expect(csvText(one("double"), [[-0.5]], guarded)).toBe("-0.5\r\n");
    expect(csvText(one("json"), [["-5"]], guarded)).toBe("-5\r\n");
  });

  test("changes nothing when it is disabled", () => {
    expect(csvText(one("string"), [["+5551234"]], asIs)).toBe("+5551234\r\n");
  });
});
