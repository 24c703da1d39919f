import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

const JOB = "/api/v2/analytics/conversations/details/jobs/7f6ad7b5-52c1-4d0f-9a63-2f0b6c1e7d55";
const NAMED = "`GET /api/v2/analytics/conversations/details/jobs/{jobId}`";
const SENT = { submissionDate: "2026-10-01T00:00:00Z", completionDate: "2026-10-01T00:01:00Z" };

const failed = (fields: object) => JSON.stringify({ state: "FAILED", ...SENT, ...fields });
const exchange = (body: string) => `GET https://api.mypurecloud.com${JOB}\nHTTP/1.1 200 OK\n\n${body}\n`;

describe("explains a failed job in a response with status 200", () => {
  test.each<[string, string, string, string]>([
    [
      "that names no reason",
      exchange(failed({ errorMessage: "The query could not be completed" })),
      "unknown",
      `the job of ${NAMED} ended in state FAILED: its message may show the reason`,
    ],
    [
      "with a query that exceeds a limit",
      exchange(failed({ errorMessage: "pagination may not exceed 400000 results" })),
      "request",
      `the job of ${NAMED} ended in state FAILED: the query itself must change; permissions and scopes do not matter here`,
    ],
    [
      "on a line of a log",
      `2026-10-01 12:00:00 INFO GET ${JOB} -> 200 ${failed({ errorMessage: "The query could not be completed" })}`,
      "unknown",
      `the job of ${NAMED} ended in state FAILED: its message may show the reason`,
    ],
    [
      "with the code of a malformed query",
      failed({ errorDetails: { code: "bad.request", message: "The request could not be understood" } }),
      "request",
      "the job ended in state FAILED with `bad.request`: the query itself must change; permissions and scopes do not matter here",
    ],
    [
      "with the code of a service fault",
      failed({ errorMessage: "Unexpected", errorDetails: { code: "internal.server.error" } }),
      "service",
      "the job ended in state FAILED with `internal.server.error`: the service failed; this is not a denial",
    ],
  ])("%s", (_name, paste, layer, summary) => {
    const findings = explainText(paste);
    expect(findings.map((finding) => [finding.layer, finding.status, finding.summary])).toEqual([
      [layer, null, summary],
    ]);
  });

  test("with an export day by day as the fix, if the query exceeds a limit", () => {
    const [finding] = explainText(exchange(failed({ errorMessage: "more results than may not exceed" })));
    expect(finding?.remedies.map(({ command }) => command)).toEqual([
      "genscope export conversations details --interval START/END --out DIRECTORY",
    ]);
  });
});

test.each([
  ["a job in state FULFILLED", exchange(JSON.stringify({ state: "FULFILLED", ...SENT }))],
  ["an object in state FAILED that is not a job", JSON.stringify({ state: "FAILED", name: "Winter" })],
])("finds no failed job in %s", (_name, paste) => {
  expect(explainText(paste).filter(({ layer }) => layer !== "none")).toEqual([]);
});
