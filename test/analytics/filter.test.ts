import { describe, expect, test } from "vitest";
import { buildFilters } from "../../src/analytics/filter.ts";
import { filterPlacesOf } from "../../src/analytics/vocabulary.ts";

const CONVERSATIONS = filterPlacesOf({ kind: "details", subject: "conversations" });
const matches = (dimension: string, value: string) => ({
  type: "dimension",
  dimension,
  operator: "matches",
  value,
});

describe("writes a filter to the field of its dimension", () => {
  test.each<[string, unknown]>([
    ["queueId=q1", { segmentFilters: [{ type: "and", predicates: [matches("queueId", "q1")] }] }],
    [
      "originatingDirection = inbound",
      { conversationFilters: [{ type: "and", predicates: [matches("originatingDirection", "inbound")] }] },
    ],
    ["subject=a=b", { segmentFilters: [{ type: "and", predicates: [matches("subject", "a=b")] }] }],
    [
      "conversationEnd=*",
      {
        conversationFilters: [
          {
            type: "and",
            predicates: [{ type: "dimension", dimension: "conversationEnd", operator: "exists" }],
          },
        ],
      },
    ],
    [
      "wrapUpCode!=",
      {
        segmentFilters: [
          {
            type: "and",
            predicates: [{ type: "dimension", dimension: "wrapUpCode", operator: "notExists" }],
          },
        ],
      },
    ],
    [
      "mediaType in (voice, chat)",
      {
        segmentFilters: [
          { type: "or", predicates: [matches("mediaType", "voice"), matches("mediaType", "chat")] },
        ],
      },
    ],
    ...[
      ['queueId in "Sales, inbound",Support', ["Sales, inbound", "Support"]],
      ['queueId in (Support, "Sales, inbound")', ["Support", "Sales, inbound"]],
      ['queueId in "Say ""hi"", please" , Support', ['Say "hi", please', "Support"]],
      ['queueId in Say "hi",Support', ['Say "hi"', "Support"]],
      ['queueId in "Sales" inbound,"Support', ['"Sales" inbound', '"Support']],
    ].map(([text, values]): [string, object] => [
      text as string,
      {
        segmentFilters: [
          { type: "or", predicates: (values as string[]).map((value) => matches("queueId", value)) },
        ],
      },
    ]),
    [
      "mediaType in voice",
      { segmentFilters: [{ type: "and", predicates: [matches("mediaType", "voice")] }] },
    ],
    [
      "tHandle>60000",
      {
        conversationFilters: [
          {
            type: "and",
            predicates: [{ type: "metric", metric: "tHandle", operator: "matches", range: { gt: 60_000 } }],
          },
        ],
      },
    ],
    [
      "nTransferred=0",
      {
        conversationFilters: [
          {
            type: "and",
            predicates: [
              { type: "metric", metric: "nTransferred", operator: "matches", range: { gte: 0, lte: 0 } },
            ],
          },
        ],
      },
    ],
    [
      "surveyStatus=Finished",
      { surveyFilters: [{ type: "and", predicates: [matches("surveyStatus", "Finished")] }] },
    ],
  ])("%s", (text, expected) => {
    expect(buildFilters([text], CONVERSATIONS, "conversations details")).toEqual(expected);
  });

  test("joins several filters with `and`, and alternatives in one clause, because the grammar allows no other nesting", () => {
    expect(
      buildFilters(
        ["queueId=q1", "mediaType in voice,chat", "conversationEnd=*"],
        CONVERSATIONS,
        "conversations details",
      ),
    ).toEqual({
      segmentFilters: [
        {
          type: "and",
          predicates: [matches("queueId", "q1")],
          clauses: [
            { type: "or", predicates: [matches("mediaType", "voice"), matches("mediaType", "chat")] },
          ],
        },
      ],
      conversationFilters: [
        {
          type: "and",
          predicates: [{ type: "dimension", dimension: "conversationEnd", operator: "exists" }],
        },
      ],
    });
  });

  test("writes one filter object for aggregates and observations", () => {
    expect(
      buildFilters(
        ["queueId=q1"],
        filterPlacesOf({ kind: "observations", subject: "queues" }),
        "queues observations",
      ),
    ).toEqual({ filter: { type: "and", predicates: [matches("queueId", "q1")] } });
  });

  test("separates filters of users, presences and routing statuses", () => {
    const fields = buildFilters(
      ["userId=u1", "systemPresence=AWAY", "routingStatus=IDLE"],
      filterPlacesOf({ kind: "details", subject: "users" }),
      "users details",
    );
    expect(Object.keys(fields)).toEqual(["userFilters", "presenceFilters", "routingStatusFilters"]);
  });
});

describe("refuses a filter that the grammar cannot express", () => {
  test.each([
    ["mediaType!=voice", "usage.filter", 'have no "not"', "--filter 'mediaType in a,b'"],
    ["tHandle", "usage.filter", "`tHandle` is not a filter", "put the whole filter in quotes"],
    ["tHandle", "usage.filter", "`tHandle` is not a filter", "--filter 'tHandle>60000'"],
    ["=60000", "usage.filter", "is not a filter", "'tHandle>60000'"],
    ["=x", "usage.filter", "is not a filter", "queueId=ID"],
    ["mediaType<>voice", "usage.filter", "`<>` is not an operator (`mediaType<>voice`)", "queueId=ID"],
    ["mediaType==voice", "usage.filter", "`==` is not an operator", "queueId=ID"],
    ["mediaType!==voice", "usage.filter", "`!==` is not an operator", "queueId=ID"],
    ["tHandle=>5", "usage.filter", "`=>` is not an operator", "queueId=ID"],
    ["queueId=", "usage.filter", "has no value", "queueId=ID"],
    ["queueId in ()", "usage.filter", "has no value", "queueId=ID"],
    ["queueId>5", "usage.filter", "do not apply to it", "--filter 'queueId=VALUE'"],
    ["tHandle>long", "usage.filter", "is not a number", "milliseconds"],
    ["queueID=1", "usage.unknown_dimension", "no dimension `queueID`", "did you mean `queueId`?"],
    ["conversationEnds=*", "usage.unknown_dimension", "conversationEnds", "`conversationEnd`"],
    ["media=voice", "usage.unknown_dimension", "no dimension `media`", "did you mean `mediaType`?"],
    ["agent=x", "usage.unknown_dimension", "no dimension `agent`", "did you mean `userId`?"],
    [
      "zzz=x",
      "usage.unknown_dimension",
      "`zzz`",
      "list all: genscope query conversations details --describe",
    ],
  ])("%s", (text, code, message, hint) => {
    expect(() => buildFilters([text], CONVERSATIONS, "conversations details")).toThrow(
      expect.objectContaining({
        code,
        exit: "usage",
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      }),
    );
  });

  test("refuses `conversationEnd` as a dimension of aggregates", () => {
    const places = filterPlacesOf({ kind: "aggregates", subject: "conversations" });
    expect(() => buildFilters(["conversationEnd=*"], places, "conversations aggregates")).toThrow(
      expect.objectContaining({ code: "usage.unknown_dimension" }),
    );
  });
});
