import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { HastyClock } from "../support/hasty-clock.ts";
import { json, serve } from "../support/loopback-server.ts";
import { type RunResult, runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const JOBS = "/api/v2/usage/aggregates/query/jobs";
const ROW = { date: "2026-10-02T00:00:00.000Z", httpMethod: "GET", requestCount: 1 };

/** Exports a day of usage from a service that responds with `answerResults` to every request for results. */
async function exportFrom(answerResults: (response: ServerResponse) => void): Promise<RunResult> {
  const { url } = await serve(({ path }, response) => {
    if (path.startsWith(`${JOBS}/`)) answerResults(response);
    else if (path === JOBS) json(response, 202, { id: "job-1" });
    else json(response, 404, { status: 404, code: "not.found", message: "not found" });
  });
  const out = join(await tempDir(), "usage");
  const words = ["export", "usage", "--interval", "2026-10-02/2026-10-03", "--out", out];
  return await runCli([...words, "--max-wait", "1s"], {
    env: { GENESYSCLOUD_REGION: url, GENESYSCLOUD_ACCESS_TOKEN: "token" },
    ports: { clock: new HastyClock() },
  });
}

const page = (nextUri: unknown) => ({ queryStatus: "SUCCEEDED", entities: [ROW], nextUri });

test.each([
  ["an address that is not a URL", "http://["],
  ["an object in place of an address", { after: "a" }],
  ["a number in place of an address", 7],
  ["an address without a cursor", `${JOBS}/job-1?pageSize=1000`],
  ["the same cursor again", `${JOBS}/job-1?after=a`],
])("`export usage` is incomplete after a page with %s", async (_what, nextUri) => {
  const { exitCode, stderr } = await exportFrom((response) => json(response, 200, page(nextUri)));
  expect(exitCode).toBe(8);
  expect(stderr).toMatch(/skipped `2026-10-02`: the (?:cursor of the next page|server returned the same)/);
});

test("`export usage` is incomplete after an endless series of empty pages", async () => {
  let pages = 0;
  const { exitCode, stderr } = await exportFrom((response) => {
    pages += 1;
    json(response, 200, { ...page(`${JOBS}/job-1?after=${pages}`), entities: [] });
  });
  expect(exitCode).toBe(8);
  expect(stderr).toContain("the server returned 100 empty pages in a row");
  expect(pages).toBeLessThan(500);
});

test.each([
  ["rows of the wrong types", [1, "x", null, [ROW], { date: { $: 1 }, requestCount: "many" }]],
  ["rows that are not a list", { 0: ROW }],
  ["no rows", undefined],
])("`export usage` ends without an internal fault after %s", async (_what, entities) => {
  const { exitCode, stderr } = await exportFrom((response) =>
    json(response, 200, { queryStatus: "SUCCEEDED", entities }),
  );
  expect([0, 1, 8]).toContain(exitCode);
  expect(stderr).not.toContain("internal fault");
});
