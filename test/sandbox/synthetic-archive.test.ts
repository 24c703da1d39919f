import { describe, expect, test } from "vitest";
import { parseJson } from "../../src/core/json.ts";
import { recordsOf } from "../../src/sandbox/admin/truth.ts";
import { createSyntheticArchive } from "../../src/sandbox/conversations/archive/synthetic-archive.ts";
import { DAY_MS } from "../../src/sandbox/conversations/plan/instant.ts";
import type { Conversation } from "../../src/sandbox/conversations/record/conversation.ts";

const NOW_MS = Date.UTC(2026, 9, 1);
const YESTERDAY_MS = NOW_MS - DAY_MS;

const archiveOf = (conversations: number, seed = 1) =>
  createSyntheticArchive({ seed, conversations, startedAtMs: NOW_MS });

function textsOf(archive: ReturnType<typeof archiveOf>, withAttributes = true): readonly string[] {
  const texts: string[] = [];
  for (let dayMs = archive.days(NOW_MS).firstMs; dayMs < NOW_MS; dayMs += DAY_MS) {
    texts.push(...recordsOf(archive, dayMs, NOW_MS, withAttributes));
  }
  return texts;
}

const recordsIn = (texts: readonly string[]) => texts.map((text) => parseJson(text) as Conversation);

describe("the sandbox's synthetic archive of conversations", () => {
  const archive = archiveOf(3_100);
  const texts = textsOf(archive);
  const records = recordsIn(texts);

  test("has the requested number of conversations, spread evenly over 31 days", () => {
    const days = new Map<string, number>();
    for (const { conversationStart } of records) {
      const day = conversationStart.slice(0, 10);
      days.set(day, (days.get(day) ?? 0) + 1);
    }
    expect([...days.keys()].at(0)).toBe("2026-08-31");
    expect([...days.keys()].at(-1)).toBe("2026-09-30");
    expect([...new Set(days.values())]).toEqual([100]);
    expect(new Set(records.map(({ conversationId }) => conversationId)).size).toBe(3_100);
  });

  test("spreads conversations evenly when their number is not a multiple of the days", () => {
    expect(textsOf(archiveOf(100))).toHaveLength(100);
    expect(archiveOf(100).countOn(NOW_MS - 31 * DAY_MS, NOW_MS)).toBe(4);
    expect(archiveOf(100).countOn(YESTERDAY_MS, NOW_MS)).toBe(3);
  });

  test("is the same for the same seed in any order of access, and differs between seeds", () => {
    expect(archiveOf(3_100).render(YESTERDAY_MS, 77, NOW_MS, true)).toBe(
      archive.render(YESTERDAY_MS, 77, NOW_MS, true),
    );
    expect(archiveOf(3_100, 2).entry(YESTERDAY_MS, 77, NOW_MS).id).not.toBe(
      archive.entry(YESTERDAY_MS, 77, NOW_MS).id,
    );
  });

  test("generates one conversation of a million as fast as one of a hundred, and finds it by its id", () => {
    const million = archiveOf(1_000_000);
    const { id, startMs } = million.entry(YESTERDAY_MS, 32_000, NOW_MS);
    expect(million.find(id, NOW_MS)).toEqual({ dayMs: YESTERDAY_MS, index: 32_000 });
    expect(startMs).toBeGreaterThan(YESTERDAY_MS + 0.99 * DAY_MS);
    expect(million.find("3f0c1c7e-3f3a-4d0e-8d0e-000000000000", NOW_MS)).toBe(null);
  });

  test("sorts each day by start, from its first instant to its last", () => {
    const starts = records.map(({ conversationStart }) => conversationStart);
    expect(starts).toEqual(starts.toSorted());
    expect(starts).toContain("2026-09-30T00:00:00.000Z");
    expect(starts).toContain("2026-09-30T23:59:59.999Z");
    const crossing = records.filter(
      ({ conversationStart, conversationEnd }) =>
        conversationEnd !== undefined && conversationEnd.slice(0, 10) > conversationStart.slice(0, 10),
    );
    expect(crossing.length).toBeGreaterThan(50);
  });

  test("has open conversations: many of today, a few old ones", () => {
    const open = records.filter(({ conversationEnd }) => conversationEnd === undefined);
    const old = open.filter(({ conversationStart }) => conversationStart < "2026-09-20");
    expect(open.length).toBeGreaterThan(20);
    expect(old.length).toBeGreaterThan(0);
    for (const { participants } of open) {
      const ends = participants.flatMap((each) =>
        each.sessions.flatMap((session) => session.segments.map((segment) => segment.segmentEnd)),
      );
      expect(ends).toContain(undefined);
      expect(ends.filter((end) => end !== undefined && end > "2026-10-01T00:00:00.000Z")).toEqual([]);
    }
  });

  test("ends open conversations as time passes, and keeps their earlier events", () => {
    const open = records.find(({ conversationEnd }) => conversationEnd === undefined);
    const place = archive.find(open?.conversationId ?? "", NOW_MS);
    const later = parseJson(
      archive.render(place?.dayMs ?? 0, place?.index ?? 0, NOW_MS + 60 * DAY_MS, true),
    ) as Conversation;
    expect(later.conversationEnd).toMatch(/^2026-1/);
    expect(later.participants[0]?.participantId).toBe(open?.participants[0]?.participantId);
    expect(archive.countOn(NOW_MS, NOW_MS)).toBe(1);
    expect(archive.countOn(NOW_MS, NOW_MS + DAY_MS)).toBe(100);
  });

  test("writes the scalar fields of a record by name, then nested values", () => {
    const wrong: string[] = [];
    const isNested = (value: unknown) =>
      typeof value === "object" &&
      (!Array.isArray(value) || value.length === 0 || typeof value[0] === "object");
    const check = (value: unknown, path: string): void => {
      if (typeof value !== "object" || value === null) return;
      const names = Object.keys(value);
      const record = value as Record<string, unknown>;
      const expected = [
        ...names.filter((name) => !isNested(record[name])).toSorted(),
        ...names.filter((name) => isNested(record[name])).toSorted(),
      ];
      const isFree = Array.isArray(value) || path.endsWith("attributes");
      if (!isFree && names.join() !== expected.join()) wrong.push(`${path}: ${names.join()}`);
      for (const name of names) check(record[name], `${path}.${name}`);
    };
    for (const record of records) check(record, "");
    expect([...new Set(wrong)].slice(0, 3)).toEqual([]);
  });

  test("has records of compact JSON without nulls, of about 6 KB", () => {
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    expect(bytes / texts.length).toBeGreaterThan(5_000);
    expect(bytes / texts.length).toBeLessThan(8_000);
    expect(texts.filter((text) => text.includes(":null"))).toEqual([]);
    expect(texts.filter((text) => text.includes("\n"))).toEqual([]);
  });

  test("has every media type, metric and segment that reports need", () => {
    const sessions = records.flatMap(({ participants }) => participants.flatMap((each) => each.sessions));
    const names = <Item>(items: readonly Item[]) => [...new Set(items)].toSorted();
    expect(names(sessions.map(({ mediaType }) => mediaType))).toEqual([
      "callback",
      "chat",
      "email",
      "message",
      "voice",
    ]);
    expect(names(sessions.flatMap(({ segments }) => segments.map((each) => each.segmentType)))).toEqual([
      "alert",
      "contacting",
      "delay",
      "dialing",
      "hold",
      "interact",
      "ivr",
      "scheduled",
      "system",
      "wrapup",
    ]);
    expect(names(sessions.flatMap(({ metrics }) => metrics.map((each) => each.name)))).toEqual(
      expect.arrayContaining([
        "nTransferred",
        "tAbandon",
        "tAcd",
        "tAcw",
        "tHandle",
        "tHeld",
        "tNotResponding",
      ]),
    );
    expect(names(records.map(({ originatingDirection }) => originatingDirection))).toEqual([
      "inbound",
      "outbound",
    ]);
    for (const field of ["evaluations", "surveys", "resolutions"]) {
      expect(records.filter((record) => record[field] !== undefined).length).toBeGreaterThan(10);
    }
  });

  test("has talk segments as long as their metric", () => {
    const session = records
      .flatMap(({ participants }) => participants.flatMap((each) => each.sessions))
      .find(({ metrics, segments }) => metrics.some(({ name }) => name === "tHeld") && segments.length === 5);
    const lengths = (type: string) =>
      (session?.segments ?? [])
        .filter(({ segmentType }) => segmentType === type)
        .map(({ segmentStart, segmentEnd }) => Date.parse(segmentEnd ?? "") - Date.parse(segmentStart))
        .reduce((sum, lengthMs) => sum + lengthMs, 0);
    const value = (name: string) => session?.metrics.find((metric) => metric.name === name)?.value;
    expect(value("tTalk")).toBe(lengths("interact"));
    expect(value("tHeld")).toBe(lengths("hold"));
    expect(value("tHandle")).toBe(lengths("interact") + lengths("hold") + lengths("wrapup"));
  });

  test("contains values that are hard to parse", () => {
    const all = textsOf(archiveOf(6_200)).join("\n");
    for (const trap of [
      '"receivedPackets":9007199254740993',
      '"minMos":4.0,',
      '"value":0E+0}',
      "\\/",
      "\\u6771\\u4eac",
      "東京 🎧",
      "\\r\\n",
      "before\u2028after",
      '"=cmd"',
      '"+15551234567"',
      '"-1"',
      '"@x"',
      '"__proto__":',
      'She said \\"call me back\\"',
      "C:\\\\temp",
      '"futureScore":',
      '"futureDetails":',
    ]) {
      expect(all.includes(trap), trap).toBe(true);
    }
  });

  test("returns records in two forms that differ only in the attributes", () => {
    const plain = recordsIn(textsOf(archive, false));
    const attributed = records.filter((each) =>
      each.participants.some((participant) => participant.attributes !== undefined),
    );
    expect(attributed.length).toBeGreaterThan(500);
    const stripped = records.map((each) => ({
      ...each,
      participants: each.participants.map(({ attributes: _, ...participant }) => participant),
    }));
    expect(plain).toEqual(stripped);
    const lengths = attributed.flatMap((each) =>
      each.participants.flatMap(({ attributes }) =>
        Object.values(attributes ?? {}).map(({ length }) => length),
      ),
    );
    expect(Math.max(...lengths)).toBe(1024);
  });
});
