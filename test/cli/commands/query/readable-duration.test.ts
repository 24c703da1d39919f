import { expect, test } from "vitest";
import { readableDuration } from "../../../../src/cli/commands/query/readable-duration.ts";

test.each([
  [0, "0ms"],
  [850, "850ms"],
  [999.6, "1s"],
  [1_000, "1s"],
  [59_600, "1m"],
  [252_000, "4m 12s"],
  [3_600_000, "1h"],
  [7_380_000, "2h 3m"],
  [90_000_000, "1d 1h"],
  [2_161_495_281, "25d"],
  [-4_000, "-4s"],
])("a table shows %i ms as %s", (durationMs, expected) => {
  expect(readableDuration(durationMs)).toBe(expected);
});
