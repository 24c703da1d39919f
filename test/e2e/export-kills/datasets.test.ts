import { test } from "vitest";
import { KILL_CASES } from "../../support/export-kill-cases.ts";
import { killAndResume } from "../../support/export-kill-trial.ts";

test.each(KILL_CASES.datasets)("an export resumes after kills at random moments: $what", killAndResume);
