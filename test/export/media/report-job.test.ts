import { describe, expect, test } from "vitest";
import { awaitReport, submitReport } from "../../../src/export/media/report-job.ts";
import { apiOfSteps } from "../../support/api-of.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import type { Step } from "../../support/scripted-transport.ts";

const PATH = "/api/v2/workforcemanagement/adherence/historical/bulk";

function json(body: object, status = 200): Step {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

function portsOf(...steps: readonly Step[]) {
  const { api, sent } = apiOfSteps(...steps);
  const clock = new FakeClock();
  return { ports: { api, clock, signal: new AbortController().signal }, clock, sent };
}

describe("a report job of the platform", () => {
  test.each([
    ["a job", { job: { id: "j", status: "Processing" } }, { id: "j", addresses: null }],
    ["a finished job without files", { job: { id: "j", status: "Complete" } }, { id: "j", addresses: [] }],
    ["a word that is unknown", { job: { id: "j", status: "Thinking" } }, { id: "j", addresses: null }],
  ])("is submitted, and the response is %s", async (_what, answer, expected) => {
    const { ports } = portsOf(json(answer, 202));
    expect(await submitReport(ports, PATH, {})).toEqual(expected);
  });

  test("may return its files immediately, without a job", async () => {
    const { ports } = portsOf(json({ downloadUrls: ["https://files.example/a?sig=1"] }));
    const { id, addresses } = await submitReport(ports, PATH, {});
    expect([id, addresses?.map((address) => address.reveal())]).toEqual([
      null,
      ["https://files.example/a?sig=1"],
    ]);
    expect(JSON.stringify(addresses)).not.toContain("sig=1");
  });

  test("is polled at growing intervals until its files are ready", async () => {
    const running = json({ job: { id: "j", status: "Processing" } });
    const { ports, clock, sent } = portsOf(
      running,
      running,
      json({ job: { id: "j", status: "Complete" }, downloadUrls: ["https://files.example/a"] }),
    );
    expect(await awaitReport(ports, PATH, "j")).toHaveLength(1);
    expect(clock.sleeps).toEqual([500, 750]);
    expect(sent.map(({ url }) => url.pathname)).toEqual([1, 2, 3].map(() => `${PATH}/jobs/j`));
  });

  test.each(["Canceled", "Error", "FAILED"])("is considered lost when it ended as %s", async (status) => {
    const { ports } = portsOf(json({ job: { id: "j", status } }));
    await expect(awaitReport(ports, PATH, "j")).rejects.toMatchObject({ state: status.toUpperCase() });
  });

  test.each([7, null, { a: 1 }, ["Complete"], "", "7"])(
    "is soon considered lost when its state stays %j",
    async (status) => {
      const answer = json({ job: { id: "j", status } });
      const { ports, clock } = portsOf(...Array.from({ length: 9 }, () => answer));
      await expect(awaitReport(ports, PATH, "j")).rejects.toThrow("no readable job state");
      expect(clock.sleeps).toEqual([500, 750]);
    },
  );

  test.each([7, "https://files.example/a", [7], [null, "https://files.example/a"], [""], { a: 1 }])(
    "is considered lost, not empty, when the addresses of its files are %j",
    async (downloadUrls) => {
      const { ports } = portsOf(json({ job: { id: "j", status: "Complete" }, downloadUrls }));
      await expect(awaitReport(ports, PATH, "j")).rejects.toThrow("the result URLs cannot be read");
    },
  );

  test("is considered lost when the service no longer knows it", async () => {
    const { ports } = portsOf(json({ status: 404, code: "not.found", message: "" }, 404));
    await expect(awaitReport(ports, PATH, "j")).rejects.toMatchObject({ state: "unknown" });
  });

  test("is considered lost when the response names neither a job nor files", async () => {
    const { ports } = portsOf(json({}));
    await expect(submitReport(ports, PATH, {})).rejects.toMatchObject({ state: "unknown" });
  });
});
