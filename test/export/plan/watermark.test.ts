import { expect, test } from "vitest";
import type { JobDefinition } from "../../../src/analytics/datasets/dataset-access.ts";
import { findDataset } from "../../../src/analytics/datasets/datasets.ts";
import { readWatermark } from "../../../src/export/plan/watermark.ts";
import { apiOfSteps } from "../../support/api-of.ts";

const PATH = "/api/v2/analytics/conversations/details/jobs/availability";

function wordsOf(...name: readonly string[]): JobDefinition {
  const { access } = findDataset(name);
  if (access.kind !== "jobs") throw new Error(`${name} has no jobs`);
  return access.definition;
}

const DETAILS = wordsOf("conversations", "details");

const NOW_MS = Date.UTC(2026, 9, 5, 12);

test("the watermark is the time up to which the platform's data is complete", async () => {
  const { api, sent } = apiOfSteps({
    status: 200,
    body: '{"dataAvailabilityDate":"2026-10-05T06:00:00.000Z"}',
  });
  expect(await readWatermark(api, DETAILS, NOW_MS)).toBe(Date.UTC(2026, 9, 5, 6));
  expect(sent.map(({ method, url }) => [method, url.pathname])).toEqual([["GET", PATH]]);
});

test("no request is sent for a dataset without a watermark", async () => {
  const { api, sent } = apiOfSteps();
  expect(await readWatermark(api, wordsOf("audits"), NOW_MS)).toBeNull();
  expect(sent).toEqual([]);
});

test.each([
  ["no date", "{}"],
  ["null", '{"dataAvailabilityDate":null}'],
  ["a number", '{"dataAvailabilityDate":1790000000000}'],
  ["another word", '{"dataAvailabilityDate":"soon"}'],
  ["a list", "[]"],
])(
  "a response about the watermark with %s is refused instead of being read as no limit",
  async (_what, body) => {
    const { api } = apiOfSteps({ status: 200, body });
    await expect(readWatermark(api, DETAILS, NOW_MS)).rejects.toMatchObject({
      name: "ApiError",
      exit: "error",
      code: "export.watermark_unknown",
      message: `the response to \`GET ${PATH}\` has no \`dataAvailabilityDate\``,
      hint: `inspect the response: genscope query GET ${PATH}`,
    });
  },
);

test("a refused request for the watermark fails with the refusal", async () => {
  const body = JSON.stringify({ status: 403, code: "missing.any.permissions", message: "no" });
  const { api } = apiOfSteps({ status: 403, body });
  await expect(readWatermark(api, DETAILS, NOW_MS)).rejects.toMatchObject({
    code: "api.forbidden",
    exit: "denied",
  });
});

test("the watermark of a dataset with a fixed delay is the end of the last day that is old enough", async () => {
  const { api } = apiOfSteps();
  expect(await readWatermark(api, wordsOf("usage"), NOW_MS)).toBe(Date.UTC(2026, 9, 4));
  expect(await readWatermark(api, wordsOf("usage"), Date.UTC(2026, 9, 5))).toBe(Date.UTC(2026, 9, 4));
});
