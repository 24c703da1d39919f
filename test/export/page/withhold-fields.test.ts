import { expect, test } from "vitest";
import { withholdFields } from "../../../src/export/page/withhold-fields.ts";

function withheld(text: string): string {
  const bytes = Buffer.from(`{"n":1},${text},{"n":2}`);
  const start = Buffer.byteLength('{"n":1},');
  const end = start + Buffer.byteLength(text);
  withholdFields(bytes, start, end, ["secret"]);
  expect(bytes.toString().slice(0, 8) + bytes.toString().slice(-8)).toBe('{"n":1},,{"n":2}');
  return bytes.subarray(start, end).toString();
}

test.each([
  ["between other fields", '{"id":"c","secret":"hush","name":"n"}', '{"id":"c","name":"n"}'],
  ["before other fields", '{"secret":"hush","id":"c"}', '{"id":"c"}'],
  ["after other fields", '{"id":"c" , "secret" : "hush" }', '{"id":"c"}'],
  ["alone", '{"secret":"hush"}', "{}"],
  ["repeated", '{"id":"c","secret":"hush","secret":"hush"}', '{"id":"c"}'],
  ["with quotes and braces in its value", '{"secret":"hush \\"},{\\\\","id":"c"}', '{"id":"c"}'],
  ["that is an object", '{"secret":{"a":["hush","]}"],"b":{}},"id":"c"}', '{"id":"c"}'],
  ["that is a number", '{"id":"c","secret":123456}', '{"id":"c"}'],
  ["with an escaped name", '{"s\\u0065cret":"hush","id":"c"}', '{"id":"c"}'],
  ["within another object", '{"id":"c","more":[{"secret":"hush"}]}', '{"id":"c","more":[{}]}'],
])("removes a withheld field %s from a record", (_where, record, expected) => {
  const left = withheld(record);
  expect(left).not.toMatch(/hush|123456/);
  expect(JSON.parse(left)).toEqual(JSON.parse(expected));
});

test("keeps every other byte of a record, even a value that equals the name of a withheld field", () => {
  const record = '{"id":"secret","big":12345678901234567890, "x":1.0,"list":["secret", "\\u0041"]}';
  expect(withheld(record)).toBe(record);
});

test("refuses to remove a withheld field from a record that is not JSON", () => {
  expect(() => withheld('{"secret" "hush"}')).toThrow("cannot be removed");
});
