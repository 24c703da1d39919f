import { expect, test } from "vitest";
import { KILL_CASES } from "../../support/export-kill-cases.ts";
import { killAndResume, NUMBER_OF_KILLS } from "../../support/export-kill-trial.ts";

test("kills at least two hundred exports across all cases", () => {
  expect(NUMBER_OF_KILLS).toBeGreaterThanOrEqual(200);
});

test.each(KILL_CASES.layouts)("resumes after kills at random moments: $what", killAndResume);
