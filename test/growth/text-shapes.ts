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
  {
    name: "escaped quotes in a record",
    read: parseRecord,
    head: '{"a":1234567890123456789,"b":',
    unit: () => '\\"',
  },
  { name: "strings in a record", read: parseRecord, head: '{"a":[', unit: () => '"b\\"",1234567890123456,' },
  {
    name: "attributes in a record",
    read: rowsOf,
    head: '{"conversationId":"c","participants":[{"attributes":{"a":""',
    unit: (id) => `,"a${id}":"b"`,
    tail: "}}]}",
  },
  {
    name: "unknown fields in a record",
    read: rowsOf,
    head: '{"conversationId":"c"',
    unit: (id) => `,"a${id}":"b"`,
    tail: "}",
  },
  {
    name: "participants in a record",
    read: rowsOf,
    head: '{"conversationId":"c","participants":[{}',
    unit: () => ',{"sessions":[{}]}',
    tail: "]}",
  },
  { name: "braces in a path", read: pathOf, head: "/api/v2/", unit: () => "{" },
  { name: "parameters in a path", read: pathOf, head: "/api/v2/", unit: (id) => `{a${id}}/` },
  { name: "dollar signs in an HCL string", read: quoteHcl, unit: () => "$" },
  { name: "template markers in an HCL string", read: quoteHcl, unit: () => "$%${" },
  { name: "labels in the host of a region", read: parseRegion, head: "a", unit: () => ".a", tail: ":x" },
  {
    name: "slashes in the URL of a region",
    read: parseRegion,
    head: "http://127.0.0.1/",
    unit: () => "/",
    tail: "x",
  },
  { name: "quotes in an operation's name", read: nameOf, head: "a", unit: () => "'", tail: "x" },
  {
    name: "slashes in an operation's name",
    read: nameOf,
    head: "GET /api/v2/users",
    unit: () => "/",
    tail: "x",
  },
  {
    name: "spaces in an operation's name",
    read: nameOf,
    head: "GET /api/v2/users",
    unit: () => " ",
    tail: "x",
  },
  { name: "spaces after a colon", read: nameOf, head: "get:", unit: () => " ", tail: "//x" },
  { name: "question marks in an operation's name", read: nameOf, head: "/a", unit: () => "?", tail: "\n1" },
];
