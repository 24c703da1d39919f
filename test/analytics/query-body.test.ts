import { describe, expect, test } from "vitest";
import { chooseNamedQuery } from "../../src/analytics/choose-query.ts";
import { buildQueryBody, isFiltered, type QueryQuestion } from "../../src/analytics/query-body.ts";

const DAY = { startMs: Date.UTC(2026, 9, 1), endMs: Date.UTC(2026, 9, 2) };
const DAY_TEXT = "2026-10-01T00:00:00.000Z/2026-10-02T00:00:00.000Z";
const NO_FLAGS: QueryQuestion = {
  interval: null,
  timeZone: null,
  filters: [],
  groupBy: [],
  metrics: [],
  granularity: null,
};
const bodyOf = (name: string, question: Partial<QueryQuestion>) =>
  buildQueryBody(chooseNamedQuery([name], true).query, { ...NO_FLAGS, ...question });

test.each<[string, Partial<QueryQuestion>, unknown]>([
  ["conversations details", { interval: DAY }, { interval: DAY_TEXT }],
  [
    "conversations aggregates",
    {
      interval: DAY,
      timeZone: "Europe/Berlin",
      metrics: ["tHandle,nOffered", "tHandle"],
      groupBy: ["queueId", "mediaType"],
      granularity: "30m",
    },
    {
      interval: DAY_TEXT,
      granularity: "PT30M",
      timeZone: "Europe/Berlin",
      groupBy: ["queueId", "mediaType"],
      metrics: ["tHandle", "nOffered"],
    },
  ],
  [
    "users aggregates",
    { interval: DAY, granularity: "P1D" },
    {
      interval: DAY_TEXT,
      granularity: "P1D",
      metrics: ["tAgentRoutingStatus", "tOrganizationPresence", "tSystemPresence"],
    },
  ],
  ["flows observations", {}, { metrics: ["oFlow"] }],
  [
    "conversations activity",
    { metrics: ["oWaiting"], groupBy: ["queueId"] },
    { groupBy: ["queueId"], metrics: [{ metric: "oWaiting" }] },
  ],
  [
    "users activity",
    { metrics: ["oMemberQueues"] },
    { groupBy: ["userId"], metrics: [{ metric: "oMemberQueues" }] },
  ],
  [
    "teams activity",
    { metrics: ["oTeamPresences"] },
    { groupBy: ["teamId"], metrics: [{ metric: "oTeamPresences" }] },
  ],
])("builds the body of the query %s with %j", (name, question, expected) => {
  expect(bodyOf(name, question)).toEqual(expected);
});

describe("refuses a flag that the query does not accept", () => {
  test.each<[string, Partial<QueryQuestion>, string, string]>([
    ["conversations details", {}, "usage.flag", "needs an interval"],
    ["conversations aggregates", { interval: DAY }, "usage.flag", "needs at least one metric"],
    ["queues observations", { interval: DAY }, "usage.flag", "does not take `--interval`"],
    ["conversations details", { interval: DAY, metrics: ["tHandle"] }, "usage.flag", "`--metric`"],
    ["conversations details", { interval: DAY, groupBy: ["queueId"] }, "usage.flag", "`--group-by`"],
    ["agents status", { filters: ["userId=1"] }, "usage.flag", "does not take `--filter`"],
    [
      "conversations aggregates",
      { interval: DAY, metrics: ["tHandel"] },
      "usage.unknown_metric",
      "no metric `tHandel`",
    ],
    [
      "conversations aggregates",
      { interval: DAY, metrics: ["tHandle"], groupBy: ["queue"] },
      "usage.unknown_dimension",
      "no dimension `queue`",
    ],
    [
      "conversations aggregates",
      { interval: DAY, metrics: ["tHandle"], granularity: "daily" },
      "usage.flag",
      "is not a duration",
    ],
  ])("%s with %j", (name, question, code, message) => {
    expect(() => bodyOf(name, question)).toThrow(
      expect.objectContaining({ code, exit: "usage", message: expect.stringContaining(message) }),
    );
  });
});

describe("suggests at most five names for a missing or unknown metric or dimension, and the command that lists all", () => {
  const aggregates = "genscope query conversations aggregates --describe";
  test.each<[Partial<QueryQuestion>, string]>([
    [{ metrics: ["AHT"] }, `did you mean \`tHandle\`? Otherwise list all: ${aggregates}`],
    [{ metrics: ["offered"] }, `did you mean \`nOffered\`? Otherwise list all: ${aggregates}`],
    [{ metrics: ["tHandel"] }, `did you mean \`tHandle\`?`],
    [{ metrics: ["zzzzzzzzz"] }, `list all: ${aggregates}`],
    [
      { metrics: ["tHandle"], groupBy: ["queueName"] },
      `did you mean \`queueId\`? Otherwise list all: ${aggregates}`,
    ],
    [
      { metrics: ["tHandle"], groupBy: ["flow"] },
      `did you mean \`flowInType\` or \`flowOutType\`? Otherwise list all: ${aggregates}`,
    ],
    [{}, `add metrics: --metric nOffered,tHandle; list all: ${aggregates}`],
  ])("%j", (question, hint) => {
    const run = () => bodyOf("conversations aggregates", { interval: DAY, ...question });
    expect(run).toThrow(expect.objectContaining({ hint: expect.stringMatching(/^.{1,160}$/) }));
    expect(run).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) }));
  });
});

test.each([
  [{ interval: DAY_TEXT }, false],
  [{ interval: DAY_TEXT, segmentFilters: [] }, false],
  [{ interval: DAY_TEXT, segmentFilters: [{ type: "and" }] }, true],
  [{ interval: DAY_TEXT, filter: { type: "and" } }, true],
])("the query body %j counts as filtered: %s", (body, expected) => {
  expect(isFiltered(body)).toBe(expected);
});
