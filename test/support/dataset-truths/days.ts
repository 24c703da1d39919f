import type { JsonRecord } from "../../../src/core/json.ts";
import { metricsOf } from "../../../src/sandbox/answers/quality/speech.ts";
import { auditedAtMs, readAudit } from "../../../src/sandbox/audits/audit.ts";
import { contentOf, metadataOf, recordingsOf } from "../../../src/sandbox/recordings/recording.ts";
import { transcriptsOf, transcriptTextOf } from "../../../src/sandbox/recordings/transcript.ts";
import { describeUser, periodsOf } from "../../../src/sandbox/users/periods.ts";
import { adherenceOf } from "../../../src/sandbox/workforce/adherence-file.ts";
import type { TableTruth } from "./measure.ts";
import { DAYS, type DatasetTruth, INTERVAL, type SandboxTruth, SEED } from "./sandbox-truth.ts";

const DAY_MS = 86_400_000;
/** Start and end of each day in milliseconds since the epoch. */
export const SPANS = DAYS.map((day) => {
  const startMs = Date.parse(`${day}T00:00:00.000Z`);
  return { startMs, endMs: startMs + DAY_MS };
});

const SESSIONS = ["participants", "sessions"];

/** Datasets that are exported by days, except aggregates and scores. */
export const DAY_TRUTHS = {
  "conversations details": ofDays(({ conversations }) => conversations, null, {
    conversations: {
      fields: { conversationId: "id", conversationStart: "instant", mediaStatsMinConversationMos: "number" },
    },
    participants: {
      lists: ["participants"],
      fields: { participantId: "id", purpose: "text", participantName: "text" },
    },
    sessions: {
      lists: SESSIONS,
      fields: { sessionId: "id", mediaType: "text", recording: "flag", ani: "text" },
    },
    segments: {
      lists: [...SESSIONS, "segments"],
      fields: {
        segmentStart: "instant",
        segmentEnd: "instant",
        queueId: "id",
        wrapUpNote: "text",
        conference: "flag",
      },
    },
    metrics: {
      lists: [...SESSIONS, "metrics"],
      fields: { name: "text", value: "number", emitDate: "instant" },
    },
    media_endpoint_stats: {
      lists: [...SESSIONS, "mediaEndpointStats"],
      fields: { minMos: "number", receivedPackets: "text", eventTime: "instant" },
    },
    flow_outcomes: {
      lists: [...SESSIONS, "flow.outcomes"],
      fields: { flowOutcomeId: "id", flowOutcomeValue: "text" },
    },
    evaluations: {
      lists: ["evaluations"],
      fields: { evaluationId: "id", oTotalScore: "number", eventTime: "instant" },
    },
    surveys: { lists: ["surveys"], fields: { surveyId: "id", surveyPromoterScore: "number" } },
    resolutions: { lists: ["resolutions"], fields: { queueId: "id", nNextContactAvoided: "number" } },
    attributes: { lists: ["participants", "attributes{}"], fields: { key: "text", value: "text" } },
  }),
  "users details": ofDays(
    ({ roster, startedAtMs }) =>
      SPANS.flatMap((span) =>
        roster.agents.map(({ id }, index) => ({
          ...describeUser(id, periodsOf(SEED, index, span), startedAtMs),
        })),
      ),
    null,
    {
      users_details: { fields: { userId: "id" } },
      user_presence: {
        lists: ["primaryPresence"],
        fields: {
          startTime: "instant",
          endTime: "instant",
          systemPresence: "text",
          "../userId": ["id", "userId"],
        },
      },
      user_routing_status: {
        lists: ["routingStatus"],
        fields: {
          startTime: "instant",
          endTime: "instant",
          routingStatus: "text",
          "../userId": ["id", "userId"],
        },
      },
    },
  ),
  audits: ofDays(auditsOf, "AuditLogMessage", {
    audits: {
      fields: { id: "id", eventDate: "instant", "entity.id": "id", action: "text", remoteIp: "items" },
    },
  }),
  usage: ofDays(
    ({ usage }) =>
      usage.map(({ method, ...counts }) => ({
        ...counts,
        httpMethod: method,
        requestCount: Number(counts["status200"]) + Number(counts["status400"]),
      })),
    "OrganizationPublicApiUsage",
    {
      usage: {
        fields: {
          requestCount: "number",
          status200: "number",
          status400: "number",
          httpMethod: "text",
          templateUri: "text",
        },
      },
    },
  ),
  recordings: ofDays(
    ({ conversations, settings }) =>
      conversations
        .flatMap((each) => recordingsOf(SEED, each, settings.recordings))
        .map((each) => ({
          ...metadataOf(each),
          ...(each.fileState === "AVAILABLE" ? { downloadBytes: contentOf(each.id).length } : {}),
        })),
    "RecordingMetadata",
    {
      recordings: {
        fields: {
          id: "id",
          conversationId: "id",
          media: "text",
          endTime: "instant",
          downloadBytes: "number",
        },
      },
    },
  ),
  transcripts: ofDays(
    ({ conversations }) =>
      conversations.flatMap((each) =>
        transcriptsOf(each).map(({ communicationId, file }) => ({
          conversationId: each.conversationId,
          communicationId,
          downloadBytes: Buffer.byteLength(transcriptTextOf(file) ?? ""),
        })),
      ),
    null,
    { transcripts: { fields: { conversationId: "id", communicationId: "id", downloadBytes: "number" } } },
  ),
  "speech metrics": ofDays(
    ({ conversations }) =>
      conversations.flatMap((each) => {
        const metrics = metricsOf(each);
        return metrics === null ? [] : [{ ...metrics, id: each.conversationId }];
      }),
    "ConversationMetrics",
    { speech_metrics: { fields: { id: "id", sentimentScore: "number", sentimentTrend: "number" } } },
  ),
  adherence: ofDays(
    ({ roster }) =>
      SPANS.flatMap(({ startMs, endMs }) =>
        roster.configured["management unit"].flatMap(({ id }, unit) =>
          adherenceOf(roster, { unit, startMs, endMs }).map((each) => ({ ...each, managementUnitId: id })),
        ),
      ),
    null,
    {
      adherence: {
        fields: {
          managementUnitId: "id",
          userId: "id",
          adherencePercentage: "number",
          conformancePercentage: "number",
        },
      },
      adherence_days: {
        lists: ["dayMetrics"],
        fields: {
          exceptionCount: "number",
          exceptionDurationSeconds: "number",
          "../userId": ["id", "userId"],
        },
      },
      adherence_exceptions: {
        lists: ["exceptionInfo"],
        fields: { impact: "text", actualActivityCategory: "text", "../userId": ["id", "userId"] },
      },
      adherence_actuals: {
        lists: ["actuals"],
        fields: { actualActivityCategory: "text", "../userId": ["id", "userId"] },
      },
    },
  ),
} satisfies Readonly<Record<string, DatasetTruth>>;

/** Returns a dataset that is exported for `DAYS`, with these flags besides the interval. */
export function ofDays(
  records: DatasetTruth["records"],
  model: string | null,
  tables: Readonly<Record<string, TableTruth>>,
  flags: readonly string[] = [],
): DatasetTruth {
  return { flags: [...INTERVAL, ...flags], records, model, tables };
}

function auditsOf({ roster, startedAtMs }: SandboxTruth): readonly JsonRecord[] {
  const world = { seed: SEED, startedAtMs, roster };
  const [first, last] = [SPANS.at(0)?.startMs ?? 0, SPANS.at(-1)?.endMs ?? 0];
  return Array.from({ length: roster.sizes.audits }, (_, place) => place)
    .filter((place) => auditedAtMs(world, place) >= first && auditedAtMs(world, place) < last)
    .map((place) => readAudit(world, place).body);
}
