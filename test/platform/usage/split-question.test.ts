import { expect, test } from "vitest";
import { splitQuestion } from "../../../src/platform/usage/split-question.ts";
import { USAGE_METHODS, type UsageQuestion } from "../../../src/platform/usage/usage-query.ts";

const QUESTION: UsageQuestion = {
  firstDay: "2026-09-01",
  lastDay: "2026-09-30",
  granularity: "Month",
  groupBy: ["client"],
  clientId: null,
};

/** Splits a question until its parts are as small as possible. Returns these parts. */
function leaves(question: UsageQuestion, hasPages: boolean): readonly UsageQuestion[] {
  const parts = splitQuestion(question, { hasPages });
  return parts === null ? [question] : parts.flatMap((part) => leaves(part, hasPages));
}

test.each([1, 2, 3, 7, 30])("a split usage query covers each of %i days and every method once", (days) => {
  const lastDay = `2026-09-${String(days).padStart(2, "0")}`;
  const smallest = leaves({ ...QUESTION, lastDay }, true);
  const covered = smallest.map(({ firstDay, lastDay: last, methods }) => [
    firstDay === last,
    firstDay,
    methods,
  ]);
  const expected = [...Array(days).keys()].flatMap((day) =>
    USAGE_METHODS.map((method) => [true, `2026-09-${String(day + 1).padStart(2, "0")}`, [method]]),
  );
  expect(covered).toEqual(expected);
});

test("a usage query without filters is split only by days", () => {
  const smallest = leaves({ ...QUESTION, lastDay: "2026-09-04" }, false);
  expect(smallest.map(({ firstDay, methods }) => [firstDay, methods])).toEqual(
    ["01", "02", "03", "04"].map((day) => [`2026-09-${day}`, undefined]),
  );
});
