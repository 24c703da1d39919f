import { describe, expect, test } from "vitest";
import { filterPlacesOf, groupingsOf, metricsOf } from "../../src/analytics/vocabulary.ts";
import type { Conversation } from "../../src/sandbox/conversations/record/conversation.ts";
import * as declared from "../../src/sandbox/conversations/search/declared-names.ts";
import { type DataSandbox, dataSandbox, daysOf, JOBS, truth } from "./data.ts";

const DETAILS = "POST /api/v2/analytics/conversations/details/query";
const AGGREGATES = "POST /api/v2/analytics/conversations/aggregates/query";
const USERS = "POST /api/v2/analytics/users/details/query";
const QUEUES = "POST /api/v2/analytics/queues/observations/query";
const DAY = "2026-09-28";

const and = (...predicates: readonly object[]) => ({ type: "and", predicates });

/** Returns the ids that a detail query finds, and those of the records that pass a test. */
async function compare(
  data: DataSandbox,
  filters: object,
  holds: (conversation: Conversation) => boolean,
): Promise<{
  readonly found: readonly unknown[];
  readonly expected: readonly string[];
  readonly total: number;
}> {
  const records = (await truth(data, `?day=${DAY}`)).map((text) => JSON.parse(text) as Conversation);
  const reply = await data.ask(DETAILS, {
    interval: daysOf(DAY),
    paging: { pageSize: 100, pageNumber: 1 },
    ...filters,
  });
  return {
    found: (reply.at("conversations") === undefined
      ? []
      : reply.each("conversations", "conversationId")
    ).toSorted(),
    expected: records
      .filter(holds)
      .map(({ conversationId }) => conversationId)
      .toSorted(),
    total: records.length,
  };
}

const totalOf = ({ participants }: Conversation, metric: string): number | null => {
  const values = participants.flatMap(({ sessions }) =>
    sessions.flatMap(({ metrics }) =>
      metrics.filter(({ name }) => name === metric).map(({ value }) => value),
    ),
  );
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
};

const segmentsOf = ({ participants }: Conversation) =>
  participants.flatMap(({ sessions }) => sessions.flatMap(({ segments }) => segments));

describe("a detail query of the sandbox", () => {
  test.each<[string, object, (conversation: Conversation) => boolean]>([
    [
      "a metric by range",
      { conversationFilters: [and({ type: "metric", metric: "tHandle", range: { gt: 200_000 } })] },
      (each) => (totalOf(each, "tHandle") ?? 0) > 200_000,
    ],
    [
      "a metric whose bounds are texts",
      { conversationFilters: [and({ metric: "tTalk", range: { gte: "60000", lt: "300000" } })] },
      (each) => {
        const talk = totalOf(each, "tTalk");
        return talk !== null && talk >= 60_000 && talk < 300_000;
      },
    ],
    [
      "the presence of a metric",
      { conversationFilters: [and({ metric: "tAbandon", operator: "exists" })] },
      (each) => totalOf(each, "tAbandon") !== null,
    ],
    [
      "the absence of a metric",
      { conversationFilters: [and({ metric: "tAbandon", operator: "notExists" })] },
      (each) => totalOf(each, "tAbandon") === null,
    ],
    [
      "the duration of a segment",
      { segmentFilters: [and({ metric: "tSegmentDuration", range: { gt: 400_000 } })] },
      (each) =>
        segmentsOf(each).some(
          ({ segmentStart, segmentEnd }) =>
            segmentEnd !== undefined && Date.parse(segmentEnd) - Date.parse(segmentStart) > 400_000,
        ),
    ],
    [
      "a dimension of a session",
      { segmentFilters: [and({ dimension: "provider", value: "Edge" })] },
      (each) =>
        each.participants.some(({ sessions }) => sessions.some(({ provider }) => provider === "Edge")),
    ],
    [
      "a dimension that no record has",
      { segmentFilters: [and({ dimension: "journeyActionId", operator: "exists" })] },
      () => false,
    ],
    [
      "a score of an evaluation",
      { evaluationFilters: [and({ metric: "oTotalScore", range: { gte: 0 } })] },
      ({ evaluations }) => evaluations !== undefined,
    ],
  ])("filters by %s", async (_name, filters, holds) => {
    const data = await dataSandbox({ conversations: 900, days: 10 });
    const { found, expected, total } = await compare(data, filters, holds);
    expect(found).toEqual(expected);
    expect(total).toBeGreaterThan(60);
    if (!/no record/.test(_name)) expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(total);
  });
});

describe("the sandbox refuses with 400, as the definition requires,", () => {
  test.each<[string, string, object, string]>([
    [
      "a segment dimension in a conversation filter",
      DETAILS,
      { conversationFilters: [and({ dimension: "queueId", value: "x" })] },
      "invalid.property",
    ],
    [
      "an invented dimension",
      DETAILS,
      { segmentFilters: [and({ dimension: "queue", value: "x" })] },
      "invalid.property",
    ],
    [
      "an invented metric",
      DETAILS,
      { conversationFilters: [and({ metric: "tHandled", operator: "exists" })] },
      "invalid.property",
    ],
    [
      "an operator that the platform does not know",
      DETAILS,
      { segmentFilters: [and({ dimension: "queueId", operator: "contains", value: "x" })] },
      "invalid.value",
    ],
    [
      "a bound that the platform does not know",
      DETAILS,
      { conversationFilters: [and({ metric: "tHandle", range: { bigger: 1 } })] },
      "invalid.property",
    ],
    [
      "an unknown bound next to a declared one",
      DETAILS,
      { conversationFilters: [and({ metric: "tHandle", range: { gte: 1, max: 2 } })] },
      "invalid.property",
    ],
    [
      "an unknown bound in a segment filter",
      DETAILS,
      { segmentFilters: [and({ metric: "tSegmentDuration", range: { from: 1 } })] },
      "invalid.property",
    ],
    ["a filter type", DETAILS, { segmentFilters: [{ type: "not", predicates: [] }] }, "invalid.value"],
    [
      "a dimension that is declared as a metric",
      DETAILS,
      { segmentFilters: [and({ type: "metric", dimension: "queueId", value: "x" })] },
      "invalid.value",
    ],
    [
      "a bound that is not a number",
      DETAILS,
      { conversationFilters: [and({ metric: "tTalk", range: { gt: "long" } })] },
      "invalid.value",
    ],
    ["a field that only aggregates have", DETAILS, { metrics: ["tTalk"] }, "bad.request"],
    ["an order", DETAILS, { order: "random" }, "invalid.value"],
    ["an order by a metric", DETAILS, { orderBy: "tTalk" }, "invalid.value"],
    ["an invented metric of aggregates", AGGREGATES, { metrics: ["tHandled"] }, "invalid.property"],
    [
      "an invented dimension to group by",
      AGGREGATES,
      { metrics: ["tTalk"], groupBy: ["queue"] },
      "invalid.property",
    ],
    [
      "a metric as a filter of aggregates",
      AGGREGATES,
      { metrics: ["tTalk"], filter: and({ metric: "tTalk", range: { gt: 1 } }) },
      "invalid.property",
    ],
    [
      "paging of aggregates",
      AGGREGATES,
      { metrics: ["tTalk"], paging: { pageSize: 1, pageNumber: 1 } },
      "bad.request",
    ],
    [
      "a queue in a query of user details",
      USERS,
      { userFilters: [and({ dimension: "queueId", value: "x" })] },
      "invalid.property",
    ],
    [
      "a presence as routing status",
      USERS,
      { routingStatusFilters: [and({ dimension: "systemPresence", value: "x" })] },
      "invalid.property",
    ],
    ["paging of a job", `POST ${JOBS}`, { paging: { pageSize: 1, pageNumber: 1 } }, "bad.request"],
  ])("%s", async (_name, operation, body, code) => {
    const { ask } = await dataSandbox();
    const reply = await ask(operation, { interval: daysOf(DAY), ...body });
    expect(`${reply.status} ${reply.at("code")}`).toBe(`400 ${code}`);
  });

  test.each<[string, object, string]>([
    ["an interval of observations", { interval: daysOf(DAY), metrics: ["oWaiting"] }, "bad.request"],
    ["an invented metric of observations", { metrics: ["oWaitingLong"] }, "invalid.property"],
    [
      "a user in queue observations",
      { metrics: ["oWaiting"], filter: and({ dimension: "userId", value: "x" }) },
      "invalid.property",
    ],
  ])("%s", async (_name, body, code) => {
    const { ask } = await dataSandbox();
    const reply = await ask(QUEUES, body);
    expect(`${reply.status} ${reply.at("code")}`).toBe(`400 ${code}`);
  });

  test.each<[string, object, string]>([
    ["an invented metric of activity", { metrics: [{ metric: "oWaitingLong" }] }, "invalid.property"],
    ["a metric of users", { metrics: [{ metric: "oActiveQueues" }] }, "invalid.property"],
    [
      "an invented group of activity",
      { metrics: [{ metric: "oWaiting" }], groupBy: ["queue"] },
      "invalid.property",
    ],
    ["an interval of activity", { metrics: [{ metric: "oWaiting" }], interval: daysOf(DAY) }, "bad.request"],
  ])("%s", async (_name, body, code) => {
    const { ask } = await dataSandbox();
    const reply = await ask("POST /api/v2/analytics/conversations/activity/query", body);
    expect(`${reply.status} ${reply.at("code")}`).toBe(`400 ${code}`);
  });

  test.each(["pageSize=many", "pageSize=0", "pageNumber=-1", "pageNumber=1.5"])(
    "%s in the request for a listing",
    async (query) => {
      const { ask } = await dataSandbox();
      const reply = await ask(`GET /api/v2/routing/queues?${query}`);
      expect(`${reply.status} ${reply.at("code")}`).toBe("400 invalid.value");
    },
  );
});

test("the sandbox's observations count only the media type of the filter", async () => {
  const { ask } = await dataSandbox();
  const typesOf = async (body: object) =>
    new Set((await ask(QUEUES, { metrics: ["oWaiting"], ...body })).each("results", "group.mediaType"));
  expect(await typesOf({})).toEqual(new Set(["voice", "message"]));
  expect(await typesOf({ filter: and({ dimension: "mediaType", value: "voice" }) })).toEqual(
    new Set(["voice"]),
  );
});

test.each<[string, string, object]>([
  ["a page without its number", DETAILS, { paging: { pageSize: 25 } }],
  ["a page without its size", USERS, { paging: { pageNumber: 1 } }],
  ["a page as text", DETAILS, { paging: { pageSize: "25", pageNumber: "1" } }],
  ["filters that are not a list", DETAILS, { segmentFilters: and() }],
  ["an interval that is not text", DETAILS, { interval: 2026 }],
  ["a filter that is a list", AGGREGATES, { filter: [and()] }],
  ["groups that are not a list", AGGREGATES, { groupBy: "queueId" }],
  ["a flag as text", AGGREGATES, { flattenMultivaluedDimensions: "true" }],
  ["a limit as text", `POST ${JOBS}`, { limit: "5" }],
  ["metrics that are not a list", QUEUES, { metrics: "oWaiting" }],
])("the sandbox refuses a request body with %s", async (_name, operation, change) => {
  const data = await dataSandbox();
  const isObservation = operation === QUEUES;
  const body = isObservation ? { filter: and() } : { interval: daysOf(DAY) };
  const metrics = operation === AGGREGATES ? { metrics: ["nOffered"] } : {};
  const reply = await data.ask(operation, { ...body, ...metrics, ...change });
  expect([reply.status, reply.at("code")]).toEqual([400, "invalid.value"]);
});

test("the sandbox and the command `query` know the same names of dimensions and metrics", () => {
  const placesOf = (field: string) => {
    const place = filterPlacesOf({ kind: "details", subject: "conversations" }).find(
      (each) => each.field === field,
    );
    return { dimensions: new Set(place?.dimensions), metrics: new Set(place?.metrics) };
  };
  expect({
    conversationFilters: declared.CONVERSATION_NAMES,
    segmentFilters: declared.SEGMENT_NAMES,
    evaluationFilters: declared.EVALUATION_NAMES,
    surveyFilters: declared.SURVEY_NAMES,
    resolutionFilters: declared.RESOLUTION_NAMES,
    aggregates: declared.AGGREGATE_NAMES,
    ...declared.ACTIVITY_NAMES,
  }).toEqual({
    conversationFilters: placesOf("conversationFilters"),
    segmentFilters: placesOf("segmentFilters"),
    evaluationFilters: placesOf("evaluationFilters"),
    surveyFilters: placesOf("surveyFilters"),
    resolutionFilters: placesOf("resolutionFilters"),
    aggregates: {
      dimensions: new Set(groupingsOf({ kind: "aggregates", subject: "conversations" })),
      metrics: new Set(metricsOf({ kind: "aggregates", subject: "conversations" })),
    },
    ...Object.fromEntries(
      Object.keys(declared.ACTIVITY_NAMES).map((subject) => [
        subject,
        {
          dimensions: new Set(groupingsOf({ kind: "activity", subject })),
          metrics: new Set(metricsOf({ kind: "activity", subject })),
        },
      ]),
    ),
  });
});
