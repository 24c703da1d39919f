import { expect, test } from "vitest";
import { createTextSearch } from "../../../../src/catalogue/facts/text/text-search.ts";

const TEXT = "users/{}/queues\tGET\tgetUserQueues\tALL routing:queue:view\tDiviſion Größe 部門 🎉\n";

test("finds every substring, of every length", () => {
  const contains = createTextSearch(TEXT);
  const missed: string[] = [];
  for (let start = 0; start < TEXT.length; start += 1) {
    for (let end = start; end <= TEXT.length; end += 1) {
      const part = TEXT.slice(start, end);
      if (!contains(part)) missed.push(part);
    }
  }
  expect(missed).toEqual([]);
});

test("finds no string that the text does not contain", () => {
  const contains = createTextSearch(TEXT);
  const absent = ["Users", "getuserqueues", "queue:viewer", "queuesGET", "zz", "部門門", `${TEXT}x`, "aaaa"];
  expect(absent.filter((part) => contains(part))).toEqual([]);
});

test("agrees with `includes` for recombined fragments of the text", () => {
  const contains = createTextSearch(TEXT);
  const pieces = TEXT.match(/[\s\S]{1,3}/g) ?? [];
  const joined = pieces.flatMap((left) => pieces.map((right) => `${left}${right}`));
  expect(joined.filter((part) => contains(part) !== TEXT.includes(part))).toEqual([]);
});
