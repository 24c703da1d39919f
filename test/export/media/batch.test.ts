import { describe, expect, test } from "vitest";
import { findDataset } from "../../../src/analytics/datasets/datasets.ts";
import { requestAddresses, type WantedMedia } from "../../../src/export/media/batch.ts";
import { apiOfSteps } from "../../support/api-of.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import type { Step } from "../../support/scripted-transport.ts";

const { files: operations } = findDataset(["recordings"]);
const WANTED: readonly WantedMedia[] = [
  { id: "a", conversationId: "1" },
  { id: "b", conversationId: "1" },
];
const SUBMITTED = json({ id: "batch 1" });

function json(body: object, status = 200): Step {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

async function ask(...steps: readonly Step[]) {
  if (operations?.kind !== "recordings") throw new Error("recordings have operations");
  const { api, sent } = apiOfSteps(...steps);
  const clock = new FakeClock();
  const { signal } = new AbortController();
  const found = await requestAddresses({ api, clock, signal }, operations, WANTED);
  return { found, clock, sent };
}

describe("a batch of recordings", () => {
  test("is polled until it has as many results as expected, whatever its own counts claim", async () => {
    const first = { recordingId: "a", resultUrl: "https://files.example/a?sig=1", contentType: "audio/ogg" };
    const { found, clock, sent } = await ask(
      SUBMITTED,
      json({ expectedResultCount: 2, resultCount: 2, errorCount: 2, results: [] }),
      json({ expectedResultCount: 2, resultCount: 0, results: [first] }),
      json({
        expectedResultCount: 2,
        results: [first, { recordingId: "b", errorMsg: "see https://x.example/y" }],
      }),
    );
    expect(clock.sleeps).toEqual([500, 750]);
    expect(sent.map(({ url }) => url.pathname).slice(0, 2)).toEqual([
      "/api/v2/recording/batchrequests",
      "/api/v2/recording/batchrequests/batch%201",
    ]);
    expect(found.get("a")).toMatchObject({ contentType: "audio/ogg" });
    expect(JSON.stringify(found.get("a"))).not.toContain("files.example");
    expect(found.get("b")).toEqual({ code: "batch_failed", reason: "see [address]" });
  });

  test.each([7, "x", { a: 1 }, true])("is soon considered lost when its results stay %j", async (results) => {
    const answer = json({ expectedResultCount: 2, results });
    await expect(ask(SUBMITTED, ...Array.from({ length: 9 }, () => answer))).rejects.toThrow(
      "the response contains no readable list of results",
    );
  });

  test.each([1e9, -1, 1.5, "2", null])(
    "is not waited for when it announces %j results",
    async (expectedResultCount) => {
      const results = ["a", "b"].map((id) => ({ recordingId: id, errorMsg: "gone" }));
      const { found, clock } = await ask(SUBMITTED, json({ expectedResultCount, results }));
      expect([found.size, clock.sleeps]).toEqual([2, []]);
    },
  );

  test("is considered finished when no new result arrives for ten minutes", async () => {
    const still = json({ expectedResultCount: 2, results: [] });
    const { found, clock } = await ask(SUBMITTED, ...Array.from({ length: 60 }, () => still));
    expect(found.size).toBe(0);
    expect(clock.sleeps.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(600_000);
  });

  test("leads to a note when one recording has several files", async () => {
    const file = { recordingId: "a", resultUrl: "https://files.example/a" };
    const { found } = await ask(SUBMITTED, json({ expectedResultCount: 2, results: [file, file] }));
    expect(found.get("a")).toMatchObject({ code: "several_files" });
  });

  test.each([
    ["that the service forgot", [SUBMITTED, json({}, 404)], /no longer knows the batch \(404\)/],
    ["without an id", [json({ selfUri: "/" })], /no batch id/],
  ] as const)("%s is considered lost", async (_which, steps, message) => {
    await expect(ask(...steps)).rejects.toThrow(message);
  });
});
