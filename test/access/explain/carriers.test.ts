import { describe, expect, test } from "vitest";
import { withoutCollector } from "../../../src/access/explain/paste/text/carrier/collector-prefix.ts";
import { withWholeCopies } from "../../../src/access/explain/paste/text/carrier/cut-copies.ts";
import { withoutMailMarks } from "../../../src/access/explain/paste/text/carrier/mail-text.ts";
import { withPlainDumps } from "../../../src/access/explain/paste/text/carrier/php-dump.ts";
import { withStraightQuotes } from "../../../src/access/explain/paste/text/printed-values.ts";

describe("leaves unchanged", () => {
  test.each([
    [
      "records of a logger",
      withoutCollector,
      "10:15:01 GET /a 200\n10:15:02 GET /b 403\n10:15:03 GET /c 200",
    ],
    [
      "records of a logger that pads its levels",
      withoutCollector,
      "10:15:01  INFO start\n10:15:02 ERROR GET /b 403\n10:15:03  WARN stop",
    ],
    ["a transcript of curl", withoutMailMarks, "> GET /a HTTP/1.1\n> Host: api\n>\n< HTTP/1.1 403\n<\n{}"],
    ["an encoded key", withoutMailMarks, `-----BEGIN KEY-----\n${"QUJD".repeat(18)}QQ=\n-----END KEY-----`],
    ["paragraphs", withoutMailMarks, "We call /a.\n\nIt answers 403.\n\nWhy?"],
    [
      "a cut body without a whole copy",
      withWholeCopies,
      `{"message":"${"a".repeat(60)} (truncated...)\n{"ok":true}`,
    ],
    ["the keys of a Ruby hash", withPlainDumps, '{"status"=>403}'],
    ["a dump that ends early", withPlainDumps, "Array\n(\n    [status] => 403"],
    ["quotation marks of prose", withStraightQuotes, "The role “Auditor” is ‘missing’: why?"],
  ])("%s", (_name, clean, text) => {
    expect(clean(text)).toBe(text);
  });
});

describe("restores", () => {
  test.each([
    [
      "the output of a program below a collector",
      withoutCollector,
      "10:15:01 Error: x\n10:15:01     at a.js:1\n10:15:02     at b.js:2",
      "Error: x\n    at a.js:1\n    at b.js:2",
    ],
    [
      "output between other lines",
      withoutCollector,
      "See:\n10:15:01 {\n10:15:01   a: 1\n10:15:02 }\nWhy?",
      "See:\n{\n  a: 1\n}\nWhy?",
    ],
    [
      "quoted-printable text",
      withoutMailMarks,
      `${"a".repeat(75)}=\nb =3D c=C3=A9`,
      `${"a".repeat(75)}b = cé`,
    ],
    [
      "a value of print_r",
      withPlainDumps,
      "stdClass Object\n(\n    [code] => a.b\n    [more] => Array\n        (\n        )\n\n)",
      '{"code":"a.b","more":{}}',
    ],
    [
      "a value of var_dump",
      withPlainDumps,
      'int(403)\narray(2) {\n  ["status"]=>\n  int(403)\n  ["code"]=>\n  string(3) "a.b"\n}',
      '403\n{"status":403,"code":"a.b"}',
    ],
    ["curled JSON", withStraightQuotes, "{“role”: {“name”:“Auditor”}}", '{"role": {"name":"Auditor"}}'],
  ])("%s", (_name, clean, text, expected) => {
    expect(clean(text)).toBe(expected);
  });
});
