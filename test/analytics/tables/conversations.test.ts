import { describe, expect, test } from "vitest";
import { conversationsFlattener } from "../../../src/analytics/tables/conversations.ts";
import { parseRecord } from "../../../src/analytics/tables/record-text.ts";
import type { JsonRecord } from "../../../src/core/json.ts";
import { rowsOf } from "./rows.ts";

const flatten = (record: JsonRecord) => rowsOf(conversationsFlattener(), record);

test("converts a conversation to rows of related tables, keyed by position", () => {
  const tables = flatten({
    conversationId: "c-1",
    conversationStart: "2026-10-01T08:00:00.000Z",
    conversationEnd: "2026-10-01T08:01:01.250Z",
    divisionIds: ["d-1", "d-2"],
    mediaStatsMinConversationMos: 4.882588863372803,
    evaluations: [{ evaluationId: "e-1", oTotalScore: 91, released: true }],
    surveys: [{ surveyId: "s-1", surveyPromoterScore: 9 }],
    resolutions: [{ queueId: "q-1", nNextContactAvoided: 1 }],
    participants: [
      {
        participantId: "p-0",
        purpose: "customer",
        attributes: { tier: "gold", __proto__key: "x" },
        sessions: [{ sessionId: "s-0", mediaType: "voice", ani: "tel:+15550100" }],
      },
      {
        participantId: "p-1",
        purpose: "agent",
        userId: "u-1",
        sessions: [
          {
            sessionId: "s-1",
            mediaType: "voice",
            requestedRoutings: ["Standard"],
            eligibleAgentCounts: [3, 0],
            agentGroups: [{ agentGroupId: "g-1", agentGroupType: "TEAM" }],
            flow: {
              flowId: "f-1",
              issuedCallback: false,
              outcomes: [{ flowOutcomeId: "o-1", flowOutcomeStartTimestamp: "2026-10-01T08:00:01.000Z" }],
            },
            mediaEndpointStats: [{ codecs: ["audio/opus"], minMos: 4.5, maxLatencyMs: 12 }],
            metrics: [{ name: "tTalk", value: 61000, emitDate: "2026-10-01T08:01:01.000Z" }],
            segments: [{ segmentType: "interact", queueId: "q-1", sipResponseCodes: [410] }],
          },
        ],
      },
    ],
  });
  const session = { conversationId: "c-1", participantIdx: 1, sessionIdx: 0 };
  expect(tables).toEqual({
    conversations: [
      {
        conversationId: "c-1",
        conversationStart: "2026-10-01T08:00:00.000Z",
        conversationEnd: "2026-10-01T08:01:01.250Z",
        divisionIds: ["d-1", "d-2"],
        mediaStatsMinConversationMos: 4.882588863372803,
        durationMs: 61250,
        mediaTypes: ["voice"],
        queueIds: ["q-1"],
        agentCount: 1,
      },
    ],
    evaluations: [
      { conversationId: "c-1", evaluationIdx: 0, evaluationId: "e-1", oTotalScore: 91, released: true },
    ],
    surveys: [{ conversationId: "c-1", surveyIdx: 0, surveyId: "s-1", surveyPromoterScore: 9 }],
    resolutions: [{ conversationId: "c-1", resolutionIdx: 0, queueId: "q-1", nNextContactAvoided: 1 }],
    participants: [
      { conversationId: "c-1", participantIdx: 0, participantId: "p-0", purpose: "customer" },
      { conversationId: "c-1", participantIdx: 1, participantId: "p-1", purpose: "agent", userId: "u-1" },
    ],
    attributes: [
      { conversationId: "c-1", participantIdx: 0, key: "tier", value: "gold" },
      { conversationId: "c-1", participantIdx: 0, key: "__proto__key", value: "x" },
    ],
    sessions: [
      {
        conversationId: "c-1",
        participantIdx: 0,
        sessionIdx: 0,
        sessionId: "s-0",
        mediaType: "voice",
        ani: "tel:+15550100",
      },
      {
        ...session,
        sessionId: "s-1",
        mediaType: "voice",
        requestedRoutings: ["Standard"],
        eligibleAgentCounts: [3, 0],
        agentGroups: '[{"agentGroupId":"g-1","agentGroupType":"TEAM"}]',
        flow_flowId: "f-1",
        flow_issuedCallback: false,
      },
    ],
    segments: [
      { ...session, segmentIdx: 0, segmentType: "interact", queueId: "q-1", sipResponseCodes: [410] },
    ],
    metrics: [
      { ...session, metricIdx: 0, name: "tTalk", value: 61000, emitDate: "2026-10-01T08:01:01.000Z" },
    ],
    media_endpoint_stats: [{ ...session, statIdx: 0, codecs: ["audio/opus"], minMos: 4.5, maxLatencyMs: 12 }],
    flow_outcomes: [
      {
        ...session,
        outcomeIdx: 0,
        flowOutcomeId: "o-1",
        flowOutcomeStartTimestamp: "2026-10-01T08:00:01.000Z",
      },
    ],
  });
});

test("converts an empty record to an empty row", () => {
  expect(flatten({})).toEqual({ conversations: [{ mediaTypes: [], queueIds: [], agentCount: 0 }] });
});

test("leaves the duration of an open conversation empty", () => {
  const [row] = flatten({ conversationStart: "2026-10-01T08:00:00.000Z" })["conversations"] ?? [];
  expect(row).toEqual({
    conversationStart: "2026-10-01T08:00:00.000Z",
    mediaTypes: [],
    queueIds: [],
    agentCount: 0,
  });
});

test("lists each medium and queue of a conversation once and counts a repeated agent once", () => {
  const agent = (queueId: string, mediaType: string) => ({
    purpose: "agent",
    userId: "u-1",
    sessions: [{ mediaType, segments: [{ queueId }, { queueId }] }],
  });
  const participants = [
    agent("q-2", "voice"),
    agent("q-1", "callback"),
    agent("q-2", "voice"),
    { purpose: "user" },
  ];
  expect(flatten({ participants })["conversations"]).toEqual([
    { mediaTypes: ["voice", "callback"], queueIds: ["q-2", "q-1"], agentCount: 1 },
  ]);
});

test("keeps equal segments and metrics distinct", () => {
  const twin = { segmentStart: "2026-10-01T08:00:00.000Z", segmentEnd: "2026-10-01T08:00:00.000Z" };
  const metric = { name: "nTransferred", value: 1 };
  const { segments, metrics } = flatten({
    conversationId: "c-1",
    participants: [{ sessions: [{ segments: [twin, twin], metrics: [metric, metric] }] }],
  });
  expect(segments?.map(({ segmentIdx }) => segmentIdx)).toEqual([0, 1]);
  expect(metrics?.map(({ metricIdx, name, value }) => [metricIdx, name, value])).toEqual([
    [0, "nTransferred", 1],
    [1, "nTransferred", 1],
  ]);
});

describe("keeps fields without a column in `extra`", () => {
  const sessionExtra = (session: JsonRecord) =>
    flatten({ participants: [{ sessions: [session] }] })["sessions"]?.[0]?.["extra"];

  test.each<[string, JsonRecord, string]>([
    ["an unknown field", { queueName: "Support" }, '{"queueName":"Support"}'],
    [
      "an unknown object",
      { future: { rank: 1, list: [null, true] } },
      '{"future":{"rank":1,"list":[null,true]}}',
    ],
    ["a string for a boolean", { recording: "yes" }, '{"recording":"yes"}'],
    ["a fraction for an integer", { mediaCount: 1.5 }, '{"mediaCount":1.5}'],
    ["an integer of more than 32 bits", { mediaCount: 2147483648 }, '{"mediaCount":2147483648}'],
    ["a string for a list", { cc: "a@example.com" }, '{"cc":"a@example.com"}'],
    ["a list of mixed types", { cc: ["a", 1] }, '{"cc":["a",1]}'],
    [
      "a string that is not an instant",
      { deliveryStatusChangeDate: "yesterday" },
      '{"deliveryStatusChangeDate":"yesterday"}',
    ],
    [
      "a date that does not exist",
      { detectedSpeechEnd: "2026-02-30T00:00:00.000Z" },
      '{"detectedSpeechEnd":"2026-02-30T00:00:00.000Z"}',
    ],
    ["an object for a list of rows", { segments: { a: 1 } }, '{"segments":{"a":1}}'],
    ["a list for an object of columns", { flow: [1] }, '{"flow":[1]}'],
    [
      "fields of the flow",
      { more: 1, flow: { flowId: 7, wait: 2 } },
      '{"more":1,"flow":{"flowId":7,"wait":2}}',
    ],
  ])("%s", (_name, session, extra) => {
    expect(sessionExtra(session)).toBe(extra);
  });

  test("an item that is not an object and an attribute that is not a string", () => {
    const { participants, attributes } = flatten({
      conversationId: "c-1",
      participants: [7, null, { attributes: { count: 3 } }],
    });
    const key = { conversationId: "c-1" };
    expect(participants).toEqual([
      { ...key, participantIdx: 0, extra: "7" },
      { ...key, participantIdx: 1 },
      { ...key, participantIdx: 2 },
    ]);
    expect(attributes).toEqual([{ ...key, participantIdx: 2, key: "count", extra: '{"value":3}' }]);
  });

  test("fields with names of JavaScript properties", () => {
    const record = parseRecord(
      '{"__proto__":{"a":1},"constructor":"x","participants":[{"attributes":{"__proto__":"y"}}]}',
    );
    const { conversations, attributes } = flatten(record);
    expect(conversations?.[0]?.["extra"]).toBe('{"__proto__":{"a":1},"constructor":"x"}');
    expect(attributes).toEqual([{ participantIdx: 0, key: "__proto__", value: "y" }]);
  });

  test("except null, which counts as an absent field", () => {
    expect(sessionExtra({ ani: null, recording: null, flow: null, segments: null })).toBe(undefined);
  });
});

test.each([
  ["9007199254740993", 9007199254740993n, undefined],
  ["-9007199254740993", -9007199254740993n, undefined],
  ["9223372036854775807", 9223372036854775807n, undefined],
  ["9223372036854775808", undefined, '{"value":9223372036854775808}'],
  ["9007199254740991", 9007199254740991, undefined],
])("keeps every digit of a metric of %s", (digits, value, extra) => {
  const record = parseRecord(`{"participants":[{"sessions":[{"metrics":[{"value":${digits}}]}]}]}`);
  const [metric] = flatten(record)["metrics"] ?? [];
  expect([metric?.["value"], metric?.["extra"]]).toEqual([value, extra]);
});

test("keeps every digit of unknown fields and lists", () => {
  const record = parseRecord(
    '{"future":[12345678901234567890,{"a":-9007199254740993}],"participants":[{"sessions":[{"segments":[{"sipResponseCodes":[9007199254740993,1]}]}]}]}',
  );
  const { conversations, segments } = flatten(record);
  expect(conversations?.[0]?.["extra"]).toBe('{"future":[12345678901234567890,{"a":-9007199254740993}]}');
  expect(segments?.[0]?.["sipResponseCodes"]).toEqual([9007199254740993n, 1]);
});
