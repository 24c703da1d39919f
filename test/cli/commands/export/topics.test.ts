import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Conversation } from "../../../../src/sandbox/conversations/record/conversation.ts";
import { topicsOf } from "../../../../src/sandbox/recordings/topic.ts";
import { transcriptsOf } from "../../../../src/sandbox/recordings/transcript.ts";
import { createRoster, LARGE_ROSTER } from "../../../../src/sandbox/state/roster.ts";
import { askDuckDb } from "../../../export/writers/duckdb.ts";
import { act, clientHolding, json } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { began, type ExportStage, exportStage } from "../../../support/export-stage.ts";

const SEED = 11;
const EXPORT = [
  "transcripts",
  "aggregates",
  "--interval",
  "2026-10-02/2026-10-04",
  "--out",
  "topics",
  "--quiet",
];
const BY_TOPIC = [...EXPORT, "--group-by", "conversationId,topicId"];

async function conversationsOf(stage: ExportStage): Promise<readonly Conversation[]> {
  const truth = began(await stage.truth({ attributes: false }), "2026-10-02", "2026-10-04");
  return [...truth.values()].map((line) => JSON.parse(line) as Conversation);
}

describe("exported transcripts aggregates", () => {
  test.each(["csv", "parquet"] as const)(
    "count the topics of every conversation, as read by DuckDB in %s",
    async (format) => {
      const stage = await exportStage({ seed: SEED });
      const conversations = await conversationsOf(stage);
      const topics = conversations.flatMap((each) => topicsOf(createRoster(SEED, LARGE_ROSTER), each));
      const analyzed = conversations.filter((each) => transcriptsOf(each).length > 0);
      expect(topics.length).toBeGreaterThan(20);
      // Occasional failures of the service do not change any count.
      await act(stage.sandbox, "fault.add", { kind: "status", status: 503, path: "/transcripts/", times: 2 });
      const { exitCode, stderr } = await stage.run([...BY_TOPIC, "--format", format]);
      expect([exitCode, stderr]).toEqual([0, ""]);
      const files = join(stage.directory, `topics/transcripts_aggregates/*.${format}`);
      const [row] = await askDuckDb(
        `select sum(count) filter (metric = 'nTopicCommunications')::int as topics,
         count(distinct (conversationId, topicId)) filter (topicId is not null)::int as pairs,
         sum(count) filter (metric = 'nSpeechTextAnalyzedConversations')::int as analyzed,
         count(extra)::int as extra from '${files}'`,
      );
      expect(row).toEqual({
        topics: topics.length,
        pairs: new Set(topics.map(({ conversationId, topicId }) => `${conversationId} ${topicId}`)).size,
        analyzed: analyzed.length,
        extra: 0,
      });
      const ids = await askDuckDb(
        `select distinct topicId as id from '${files}' where topicId is not null order by 1`,
      );
      expect(ids.map(({ id }) => id)).toEqual([...new Set(topics.map(({ topicId }) => topicId))].toSorted());
      expect((await stage.run(["--verify", "topics"])).exitCode).toBe(0);
    },
  );

  test("can be filtered by topic, and an unknown dimension is refused", async () => {
    const stage = await exportStage({ seed: SEED });
    const [topic] = (await conversationsOf(stage)).flatMap((each) =>
      topicsOf(createRoster(SEED, LARGE_ROSTER), each),
    );
    const id = topic?.topicId;
    const filtered = await stage.run([...BY_TOPIC, "--filter", `topicId=${id}`, "--format", "csv"]);
    expect(filtered).toMatchObject({ exitCode: 0, stderr: "" });
    const files = join(stage.directory, "topics/transcripts_aggregates/*.csv");
    expect(await askDuckDb(`select distinct topicId as id, metric from '${files}'`)).toEqual([
      { id, metric: "nTopicCommunications" },
    ]);
    const refused = await stage.run([...EXPORT, "--group-by", "colour"]);
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining("colour")]);
  });

  test("that the token may not read are diagnosed", async () => {
    const stage = await exportStage({ seed: SEED });
    const { token } = await clientHolding(stage.sandbox, ["routing:queue:view"]);
    const env = credentialsFor({ ...stage.sandbox, accessToken: token });
    const { exitCode, json: document } = await stage.run([...BY_TOPIC, "--json"], { env });
    expect(exitCode).toBe(3);
    expect(JSON.stringify(json(document).at("diagnosis"))).toContain("speechAndTextAnalyticsAggregates:view");
  });
});
