import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { compactFacts } from "../../../.build/compact-facts.ts";

const FACTS = new URL("../../../src/catalogue/facts/", import.meta.url);

test("the compact files contain exactly what the facts in the repository state", async () => {
  const compact = await compactFacts();
  expect([...compact.keys()]).toEqual([
    "announcements.txt",
    "terraform.txt",
    "topics.txt",
    "query-parameters.txt",
    "caveats.txt",
    "operations.txt",
    "scopes.txt",
    "refusals.txt",
  ]);
  for (const [name, text] of compact) {
    const current = await readFile(new URL(`data/${name}`, FACTS), "utf8");
    // Comparing the texts themselves would print half a megabyte when they differ.
    expect(firstDifference(current, text), `${name}: run \`npx tsx .build/compact-facts.ts\``).toBeNull();
  }
});

test("no source states a fact twice", async () => {
  const keyOf = {
    "caveats.jsonl": ({ method, path, kind }) => `${method} ${path} ${kind}`,
    "operations.jsonl": ({ method, path }) => `${method} ${path}`,
    "terraform.jsonl": ({ block, type }) => `${block} ${type}`,
    "announcements.jsonl": ({ date, statement }) => `${date} ${statement}`,
    "topics.jsonl": ({ topic }) => `${topic}`,
    "query-parameters.jsonl": ({ operation }) => `${operation}`,
    "scopes.jsonl": ({ scope }) => `${scope}`,
    "refusals.jsonl": ({ status, code, message }) => `${status} ${code} ${message}`,
  } satisfies Record<string, (fact: Record<string, unknown>) => string>;
  for (const [name, key] of Object.entries(keyOf)) {
    const [, ...facts] = (await readFile(new URL(`sources/${name}`, FACTS), "utf8")).trimEnd().split("\n");
    const keys = facts.map((line) => key(JSON.parse(line)));
    expect(keys.filter((fact, index) => keys.indexOf(fact) !== index)).toEqual([]);
  }
});

function firstDifference(
  left: string,
  right: string,
): { readonly line: number; readonly text: string } | null {
  const [lines, others] = [left.split("\n"), right.split("\n")];
  const line = others.findIndex((text, index) => text !== lines[index]);
  if (line !== -1) return { line: line + 1, text: others[line]?.slice(0, 200) ?? "" };
  return lines.length > others.length ? { line: others.length + 1, text: "" } : null;
}
