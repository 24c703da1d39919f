import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRecord, textOf } from "../../../src/analytics/tables/record-text.ts";

test.each([
  '{"a":9007199254740993}',
  '{"a":[1234567890123456789,-9223372036854775808]}',
  '{"a":{"b":12345678901234567890123}}',
  '{"n1":"n9007199254740993","s1":"s","b":9007199254740993}',
  '{"text":"is: 9007199254740993, said","b":[9007199254740993]}',
  '{"quoted \\"9007199254740993\\": ":"\\\\","b":9007199254740993,"c":"1234567890123456"}',
  '{"emptyKey":"","":9007199254740993}',
  '{"fraction":0.12345678901234568,"mos":4.882588863372803}',
  '{"digits":"12345678901234567890"}',
])("writes the JSON record %s as it was read", (text) => {
  expect(textOf(parseRecord(text))).toBe(text);
});

test("keeps every digit of a large integer, whatever white space surrounds it", () => {
  expect(textOf(parseRecord('{ "a" : 9007199254740993 ,\t"b":\t-9007199254740993 }'))).toBe(
    '{"a":9007199254740993,"b":-9007199254740993}',
  );
});

test("takes no extra time for a very long run of digits in a string", () => {
  const text = `{"a":"${"7".repeat(2_000_000)}","b":9007199254740993}`;
  expect(textOf(parseRecord(text))).toBe(text);
});

test("refuses text that is not JSON, with and without large integers", () => {
  expect(() => parseRecord('{"a":')).toThrow(SyntaxError);
  expect(() => parseRecord('{"a":9007199254740993')).toThrow(SyntaxError);
});

test("keeps the digits of an integer anywhere in the text", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), fc.string(), (integer, before) => {
      const text = `{${JSON.stringify(`k${before}`)}:${JSON.stringify(before)},"i":${integer}}`;
      expect(textOf(parseRecord(text))).toBe(text);
    }),
  );
});
