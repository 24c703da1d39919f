import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { OutputError } from "../../../src/core/errors.ts";
import { SeenRecords } from "../../../src/export/page/seen-records.ts";
import { tempDir } from "../../support/temp-dir.ts";

const uuidOf = (number: number) =>
  `${number.toString(16).padStart(8, "0")}-0000-4000-8000-${(number * 7).toString(16).padStart(12, "0")}`;

let directory = "";
beforeEach(async () => {
  directory = await tempDir();
});
const seenRecords = () => new SeenRecords(join(directory, "seen"));

/** Adds an identity that is a part of a record. */
function add(seen: SeenRecords, identity: string): boolean {
  const bytes = Buffer.from(`<${identity}>`);
  return seen.add(bytes, 1, bytes.length - 1);
}

test("reports an identity as new only once", () => {
  const seen = seenRecords();
  expect([add(seen, uuidOf(1)), add(seen, uuidOf(2)), add(seen, uuidOf(1)), seen.count]).toEqual([
    true,
    true,
    false,
    2,
  ]);
});

test.each([
  ["the first digit", "10000000-0000-4000-8000-000000000000"],
  ["the middle", "00000000-0000-4000-9000-000000000000"],
  ["the last digit", "00000000-0000-4000-8000-000000000001"],
])("distinguishes UUIDs that differ in %s", (_where, other) => {
  const seen = seenRecords();
  expect([add(seen, "00000000-0000-4000-8000-000000000000"), add(seen, other)]).toEqual([true, true]);
});

test("treats another spelling, or text that is not a UUID, as its own identity", () => {
  const seen = seenRecords();
  const identities = [
    "abcdefab-0000-4000-8000-000000000000",
    "ABCDEFAB-0000-4000-8000-000000000000",
    "abcdefab00000-4000-8000-000000000000",
    "abcdefab-0000-4000-8000-00000000000g",
    "abcdefab",
    "",
  ];
  expect(identities.map((identity) => add(seen, identity))).toEqual(identities.map(() => true));
  expect(identities.map((identity) => add(seen, identity))).toEqual(identities.map(() => false));
});

test("behaves like a set that can be rolled back at any size", () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ add: fc.array(fc.nat(20_000), { maxLength: 3_000 }) }) },
    { weight: 2, arbitrary: fc.record({ keepPortion: fc.double({ min: 0, max: 1, noNaN: true }) }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const seen = seenRecords();
      const model: string[] = [];
      const known = new Set<string>();
      for (const each of steps) {
        if ("add" in each) {
          for (const number of each.add) {
            const identity = number % 5 === 0 ? `number ${number}` : uuidOf(number);
            if (add(seen, identity) === known.has(identity))
              throw new Error(`${identity} is reported wrongly`);
            if (!known.has(identity)) model.push(identity);
            known.add(identity);
          }
        } else {
          const count = Math.floor(each.keepPortion * model.length);
          seen.takeBack(count);
          for (const identity of model.splice(count)) known.delete(identity);
        }
        expect(seen.count).toBe(model.length);
      }
      for (let number = 0; number <= 20_000; number += 97) {
        const identity = uuidOf(number);
        expect(add(seen, identity)).toBe(!known.has(identity));
      }
    }),
    { numRuns: 40 },
  );
});

test("distinguishes twenty thousand records more than its initial size, and removes them one by one", () => {
  const seen = seenRecords();
  for (let number = 0; number < 20_000; number += 1) expect(add(seen, uuidOf(number))).toBe(true);
  for (let number = 0; number < 20_000; number += 1) expect(add(seen, uuidOf(number))).toBe(false);
  seen.takeBack(5_000);
  expect(add(seen, uuidOf(4_999))).toBe(false);
  expect(add(seen, uuidOf(5_000))).toBe(true);
});

test("leaves no file in the directory", async () => {
  const place = await tempDir();
  const seen = new SeenRecords(join(place, "seen"));
  for (let number = 0; number < 5_000; number += 1) add(seen, uuidOf(number));
  expect(await readdir(place)).toEqual([]);
  expect(add(seen, uuidOf(0))).toBe(false);
  seen.close();
});

test("reports a file that cannot be created as an output error", async () => {
  const place = await tempDir();
  await mkdir(join(place, "seen"));
  const seen = new SeenRecords(join(place, "seen"));
  expect(() => {
    for (let number = 0; number < 5_000; number += 1) add(seen, uuidOf(number));
  }).toThrow(OutputError);
});
