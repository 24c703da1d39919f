import { expect, test } from "vitest";
import { parse } from "yaml";
import { insertItems } from "../../../src/access/policy/insert-items.ts";

const ITEMS = ["- GET /a # x.ts:1", "- GET /b"];
const merge = (text: string) => insertItems(text, { name: "scanned", division: "Sales" }, ITEMS);

test.each<[string, string, string]>([
  [
    "after the service's last operation",
    "version: 1\nservices:\n  scanned:\n    operations:\n      - GET /x # y\n    max: true\n  other: { operations: [a] }\n",
    "version: 1\nservices:\n  scanned:\n    operations:\n      - GET /x # y\n      - GET /a # x.ts:1\n      - GET /b\n    max: true\n  other: { operations: [a] }\n",
  ],
  [
    "as a separate service",
    "# ours\nservices:\n    w: # big\n        operations:\n        - anyOf: [a, b]\n\n# end\nversion: 1",
    "# ours\nservices:\n    w: # big\n        operations:\n        - anyOf: [a, b]\n    scanned:\n      division: Sales\n      operations:\n        - GET /a # x.ts:1\n        - GET /b\n\n# end\nversion: 1",
  ],
  [
    "at the end of a file without a line feed",
    "version: 1\nservices:\n  scanned:\n    operations:\n    - GET /x",
    "version: 1\nservices:\n  scanned:\n    operations:\n    - GET /x\n    - GET /a # x.ts:1\n    - GET /b\n",
  ],
])("inserts operations into a policy file %s and changes no other line", (_name, before, after) => {
  expect(merge(before)).toBe(after);
});

test.each([
  [
    "in brackets",
    "version: 1\nservices:\n  scanned: { operations: [GET /x] }\n",
    ["GET /x", "GET /a", "GET /b"],
  ],
  ["missing", "version: 1\nservices:\n  scanned:\n    permissions: ['a:b:c']\n", ["GET /a", "GET /b"]],
  ["in an empty list", "version: 1\nservices:\n  scanned:\n    operations: []\n", ["GET /a", "GET /b"]],
])("adds operations to a service whose operations are %s", (_name, before, operations) => {
  expect(parse(merge(before))).toMatchObject({ services: { scanned: { operations } } });
});
