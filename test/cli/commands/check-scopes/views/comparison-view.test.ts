import { expect, test } from "vitest";
import type { Comparison } from "../../../../../src/access/compare/comparison.ts";
import { viewComparison } from "../../../../../src/cli/commands/check-scopes/views/comparison-view.ts";
import { renderBlocks } from "../../../../../src/output/blocks.ts";
import { plainStyle } from "../../../../../src/output/style.ts";

const DETAILS = "POST /api/v2/analytics/conversations/details/query";

const comparison: Comparison = {
  here: "dev",
  there: "prod",
  differences: [
    {
      aspect: "permission",
      permission: "analytics:conversationDetail:view",
      here: 'role "Viewer" in every division',
      there: "in no role",
      decides: [DETAILS],
    },
    { aspect: "organization", permission: null, here: "Example Dev", there: "Example", decides: [] },
  ],
  results: [
    {
      name: DETAILS,
      here: { verdict: "allowed", layer: "none" },
      there: { verdict: "denied", layer: "permission" },
      isSame: false,
    },
  ],
};

const show = async (given: Comparison) => await renderBlocks(viewComparison(given, plainStyle), null);

test("shows the verdicts of --diff, the differences and how many of them matter", async () => {
  expect(await show(comparison)).toMatchInlineSnapshot(`
    "check	dev	prod
    POST /api/v2/analytics/conversations/details/query	allowed	denied (permission)

    	difference	dev	prod
    matters	analytics:conversationDetail:view	role "Viewer" in every division	in no role
    	organization	Example Dev	Example

    1 of 1 check differs: 1 difference of 2 matters
    "
  `);
});

test.each([
  [{ results: [], differences: [] }, "same result for 0 checks; no differences"],
  [
    { results: comparison.results.map((result) => ({ ...result, isSame: true })) },
    "same result for 1 check; 2 differences, none of which matters for these checks",
  ],
  [{ differences: comparison.differences.slice(1) }, "1 of 1 check differs: no readable fact explains it"],
])("summarizes a comparison of two profiles (case %#)", async (given, expected) => {
  expect((await show({ ...comparison, ...given })).trimEnd().split("\n").at(-1)).toBe(expected);
});
