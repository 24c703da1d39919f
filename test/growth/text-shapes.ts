import { quoteHcl } from "../../src/access/emit/hcl.ts";
import { RecordReader } from "../../src/analytics/tables/bytes/record-reader.ts";
import { conversationsFlattener } from "../../src/analytics/tables/conversations.ts";
import { parseRecord } from "../../src/analytics/tables/record-text.ts";
import { parameterNames, shapeOf } from "../../src/catalogue/facts/operation-line.ts";
import { parseOperationName } from "../../src/catalogue/lookup/operation-name.ts";
import { parseRegion } from "../../src/platform/region/region-parser.ts";
import type { Shape } from "./shape.ts";

/** A shape, with the function that reads its text. */
export interface TextShape extends Shape {
  read(text: string): unknown;
}

const nameOf = (text: string) => parseOperationName(text);
const pathOf = (text: string) => [shapeOf(text), parameterNames(text)];

/** Converts a record to rows. Returns false for a record that must be parsed instead. */
function rowsOf(text: string): boolean {
  const bytes = Buffer.from(`${text}\n`);
  return new RecordReader(conversationsFlattener()).read(bytes, 0, bytes.length - 1);
}

/** Texts from responses, definitions and policies, each with the function that reads it. */
export const TEXT_SHAPES: readonly TextShape[] = [
  { name: "quotes of a record", read: parseRecord, head: '{"a":1234567890123456789,"b":', unit: () => '\\"' },
  { name: "strings of a record", read: parseRecord, head: '{"a":[', unit: () => '"b\\"",1234567890123456,' },
  {
    name: "attributes of a record",
    read: rowsOf,
    head: '{"conversationId":"c","participants":[{"attributes":{"a":""',
    unit: (id) => `,"a${id}":"b"`,
    tail: "}}]}",
  },
  {
    name: "unknown fields of a record",
    read: rowsOf,
    head: '{"conversationId":"c"',
    unit: (id) => `,"a${id}":"b"`,
    tail: "}",
  },
  {
    name: "participants of a record",
    read: rowsOf,
    head: '{"conversationId":"c","participants":[{}',
    unit: () => ',{"sessions":[{}]}',
    tail: "]}",
  },
  { name: "braces of a path", read: pathOf, head: "/api/v2/", unit: () => "{" },
  { name: "parameters of a path", read: pathOf, head: "/api/v2/", unit: (id) => `{a${id}}/` },
  { name: "dollar signs of HCL", read: quoteHcl, unit: () => "$" },
  { name: "templates of HCL", read: quoteHcl, unit: () => "$%${" },
  { name: "labels of a region", read: parseRegion, head: "a", unit: () => ".a", tail: ":x" },
  { name: "slashes of a region", read: parseRegion, head: "http://127.0.0.1/", unit: () => "/", tail: "x" },
  { name: "quotes of a name", read: nameOf, head: "a", unit: () => "'", tail: "x" },
  { name: "slashes of a name", read: nameOf, head: "GET /api/v2/users", unit: () => "/", tail: "x" },
  { name: "blanks of a name", read: nameOf, head: "GET /api/v2/users", unit: () => " ", tail: "x" },
  { name: "blanks behind a colon", read: nameOf, head: "get:", unit: () => " ", tail: "//x" },
  { name: "question marks of a name", read: nameOf, head: "/a", unit: () => "?", tail: "\n1" },
];
