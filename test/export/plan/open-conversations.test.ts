import { expect, test } from "vitest";
import { findEndedDays } from "../../../src/export/plan/open-conversations.ts";
import { apiOfSteps } from "../../support/api-of.ts";
import type { Step } from "../../support/scripted-transport.ts";

const answer = (...conversations: readonly object[]): Step => ({
  status: 200,
  body: JSON.stringify({ conversations }),
});
const open = (conversationId: string) => ({ conversationId, conversationStart: "2026-10-01T00:00:00.000Z" });
const ended = (conversationId: string) => ({
  ...open(conversationId),
  conversationEnd: "2026-10-02T00:00:00.000Z",
});

test("finds the days with an open conversation that has ended", async () => {
  const { api, sent } = apiOfSteps(answer(open("a"), ended("b"), open("c")));
  const days = [
    { key: "2026-10-01", open: ["a", "b"] },
    { key: "2026-10-02", open: ["c"] },
    { key: "2026-10-03", open: [] },
  ];
  expect(await findEndedDays(api, days)).toEqual(["2026-10-01"]);
  expect(sent.map(({ url }) => url.pathname + url.search)).toEqual([
    "/api/v2/analytics/conversations/details?id=a%2Cb%2Cc",
  ]);
});

test("treats an open conversation that is no longer found as ended", async () => {
  const { api } = apiOfSteps(answer(open("a")));
  expect(await findEndedDays(api, [{ key: "2026-10-01", open: ["a", "gone"] }])).toEqual(["2026-10-01"]);
});

test("treats every open conversation as ended when the response contains none", async () => {
  const { api } = apiOfSteps({ status: 200, body: "{}" });
  expect(await findEndedDays(api, [{ key: "2026-10-01", open: ["a"] }])).toEqual(["2026-10-01"]);
});

test("looks up no conversation when none was open", async () => {
  const { api, sent } = apiOfSteps();
  expect(await findEndedDays(api, [{ key: "2026-10-01", open: [] }])).toEqual([]);
  expect(sent).toEqual([]);
});

test("looks up fifty open conversations at a time, and treats them as ended when the request is refused", async () => {
  const ids = Array.from({ length: 120 }, (_, index) => `c${index}`);
  const { api, sent } = apiOfSteps(
    answer(...ids.slice(0, 50).map(open)),
    { status: 403, body: '{"status":403,"code":"missing.permissions","message":"no"}' },
    answer(...ids.slice(100).map(open)),
  );
  const days = [
    { key: "2026-10-01", open: ids.slice(0, 50) },
    { key: "2026-10-02", open: ids.slice(50, 100) },
    { key: "2026-10-03", open: ids.slice(100) },
  ];
  expect(await findEndedDays(api, days)).toEqual(["2026-10-02"]);
  expect(sent.map(({ url }) => url.searchParams.get("id")?.split(",").length)).toEqual([50, 50, 20]);
});

test("fails on a network error instead of treating open conversations as ended", async () => {
  const { api } = apiOfSteps(new Error("away"));
  await expect(findEndedDays(api, [{ key: "2026-10-01", open: ["a"] }])).rejects.toThrow("away");
});
