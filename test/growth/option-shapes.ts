import type { Shape } from "./shape.ts";

const SERVICE = "version: 1\nservices:\n  reporting:\n    operations:\n";

/** Policy files. A policy of more than 1 MiB is refused before it is read. */
export const POLICY_SHAPES: readonly Shape[] = [
  { name: "operations", head: SERVICE, unit: () => "      - GET /api/v2/users\n" },
  { name: "unknown operations", head: SERVICE, unit: (id) => `      - GET /api/v2/usr${id}/qeues\n` },
  {
    name: "operations with notes",
    head: SERVICE,
    unit: (id) => `      - operation: getUsers\n        note: n${id}\n`,
  },
  {
    name: "services",
    head: "version: 1\nservices:\n",
    unit: (id) => `  s${id}:\n    operations: [getUsers]\n`,
  },
  {
    name: "a service that is repeated",
    head: "version: 1\nservices:\n",
    unit: () => "  s:\n    operations: [getUsers]\n",
  },
  { name: "unknown keys", head: `${SERVICE}      - getUsers\n`, unit: (id) => `    key${id}: 1\n` },
  { name: "anchors", head: "version: 1\n", unit: (id) => `x-${id}: &a${id} [1]\n` },
  { name: "one line of spaces", head: SERVICE, unit: () => " " },
  { name: "brackets", head: SERVICE, unit: () => "[" },
  { name: "hyphens", head: SERVICE, unit: () => "- " },
  { name: "one long name", head: `${SERVICE}      - `, unit: () => "a" },
  { name: "paths in a list", head: `${SERVICE}      - [`, unit: () => ",/" },
  {
    name: "spaces in an operation's name",
    head: `${SERVICE}      - "GET /api/v2/users`,
    unit: () => " ",
    tail: 'x"',
  },
  { name: "spaces after a colon", head: `${SERVICE}      - "get:`, unit: () => " ", tail: '//x"' },
  {
    name: "quotes after an operation's name",
    head: `${SERVICE}      - "GET /api/v2/users`,
    unit: () => "'",
    tail: 'x"',
  },
  {
    name: "slashes in an operation's name",
    head: `${SERVICE}      - "GET /api/v2/users`,
    unit: () => "/",
    tail: 'x"',
  },
  {
    name: "labels in the host of a region",
    head: "version: 1\nenvironments:\n  test:\n    region: ",
    unit: () => "a.",
    tail: `a:x\n${SERVICE.slice(11)}      - getUsers\n`,
  },
  { name: "quotes", head: `${SERVICE}      - "`, unit: () => '\\"' },
];

/** Values of `--filter`. */
export const FILTER_SHAPES: readonly Shape[] = [
  { name: "values", head: "mediaType in ", unit: () => "voice," },
  { name: "letters in a value", head: "queueId=", unit: () => "a" },
  { name: "spaces before the operator", head: "queueId", unit: () => " " },
  { name: "spaces in a value", head: "queueId=a", unit: () => " b" },
  { name: "spaces after a value", head: "queueId=a", unit: () => " ", tail: "\u0000" },
  { name: "letters in a name", unit: () => "a" },
  { name: "operators", head: "queueId", unit: () => "=" },
  { name: "parentheses", head: "mediaType in ", unit: () => "(" },
];
