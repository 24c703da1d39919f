import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asRecord } from "../../../src/core/json.ts";
import { Journal, readEvents } from "../../../src/export/files/journal.ts";
import { isNumber, isText } from "../../../src/export/files/shape.ts";
import { unguarded } from "../../support/ownership.ts";
import { tempDir } from "../../support/temp-dir.ts";

interface Event {
  readonly n: number;
}
const isEvent = (value: unknown): value is Event => isNumber(asRecord(value)["n"]);
const journalIn = async () => join(await tempDir(), "inner", "journal.ndjson");

test("a journal returns events in the order they were appended, even after it is reopened", async () => {
  const path = await journalIn();
  const first = await Journal.open(path, unguarded, isEvent);
  expect(first.events).toEqual([]);
  await first.append({ n: 1 });
  await first.append({ n: 2 });
  await first.close();
  const second = await Journal.open(path, unguarded, isEvent);
  expect(second.events).toEqual([{ n: 1 }, { n: 2 }]);
  await second.append({ n: 3 });
  await second.close();
  expect(await readFile(path, "utf8")).toBe('{"n":1}\n{"n":2}\n{"n":3}\n');
  expect(await readEvents(path, isEvent)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
});

test("a journal that does not exist has no events", async () => {
  expect(await readEvents(await journalIn(), isEvent)).toEqual([]);
});

test.each([
  ["half a line", '{"n":2'],
  ["a whole line without its line feed", '{"n":2}'],
  ["zeros in place of the last line", "\0\0\0\0\0\0\0\0"],
  ["a line that is not JSON, followed by another line", 'x{"n":2}\n{"n":3}\n'],
  ["half a character", Buffer.from([0x7b, 0x22, 0xc3])],
])("a journal ignores and overwrites %s at its end", async (_what, torn) => {
  const path = await journalIn();
  const journal = await Journal.open(path, unguarded, isEvent);
  await journal.append({ n: 1 });
  await journal.close();
  await appendFile(path, torn);
  expect(await readEvents(path, isEvent)).toEqual([{ n: 1 }]);
  const again = await Journal.open(path, unguarded, isEvent);
  expect(again.events).toEqual([{ n: 1 }]);
  await again.append({ n: 9 });
  await again.close();
  expect(await readFile(path, "utf8")).toBe('{"n":1}\n{"n":9}\n');
});

test("a journal starts over when its first line is cut off", async () => {
  const path = await journalIn();
  await (await Journal.open(path, unguarded, isEvent)).close();
  await writeFile(path, '{"n":1');
  const journal = await Journal.open(path, unguarded, isEvent);
  expect(journal.events).toEqual([]);
  await journal.append({ n: 2 });
  await journal.close();
  expect(await readFile(path, "utf8")).toBe('{"n":2}\n');
});

test("a journal keeps byte offsets correct for text beyond ASCII", async () => {
  const isTextEvent = (value: unknown): value is { readonly text: string } => isText(asRecord(value)["text"]);
  const path = await journalIn();
  const journal = await Journal.open(path, unguarded, isTextEvent);
  await journal.append({ text: "é😀\n" });
  await journal.close();
  await appendFile(path, "torn");
  const again = await Journal.open(path, unguarded, isTextEvent);
  await again.append({ text: "second" });
  await again.close();
  expect(await readEvents(path, isTextEvent)).toEqual([{ text: "é😀\n" }, { text: "second" }]);
});

test("a journal reports an event that could not be written", async () => {
  const path = await journalIn();
  const journal = await Journal.open(path, unguarded, isEvent);
  await journal.close();
  await expect(journal.append({ n: 1 })).rejects.toMatchObject({ code: "output.write" });
  expect(await readEvents(path, isEvent)).toEqual([]);
});
