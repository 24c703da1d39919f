import { expect, test } from "vitest";
import { KILL_CASES } from "../../support/export-kill-cases.ts";
import { killAndResume, NUMBER_OF_KILLS } from "../../support/export-kill-trial.ts";

test("the tests with killed exports kill at least two hundred of them", () => {
  expect(NUMBER_OF_KILLS).toBeGreaterThanOrEqual(200);
});

test.each(KILL_CASES.layouts)("an export resumes after kills at random moments: $what", killAndResume);
