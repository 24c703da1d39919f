import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { asArray, asNumber, asRecord, type JsonRecord } from "../../../../src/core/json.ts";
import { metricsOf } from "../../../../src/sandbox/answers/quality/speech.ts";
import { askDuckDb } from "../../../export/writers/duckdb.ts";
import { act, clientHolding, json } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { began, type ExportStage, exportStage } from "../../../support/export-stage.ts";

const DAYS = ["2026-10-02", "2026-10-05"] as const;
const INTERVAL = ["--interval", DAYS.join("/")];

/** Returns the attachments of the conversations that began within the days. */
async function attached({ truth }: ExportStage, field: string): Promise<readonly JsonRecord[]> {
  const conversations = began(await truth(), ...DAYS);
  return [...conversations.values()].flatMap((line) =>
    asArray(asRecord(JSON.parse(line))[field]).map(asRecord),
  );
}

function sumOf(records: readonly JsonRecord[], field: string): number {
  return records.reduce((sum, record) => sum + (asNumber(record[field]) ?? 0), 0);
}

describe("exported evaluations", () => {
  test("cover all days, with totals, groups and questions, as DuckDB reads them", async () => {
    const stage = await exportStage({ conversations: 2_000 });
    const expected = await attached(stage, "evaluations");
    expect(expected.length).toBeGreaterThan(30);
    expect(
      (await stage.run(["evaluations", ...INTERVAL, "--out", "qm", "--format", "parquet"])).exitCode,
    ).toBe(0);
    const files = (table: string) => `'${join(stage.directory, "qm", table, "*.parquet")}'`;
    const [totals] = await askDuckDb(
      `select count(distinct id)::int as ids, count(*)::int as rows, sum(totalScore)::int as total,
         count(conversationId)::int as conversations, count(evaluationFormName)::int as forms, count(extra)::int as extra
       from ${files("evaluations")}`,
    );
    expect(totals).toEqual({
      ids: expected.length,
      rows: expected.length,
      total: sumOf(expected, "oTotalScore"),
      conversations: expected.length,
      forms: expected.length,
      extra: 0,
    });
    const [scores] = await askDuckDb(
      `select count(*)::int as rows, sum(q.score)::int as score, sum(g.total)::int as groups
       from ${files("evaluation_question_scores")} q
       join (select sum(totalScore) as total, evaluationId from ${files("evaluation_group_scores")} group by all) g using (evaluationId)`,
    );
    const total = sumOf(expected, "oTotalScore");
    expect(scores).toEqual({ rows: expected.length * 6, score: total, groups: total * 6 });
    expect((await stage.run(["--verify", "qm"])).exitCode).toBe(0);
  });

  test("need an interval, and do not fit into one CSV file", async () => {
    const { run } = await exportStage();
    expect((await run(["evaluations", "--out", "qm"])).stderr).toContain("`evaluations` needs an interval");
    const { exitCode, stderr } = await run(["evaluations", ...INTERVAL, "--out", "qm.csv"]);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining("`evaluations` has several tables in CSV"),
    ]);
  });

  test("are refused without their own permission, even if the permission for conversations is held", async () => {
    const { run, sandbox } = await exportStage({ conversations: 2_000 });
    const { token } = await clientHolding(sandbox, ["analytics:conversationDetail:view"]);
    const env = credentialsFor({ ...sandbox, accessToken: token });
    const result = await run(["evaluations", ...INTERVAL, "--out", "qm", "--json"], { env });
    expect(result.exitCode).toBe(3);
    expect(result.stdout).toContain("quality:evaluation:view");
    // A grant that is less than a minute old may not be enforced yet.
    const { json: check, exitCode } = await run(["evaluations", ...INTERVAL, "--check", "--json"], { env });
    expect([exitCode, json(check).each("access.results", "verdict")]).toEqual([3, ["conditional", "denied"]]);
  });

  test("are complete although a faulty service truncates pages", async () => {
    const stage = await exportStage({ conversations: 2_000 });
    const expected = await attached(stage, "evaluations");
    const fault = { path: "/api/v2/quality/", times: 2, retryAfterSeconds: 0 };
    for (const kind of ["truncated", "cut", "malformed"])
      await act(stage.sandbox, "fault.add", { ...fault, kind });
    const { exitCode, json: document } = await stage.run([
      "evaluations",
      ...INTERVAL,
      "--out",
      "qm",
      "--json",
    ]);
    expect([exitCode, json(document).at("records")]).toEqual([0, expected.length]);
  });
});

test("surveys are exported for all days, with their answers", async () => {
  const stage = await exportStage({ conversations: 2_000 });
  const expected = await attached(stage, "surveys");
  expect(expected.length).toBeGreaterThan(20);
  expect((await stage.run(["surveys", ...INTERVAL, "--out", "surveys", "--format", "csv"])).exitCode).toBe(0);
  const [row] = await askDuckDb(
    `select count(distinct id)::int as ids, sum(totalScore)::int as total, sum(npsScore)::int as nps, count(extra)::int as extra
     from '${join(stage.directory, "surveys/surveys/*.csv")}'`,
  );
  expect(row).toEqual({
    ids: expected.length,
    total: sumOf(expected, "oSurveyTotalScore"),
    nps: sumOf(expected, "surveyPromoterScore"),
    extra: 0,
  });
});

test.each(["evaluation", "survey"])(
  "exported %s forms include their questions, which join with the scores",
  async (kind) => {
    const stage = await exportStage({ conversations: 2_000 });
    const { run, directory } = stage;
    expect((await run([kind, "forms", "--out", "forms.parquet"])).exitCode).toBe(0);
    expect((await run([`${kind}s`, ...INTERVAL, "--out", "answers", "--format", "parquet"])).exitCode).toBe(
      0,
    );
    const [row] = await askDuckDb(
      `with questions as (
       select unnest(json_extract_string(questionGroups, '$[*].questions[*].id')) as questionId from '${join(directory, "forms.parquet")}'
     )
     select count(*)::int as scores, count(q.questionId)::int as known
     from '${join(directory, `answers/${kind}_question_scores/*.parquet`)}' left join questions q using (questionId)`,
    );
    expect(row?.["known"]).toBe(row?.["scores"]);
    expect(row?.["scores"]).toBeGreaterThan(100);
  },
);

test("an export of speech metrics covers the analyzed conversations of the days, and is empty when no conversation is analyzed", async () => {
  const stage = await exportStage({ conversations: 600 });
  const conversations = began(await stage.truth(), ...DAYS);
  const expected = [...conversations.values()].flatMap((line): readonly JsonRecord[] => {
    const metrics = metricsOf(JSON.parse(line));
    return metrics === null ? [] : [metrics];
  });
  expect(expected.length).toBeGreaterThan(50);
  expect(expected.length).toBeLessThan(conversations.size);
  expect(
    (await stage.run(["speech", "metrics", ...INTERVAL, "--out", "speech", "--format", "parquet"])).exitCode,
  ).toBe(0);
  const [row] = await askDuckDb(
    `select count(distinct conversationId)::int as ids, sum(sentimentScore)::int as sentiment,
       sum((participantMetrics->>'overtalkCount')::int)::int as overtalk, count(extra)::int as extra
     from '${join(stage.directory, "speech/speech_metrics/*.parquet")}'`,
  );
  expect(row).toEqual({
    ids: expected.length,
    sentiment: sumOf(expected, "sentimentScore"),
    overtalk: sumOf(
      expected.map(({ participantMetrics }) => asRecord(participantMetrics)),
      "overtalkCount",
    ),
    extra: 0,
  });
  const gone = { path: "/api/v2/speechandtextanalytics/conversations/", status: 404, times: 10_000 };
  await act(stage.sandbox, "fault.add", gone);
  const { exitCode, json: none } = await stage.run([
    "speech",
    "metrics",
    ...INTERVAL,
    "--out",
    "none",
    "--json",
  ]);
  expect([exitCode, json(none).at("records")]).toEqual([0, 0]);
});
