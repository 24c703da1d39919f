import { describe, expect, test } from "vitest";
import type { JobDefinition } from "../../../src/analytics/datasets/dataset-access.ts";
import { findDataset } from "../../../src/analytics/datasets/datasets.ts";
import { JobLost } from "../../../src/analytics/jobs/job-lost.ts";
import { partOfDay } from "../../../src/export/part/part.ts";
import { jobSource } from "../../../src/export/sources/job-source.ts";
import type { Source } from "../../../src/export/sources/source.ts";
import { apiOfSteps } from "../../support/api-of.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import type { Step } from "../../support/scripted-transport.ts";

const DAY = partOfDay({ startMs: Date.UTC(2026, 9, 1), endMs: Date.UTC(2026, 9, 2) });
const { signal } = new AbortController();

function wordsOf(...name: readonly string[]): JobDefinition {
  const { access } = findDataset(name);
  if (access.kind !== "jobs") throw new Error(`${name} has no jobs`);
  return access.definition;
}

function start(steps: readonly Step[], words = wordsOf("conversations", "details"), body = {}) {
  const { api, sent } = apiOfSteps(...steps);
  const clock = new FakeClock();
  const polled: string[] = [];
  const source = jobSource({
    api,
    clock,
    definition: words,
    itemsKey: words.itemsKey,
    body,
    canDivide: true,
    onPoll: (name) => void polled.push(name),
  });
  const { jobs } = source;
  if (jobs === null) throw new Error("this source has no jobs");
  return { source, jobs, sent, clock, polled };
}

const state = (name: string, more: object = {}): Step => ({
  status: name === "FULFILLED" ? 200 : 202,
  body: JSON.stringify({ state: name, ...more }),
});

describe("submitting the job of a part", () => {
  test("asks for the day by conversation start, with the filters of the request", async () => {
    const { jobs, sent } = start([{ status: 202, body: '{"jobId":"j1"}' }], undefined, {
      segmentFilters: [1],
      startOfDayIntervalMatching: false,
    });
    expect(await jobs.submit(DAY, signal)).toBe("j1");
    expect([sent[0]?.method, sent[0]?.url.pathname, sent[0]?.body, sent[0]?.repeatable]).toEqual([
      "POST",
      "/api/v2/analytics/conversations/details/jobs",
      {
        kind: "json",
        value: {
          order: "asc",
          orderBy: "conversationStart",
          startOfDayIntervalMatching: true,
          segmentFilters: [1],
          interval: "2026-10-01T00:00:00.000Z/2026-10-02T00:00:00.000Z",
        },
      },
      true,
    ]);
  });

  test("reads the id of an audit job from its own field", async () => {
    const { jobs } = start([{ status: 202, body: '{"id":"a1","state":"Queued"}' }], wordsOf("audits"));
    expect(await jobs.submit(DAY, signal)).toBe("a1");
  });

  test("fails when the response has no id", async () => {
    const { jobs } = start([{ status: 202, body: "{}" }]);
    await expect(jobs.submit(DAY, signal)).rejects.toBeInstanceOf(JobLost);
  });

  test("passes on a refusal", async () => {
    const body = JSON.stringify({ status: 403, code: "missing.any.permissions", message: "no" });
    const { jobs } = start([{ status: 403, body }]);
    await expect(jobs.submit(DAY, signal)).rejects.toMatchObject({ status: 403, exit: "denied" });
  });
});

describe("waiting for a job", () => {
  test("reports each state but the last", async () => {
    const { jobs, polled } = start(["QUEUED", "PENDING", "PENDING", "FULFILLED"].map((name) => state(name)));
    await jobs.settle("j1", signal);
    expect(polled).toEqual(["QUEUED", "PENDING", "PENDING"]);
  });

  test("polls after half a second, then at growing intervals of up to 15 seconds", async () => {
    const steps = [...Array.from({ length: 12 }, () => state("PENDING")), state("FULFILLED")];
    const { jobs, clock, sent } = start(steps);
    await jobs.settle("j 1", signal);
    expect(clock.sleeps).toEqual([500, 750, 1125, 1688, 2531, 3797, 5695, 8543, 12814, 15000, 15000, 15000]);
    expect(sent[0]?.url.pathname).toBe("/api/v2/analytics/conversations/details/jobs/j%201");
  });

  test("accepts another spelling of a state", async () => {
    const { jobs } = start([state("Running"), state("Succeeded")], wordsOf("audits"));
    await jobs.settle("a1", signal);
  });

  test.each(["FAILED", "CANCELLED", "EXPIRED"])(
    "reports a job that is %s as lost, with the platform's reason",
    async (name) => {
      const { jobs } = start([state("QUEUED"), state(name, { errorMessage: "too much" })]);
      await expect(jobs.settle("j1", signal)).rejects.toMatchObject({ state: name, message: "too much" });
    },
  );

  test.each([400, 404, 410])("reports an unknown job (%i) as lost", async (status) => {
    const { jobs } = start([{ status, body: '{"status":404,"code":"not.found","message":"no"}' }]);
    await expect(jobs.settle("j1", signal)).rejects.toMatchObject({ state: "unknown" });
  });

  test("does not report a job as lost for any other refusal", async () => {
    const { jobs } = start([{ status: 403, body: '{"status":403,"code":"x","message":"no"}' }]);
    await expect(jobs.settle("j1", signal)).rejects.toMatchObject({ status: 403 });
  });

  test.each([
    7,
    true,
    null,
    undefined,
    { a: 1 },
    ["FULFILLED"],
    "",
    "7",
    "{}",
    "\uFFFDfulfilled",
    "a".repeat(41),
  ])("reports a job whose state stays %j as lost at the third response", async (value) => {
    const unreadable = { status: 200, body: JSON.stringify({ state: value }) };
    const { jobs, clock } = start([state("QUEUED"), ...Array.from({ length: 9 }, () => unreadable)]);
    await expect(jobs.settle("j1", signal)).rejects.toThrow("the response contains no readable job state");
    expect(clock.sleeps).toEqual([500, 750, 1125]);
  });

  test("waits for a job whose state is occasionally unreadable or unknown", async () => {
    const unreadable = { status: 200, body: "{}" };
    const words = ["PENDING", "Rebalancing", "IN_PROGRESS", "ON-HOLD"].map((name) => state(name));
    const steps = words.flatMap((word) => [unreadable, unreadable, word]);
    const { jobs, polled } = start([...steps, state("FULFILLED")]);
    await jobs.settle("j1", signal);
    expect(polled).toEqual(["PENDING", "REBALANCING", "IN_PROGRESS", "ON-HOLD"]);
  });

  test("reports a job that does not end within hours as lost", async () => {
    const { jobs, clock } = start(Array.from({ length: 1_000 }, () => state("PENDING")));
    const startMs = clock.now();
    await expect(jobs.settle("j1", signal)).rejects.toThrow("the job did not end in time");
    expect(Math.floor((clock.now() - startMs) / 60_000)).toBe(180);
  });

  test("ends when the signal aborts", async () => {
    const { jobs } = start([state("PENDING")]);
    const stopped = AbortSignal.abort(new Error("stop"));
    await expect(jobs.settle("j1", stopped)).rejects.toThrow("stop");
  });
});

describe("removing a job", () => {
  test("deletes the job, and accepts that it is already gone", async () => {
    const { jobs, sent } = start([{ status: 204 }, { status: 404, body: "{}" }]);
    await jobs.remove("j1", signal);
    await jobs.remove("j2", signal);
    expect(sent.map(({ method, url }) => `${method} ${url.pathname.split("/").at(-1)}`)).toEqual([
      "DELETE j1",
      "DELETE j2",
    ]);
  });

  test("reports a failed deletion, so that it can be tried again", async () => {
    const { jobs } = start([{ status: 503, body: '{"status":503,"code":"x","message":"later"}' }]);
    await expect(jobs.remove("j1", signal)).rejects.toMatchObject({ status: 503 });
  });

  test("sends no deletion for audits", async () => {
    const { jobs, sent } = start([], wordsOf("audits"));
    await jobs.remove("a1", signal);
    expect(sent).toEqual([]);
  });
});

test("the results of a job are read by cursors of any content until a response has no cursor", () => {
  const { source } = start([]);
  expect(source.requestPage(DAY, "j1", null, 1_000)).toEqual({
    method: "GET",
    path: "/api/v2/analytics/conversations/details/jobs/j1/results",
    query: { pageSize: 1_000 },
  });
  expect(source.requestPage(DAY, "j1", "a+/=&", 500).query).toEqual({ pageSize: 500, cursor: "a+/=&" });
  const next = (fields: object): ReturnType<Source["nextCursor"]> =>
    source.nextCursor(DAY, null, {
      envelope: { fields: { ...fields }, records: 1 },
      pageSize: 1,
      wasRepeating: false,
    });
  expect([next({ cursor: "c2" }), next({}), next({ cursor: null })]).toEqual(["c2", null, null]);
});
