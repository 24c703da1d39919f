import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { Dataset } from "../../../src/analytics/datasets/dataset.ts";
import { findDataset } from "../../../src/analytics/datasets/datasets.ts";
import { Deduplicator } from "../../../src/export/page/deduplicator.ts";
import { BrokenPage } from "../../../src/export/page/page-scanner.ts";
import { type Part, partOfDay, WHOLE } from "../../../src/export/part/part.ts";
import { tempDir } from "../../support/temp-dir.ts";

const DAY = partOfDay({ startMs: Date.UTC(2026, 9, 1), endMs: Date.UTC(2026, 9, 2) });
const CONVERSATIONS = findDataset(["conversations", "details"]);

const conversation = (conversationId: string, conversationStart: string, conversationEnd?: string) =>
  JSON.stringify({ conversationId, conversationStart, conversationEnd, participants: [] });
const ended = (id: string) => conversation(id, "2026-10-01T10:00:00.000Z", "2026-10-01T10:05:00.000Z");
const open = (id: string) => conversation(id, "2026-10-01T10:00:00.000Z");

let directory = "";
beforeEach(async () => {
  directory = await tempDir();
});
const deduplicatorOf = (dataset: Dataset, part: Part) =>
  new Deduplicator(dataset, part, join(directory, "seen"));
const keep = (deduplicator: Deduplicator, records: readonly string[]) =>
  records.map((record) => {
    const bytes = Buffer.from(record);
    deduplicator.inspect(bytes, 0, bytes.length);
    return deduplicator.keeps(bytes, 0, bytes.length);
  });

describe("the deduplicated conversations of a day", () => {
  test("are each kept once across pages, and counted per page", () => {
    const deduplicator = deduplicatorOf(CONVERSATIONS, DAY);
    expect(keep(deduplicator, [ended("a"), ended("b"), ended("a")])).toEqual([true, true, false]);
    expect(deduplicator.repeated).toBe(1);
    expect(deduplicator.takePage()).toEqual({ records: 2, duplicates: 1, elsewhere: 0 });
    expect(deduplicator.repeated).toBe(0);
    expect(keep(deduplicator, [ended("b"), ended("c")])).toEqual([false, true]);
    expect(deduplicator.takePage()).toEqual({ records: 1, duplicates: 1, elsewhere: 0 });
  });

  test("include records that share only the first of two ids", () => {
    const deduplicator = deduplicatorOf(CONVERSATIONS, DAY);
    const twice = (id: string) => ended(id).replace("{", '{ "conversationId" : "a\\"b",');
    const records = [twice("a"), twice("b"), twice("c"), twice("b"), ended("d"), ended("d")];
    expect(keep(deduplicator, records)).toEqual([true, true, true, false, true, false]);
  });

  test("exclude a duplicate even when its id also occurs inside another field", () => {
    const deduplicator = deduplicatorOf(CONVERSATIONS, DAY);
    const nested = (id: string) =>
      ended(id).replace("[]", '[{"conversationId":"x"}],"note":"conversationId"');
    expect(keep(deduplicator, [nested("a"), nested("b"), nested("a").replace("x", "y")])).toEqual([
      true,
      true,
      false,
    ]);
  });

  test.each([
    ["2026-09-30T23:59:59.999Z", false],
    ["2026-10-01T00:00:00.000Z", true],
    ["2026-10-01T23:59:59.999Z", true],
    ["2026-10-02T00:00:00.000Z", false],
    ["some day", true],
    ["2026-10-01T10:00:00Z", true],
    ["2026-10-01T00:00:00+02:00", false],
    ["2026-10-02T01:00:00.0+02:00", true],
    ["2026-13-45T00:00:00.000Z", true],
    ["2026-10-01T23:00:00-0500", false],
    ["2026-10-01T00:30:00+0100", false],
    ["2026-10-01T24:00:00.000Z", false],
    ["0000-00-00T00:00:00.000Z", true],
  ])("depend on a start of %s: kept %s", (start, isKept) => {
    const deduplicator = deduplicatorOf(CONVERSATIONS, DAY);
    expect(keep(deduplicator, [conversation("a", start)])).toEqual([isKept]);
    expect(deduplicator.takePage()).toEqual({
      records: isKept ? 1 : 0,
      duplicates: 0,
      elsewhere: isKept ? 0 : 1,
    });
  });

  test("exclude conversations of another day, which are neither remembered nor counted as open", () => {
    const deduplicator = deduplicatorOf(CONVERSATIONS, DAY);
    keep(deduplicator, [conversation("a", "2026-09-30T10:00:00.000Z"), open("a")]);
    expect(deduplicator.open).toEqual(["a"]);
    expect(deduplicator.takePage()).toEqual({ records: 1, duplicates: 0, elsewhere: 1 });
  });

  test("are listed once as open when they have no end", () => {
    const deduplicator = deduplicatorOf(CONVERSATIONS, DAY);
    keep(deduplicator, [open("a"), ended("b"), open("c"), open("a")]);
    expect(deduplicator.open).toEqual(["a", "c"]);
  });

  test("include every conversation that has neither id nor start", () => {
    const deduplicator = deduplicatorOf(CONVERSATIONS, DAY);
    expect(keep(deduplicator, ["{}", "{}"])).toEqual([true, true]);
  });

  test("do not depend on a page that was rolled back", () => {
    const deduplicator = deduplicatorOf(CONVERSATIONS, DAY);
    keep(deduplicator, [open("a")]);
    deduplicator.takePage();
    keep(deduplicator, [open("b"), ended("c"), open("a"), conversation("d", "2026-09-01T00:00:00.000Z")]);
    deduplicator.rollBack();
    expect([deduplicator.open, deduplicator.repeated]).toEqual([["a"], 0]);
    expect(keep(deduplicator, [open("b"), ended("c"), open("a")])).toEqual([true, true, false]);
    expect(deduplicator.takePage()).toEqual({ records: 2, duplicates: 1, elsewhere: 0 });
  });

  test("include records of an earlier run once after a rollback, and keep them open", () => {
    const deduplicator = deduplicatorOf(CONVERSATIONS, DAY);
    for (const record of [open("a"), ended("b")]) {
      deduplicator.recall(Buffer.from(record), 0, Buffer.byteLength(record));
    }
    keep(deduplicator, [open("x")]);
    deduplicator.rollBack();
    expect(keep(deduplicator, [open("a"), ended("b"), open("c")])).toEqual([false, false, true]);
    expect(deduplicator.open).toEqual(["a", "c"]);
    expect(deduplicator.takePage()).toEqual({ records: 1, duplicates: 2, elsewhere: 0 });
  });

  test("require JSON in the first record of every page, even after a rollback", () => {
    const deduplicator = deduplicatorOf(CONVERSATIONS, DAY);
    expect(() => keep(deduplicator, ["{]"])).toThrow(BrokenPage);
    deduplicator.rollBack();
    expect(() => keep(deduplicator, ["{]"])).toThrow(BrokenPage);
    deduplicator.rollBack();
    keep(deduplicator, [ended("a")]);
    deduplicator.takePage();
    expect(() => keep(deduplicator, ["{]"])).toThrow(BrokenPage);
  });
});

test("the deduplicator compares periods of users by all of their bytes", () => {
  const deduplicator = deduplicatorOf(findDataset(["users", "details"]), DAY);
  const records = ['{"userId":"a","primaryPresence":[1]}', '{"userId":"a","primaryPresence":[2]}'];
  expect(keep(deduplicator, [...records, ...records])).toEqual([true, true, false, false]);
});

test("the deduplicator keeps identical rows of aggregates", () => {
  const deduplicator = deduplicatorOf(findDataset(["conversations", "aggregates"]), DAY);
  expect(keep(deduplicator, ["{}", "{}"])).toEqual([true, true]);
});

test("the deduplicator compares entries of a listing by their id", () => {
  const deduplicator = deduplicatorOf(findDataset(["queues"]), WHOLE);
  expect(keep(deduplicator, ['{"id":"a","name":"x"}', '{"id":"a","name":"y"}', '{"id":"b"}'])).toEqual([
    true,
    false,
    true,
  ]);
  expect(deduplicator.open).toEqual([]);
});
