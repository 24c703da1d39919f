import { expect, test } from "vitest";
import { roughDuration } from "../../../../src/cli/commands/whoami/rough-duration.ts";

test.each([
  [0, "0 s"],
  [119, "119 s"],
  [120, "2 min"],
  [5_399, "90 min"],
  [7_199, "120 min"],
  [7_200, "2 h"],
  [86_399, "24 h"],
  [172_799, "48 h"],
  [172_800, "2 days"],
  [2_592_000, "30 days"],
])("whoami shows %i seconds as %s", (seconds, text) => {
  expect(roughDuration(seconds)).toBe(text);
});
