import { describe, expect, test } from "vitest";
import type { ChildAccess } from "../../../src/analytics/datasets/dataset-access.ts";
import { queueMembers } from "../../../src/analytics/datasets/listings/members/queue-members.ts";
import { evaluations } from "../../../src/analytics/datasets/quality/evaluations.ts";
import type { Part } from "../../../src/export/part/part.ts";
import { partOfDay, WHOLE } from "../../../src/export/part/part.ts";
import { childSource } from "../../../src/export/sources/child-source.ts";
import type { PartParents, Source } from "../../../src/export/sources/source.ts";

const { access } = queueMembers;
if (access.kind !== "children") throw new Error("queue members are the children of queues");
const QUEUES = access;

/** Returns a source that has read queues with these ids. */
function sourceWith(ids: readonly string[]): Source & { readonly parents: PartParents } {
  const source = childSource(QUEUES);
  const { parents } = source;
  if (parents === null) throw new Error("the source has no parents");
  for (const id of ids) parents.add(WHOLE, { id, name: `Queue ${id}` });
  return { ...source, parents };
}

/** Reads pages with these numbers of records. Returns the requests and the cursors. */
function read(
  source: Source & { readonly parents: PartParents },
  pages: readonly { readonly records: number; readonly isGone?: boolean; readonly wasRepeating?: boolean }[],
  from: string | null = null,
): { readonly asked: readonly string[]; readonly cursor: string | null; readonly isSettled: boolean | null } {
  const asked: string[] = [];
  let cursor = from;
  for (const { records, isGone = false, wasRepeating = false } of pages) {
    const { path, query } = source.requestPage(WHOLE, null, cursor, 100);
    asked.push(`${path.split("/").at(-2)} ${query?.["pageNumber"]}`);
    const page = { envelope: { fields: {}, records }, pageSize: 100, wasRepeating, isGone };
    const next = source.nextCursor(WHOLE, cursor, page);
    if (next === null) return { asked, cursor: null, isSettled: source.isSettled(WHOLE, cursor, page) };
    cursor = next;
  }
  return { asked, cursor, isSettled: null };
}

describe("the listings of the children of many objects", () => {
  test("accept a parent id with half a surrogate pair, which no URL can contain", () => {
    const source = sourceWith(["a\ud800/b"]);
    expect(source.requestPage(WHOLE, null, null, 100).path).toContain("/a%EF%BF%BD%2Fb/");
  });

  test.each([undefined, null, "", 7, { a: 1 }, ["a"]])("are refused for a parent with the id %j", (id) => {
    const { parents } = sourceWith([]);
    expect(() => parents.add(WHOLE, { id, name: "Sales" })).toThrow("an object has no readable id");
  });

  test.each([7, null, "x", { a: 1 }, [7], [{}]])("are refused for %j in place of evaluations", (list) => {
    const source = childSource(evaluations.access as ChildAccess);
    const conversation = { conversationId: "c", evaluations: list };
    expect(() => source.parents?.add(WHOLE, conversation)).toThrow("an object has no readable id");
  });

  test("are read one after another, by the ids of the parent objects", () => {
    const found = read(sourceWith(["b", "a", "c"]), [
      { records: 3 },
      { records: 100 },
      { records: 0 },
      { records: 1 },
    ]);
    expect(found).toEqual({ asked: ["a 1", "b 1", "b 2", "c 1"], cursor: null, isSettled: true });
  });

  test("continue in another process at the start of the interrupted listing", () => {
    const { cursor } = read(sourceWith(["a", "b", "c"]), [
      { records: 1 },
      { records: 100 },
      { records: 100 },
    ]);
    // Since then, queue `bb` was added after `b`, and `a` was deleted.
    const found = read(
      sourceWith(["b", "bb", "c"]),
      [{ records: 100 }, { records: 1 }, { records: 1 }, { records: 1 }],
      cursor,
    );
    expect(found).toEqual({ asked: ["b 1", "b 2", "bb 1", "c 1"], cursor: null, isSettled: true });
  });

  test("are read again when pages shifted, and are reported as unstable if the shifting never stops", () => {
    const shifting = { records: 5, wasRepeating: true };
    const found = read(sourceWith(["a", "b"]), [shifting, { records: 5 }, { records: 5 }]);
    expect(found).toEqual({ asked: ["a 1", "a 1", "b 1"], cursor: null, isSettled: true });
  });

  test("contain records that begin with the id and the name of the parent", () => {
    const { parents } = sourceWith(["a"]);
    expect(parents.prefixAt(null)).toBe('"queueId":"a","queueName":"Queue a",');
  });

  test("may belong to a deleted parent, unless every parent is unknown", () => {
    const source = sourceWith(["a", "b"]);
    expect(source.parents.mayBeGone(null)).toBe(true);
    const unknown = read(source, [{ records: 0, isGone: true }]).cursor;
    expect(source.parents.mayBeGone(unknown)).toBe(false);
    const known = read(sourceWith(["a", "b"]), [{ records: 0 }]).cursor;
    expect(sourceWith(["a", "b"]).parents.mayBeGone(known)).toBe(true);
  });

  test("cover the parents that began on the day", () => {
    const day = partOfDay({ startMs: Date.parse("2026-10-05"), endMs: Date.parse("2026-10-06") });
    const ofDay = { ...QUEUES, parents: { ...QUEUES.parents, startField: "start" } };
    const added = (start: string, part: Part) => {
      const { parents } = childSource(ofDay);
      parents?.add(part, { id: "a", start });
      return parents?.any();
    };
    const starts = ["2026-10-04T23:59:59.999Z", "2026-10-05T00:00:00.000Z", "2026-10-06T00:00:00.000Z"];
    expect(starts.map((start) => added(start, day))).toEqual([false, true, false]);
  });
});
