import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../../src/access/explain/finding.ts";
import { explainText } from "./packaged-knowledge.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");

/**
 * A fixture begins with one line per expected finding, or `none`. The paste follows after `---`. The form of a line
 * is `layer status code | METHOD path | missing names | correlation ids | wait`. `-` is an empty part, and `*` is a
 * part that another test checks. `says TEXT` and `omits TEXT` specify what the explanation must and must not contain.
 */
interface Fixture {
  readonly expected: readonly string[];
  readonly says: readonly string[];
  readonly omits: readonly string[];
  readonly paste: string;
}

function readFixture(file: string): Fixture {
  const text = readFileSync(file, "utf8");
  const end = text.indexOf("\n---\n");
  const lines = text.slice(0, end).split("\n");
  const after = (word: string): readonly string[] =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  const expected = lines.filter((line) => !/^(?:says|omits) /.test(line));
  return {
    expected: expected[0] === "none" ? [] : expected,
    says: after("says"),
    omits: after("omits"),
    paste: text.slice(end + 5),
  };
}

/** Returns the sentences of an explanation, without fields such as ids and layers. */
function wordsOf(findings: readonly Finding[]): string {
  return findings
    .flatMap(({ summary, message, claims, remedies }) => [
      summary,
      ...(message === null ? [] : [`the service said: ${message}`]),
      ...claims.map(({ text, verdict, truth }) => `${verdict}: ${text}: ${truth ?? ""}`),
      ...remedies.map((remedy) => `fix: ${remedy.summary} ${remedy.command ?? ""}`),
    ])
    .join("\n");
}

function partsOf(finding: Finding): readonly string[] {
  const { layer, status, code, operation, missing, correlationIds, retryAfterSeconds } = finding;
  const list = (names: readonly string[]): string => (names.length === 0 ? "-" : names.join(","));
  return [
    layer,
    status === null ? "-" : String(status),
    code ?? "-",
    operation === null ? "-" : `${operation.method} ${operation.path}`,
    list([...missing.permissions, ...missing.scopes, ...missing.divisions]),
    list(correlationIds),
    retryAfterSeconds === null ? "-" : String(retryAfterSeconds),
  ];
}

function partsOfLine(line: string): readonly string[] {
  const [head = "", ...others] = line.split(" | ");
  const [layer = "", status = "", ...code] = head.split(" ");
  return [layer, status, code.join(" "), ...others];
}

/** Writes each finding in the form of the expectation, with `*` wherever the expectation has `*`. */
function compare(findings: readonly Finding[], expected: readonly string[]): readonly string[] {
  return findings.map((finding, index) => {
    const line = partsOfLine(expected[index] ?? "");
    const parts = partsOf(finding).map((part, at) => (line[at] === "*" ? "*" : part));
    return `${parts.slice(0, 3).join(" ")} | ${parts.slice(3).join(" | ")}`;
  });
}

describe("explains pastes of every kind", () => {
  for (const kind of readdirSync(FIXTURES, { recursive: true, withFileTypes: true })) {
    if (!kind.isFile()) continue;
    const file = join(kind.parentPath, kind.name);
    test(file.slice(FIXTURES.length + 1).replace(/\.\w+$/, ""), () => {
      const { expected, says, omits, paste } = readFixture(file);
      const findings = explainText(paste);
      expect(compare(findings, expected)).toEqual(expected);
      const words = wordsOf(findings);
      for (const part of says) expect(words).toContain(part);
      for (const part of omits) expect(words).not.toContain(part);
    });
  }
});
