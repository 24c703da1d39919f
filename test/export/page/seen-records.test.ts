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

test("the seen ids report an id as new only once", () => {
  const seen = seenRecords();
  expect([add(seen, uuidOf(1)), add(seen, uuidOf(2)), add(seen, uuidOf(1))]).toEqual([true, true, false]);
});

test.each([
  ["the first digit", "10000000-0000-4000-8000-000000000000"],
  ["the middle", "00000000-0000-4000-9000-000000000000"],
  ["the last digit", "00000000-0000-4000-8000-000000000001"],
])("the seen ids distinguish UUIDs that differ in %s", (_where, other) => {
  const seen = seenRecords();
  expect([add(seen, "00000000-0000-4000-8000-000000000000"), add(seen, other)]).toEqual([true, true]);
});

test("the seen ids treat another spelling of a UUID, or other text, as a different id", () => {
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

test.each([1, 500, 5_000, 1_000_000])(
  "the seen ids behave like a set that can be rolled back, with at most %i ids in memory",
  (mostRecent) => {
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ add: fc.array(fc.nat(20_000), { maxLength: 3_000, size: "max" }) }),
      },
      { weight: 2, arbitrary: fc.constant("keep" as const) },
      { weight: 1, arbitrary: fc.constant("roll back" as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12, size: "max" }), (steps) => {
        const seen = new SeenRecords(join(directory, "seen"), mostRecent);
        let kept = new Set<string>();
        let known = new Set<string>();
        const addNumber = (number: number) => {
          const identity = number % 5 === 0 ? `number ${number}` : uuidOf(number);
          if (add(seen, identity) === known.has(identity)) throw new Error(`${identity} is reported wrongly`);
          known.add(identity);
        };
        for (const each of steps) {
          if (each === "keep") {
            seen.keep();
            kept = new Set(known);
          } else if (each === "roll back") {
            seen.rollBack();
            known = new Set(kept);
          } else {
            each.add.forEach(addNumber);
          }
        }
        for (let number = 0; number <= 20_000; number += 97) addNumber(number);
        seen.close();
      }),
      // Shrinking a list of thousands of numbers takes minutes.
      { numRuns: 15, endOnFailure: true },
    );
  },
);

test("the seen ids distinguish twenty thousand records, more than the initial size, and roll back most of them", () => {
  const seen = seenRecords();
  for (let number = 0; number < 5_000; number += 1) expect(add(seen, uuidOf(number))).toBe(true);
  seen.keep();
  for (let number = 5_000; number < 20_000; number += 1) expect(add(seen, uuidOf(number))).toBe(true);
  for (let number = 0; number < 20_000; number += 1) expect(add(seen, uuidOf(number))).toBe(false);
  seen.rollBack();
  expect(add(seen, uuidOf(4_999))).toBe(false);
  expect(add(seen, uuidOf(5_000))).toBe(true);
});

test("the seen ids leave no file in the directory", async () => {
  const place = await tempDir();
  const seen = new SeenRecords(join(place, "seen"), 5_000);
  for (let number = 0; number < 5_000; number += 1) add(seen, uuidOf(number));
  seen.keep();
  expect(await readdir(place)).toEqual([]);
  expect(add(seen, uuidOf(0))).toBe(false);
  seen.close();
});

test("the seen ids report a file that cannot be created as an output error", async () => {
  const place = await tempDir();
  await mkdir(join(place, "seen"));
  const seen = new SeenRecords(join(place, "seen"), 2);
  add(seen, uuidOf(0));
  seen.keep();
  add(seen, uuidOf(1));
  expect(() => seen.keep()).toThrow(OutputError);
});
