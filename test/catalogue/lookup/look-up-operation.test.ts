import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { lookUpOperation } from "../../../src/catalogue/lookup/look-up-operation.ts";
import { nameOf, type OperationLookup } from "../../../src/catalogue/lookup/operation-lookup.ts";
import { requireFound } from "../../../src/catalogue/lookup/require-name.ts";

const catalogue = loadCatalogue();
const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";

function unknown(name: string): OperationLookup & { kind: "unknown" } {
  const lookup = lookUpOperation(catalogue, name);
  if (lookup.kind !== "unknown") throw new Error(`\`${name}\` is ${lookup.kind}`);
  return lookup;
}

describe("finds the conversation detail query under another name", () => {
  test.each([
    "`POST /api/v2/analytics/conversations/details/query`",
    "post https://api.mypurecloud.de/api/v2/analytics/conversations/details/query?x=1",
    "POST /api/v2/analytics/conversations/details/query HTTP/1.1",
    "api.mypurecloud.com/api/v2/analytics/conversations/details/query/",
    "POST/api/v2/analytics/conversations/details/query",
    "post/api/v2/analytics/conversations/details/query",
    "postAnalyticsConversationsDetailsQuery",
    "POSTANALYTICSCONVERSATIONSDETAILSQUERY",
    "PostAnalyticsConversationsDetailsQueryAsync",
    "PostAnalyticsConversationsDetailsQueryWithHttpInfo",
    "post_analytics_conversations_details_query_with_http_info",
    "platformClient.AnalyticsApi.postAnalyticsConversationsDetailsQuery(body)",
    "AnalyticsApi#postAnalyticsConversationsDetailsQuery",
    "gc analytics conversations details query create --file query.json",
    "Analytics Conversations Details Query",
  ])("%s", (name) => {
    const lookup = lookUpOperation(catalogue, name);
    expect(lookup.kind === "found" ? nameOf(lookup.operation) : lookup).toBe(DETAIL_QUERY);
  });
});

test("recognizes a method that no space separates from its path", () => {
  const lookup = lookUpOperation(catalogue, "DELETE/api/v2/users/11111111-1111-4111-8111-111111111111");
  expect(lookup.kind === "found" ? nameOf(lookup.operation) : lookup).toBe("DELETE /api/v2/users/{userId}");
});

test.each(["GET", "post"])("a method alone is an error about the missing path: %s", (method) => {
  expect(() => requireFound(catalogue, method)).toThrow(`\`${method}\` is a method without a path`);
});

describe("ids in a path", () => {
  test("are returned with the names of their parameters", () => {
    expect(lookUpOperation(catalogue, "PATCH /api/v2/routing/queues/q-1/members/m-2")).toMatchObject({
      kind: "found",
      pathArguments: [
        { name: "queueId", value: "q-1" },
        { name: "memberId", value: "m-2" },
      ],
      caution: null,
    });
  });

  test("take their parameter names from the path template for the given method", () => {
    expect(lookUpOperation(catalogue, "DELETE /api/v2/chats/rooms/room-1/participants/user-1")).toMatchObject(
      {
        pathArguments: [
          { name: "roomJid", value: "room-1" },
          { name: "userId", value: "user-1" },
        ],
      },
    );
  });

  test("are distinguished from placeholders", () => {
    expect(lookUpOperation(catalogue, `GET /api/v2/users/\${id}/queues`)).toMatchObject({
      kind: "found",
      pathArguments: [],
      caution: null,
    });
  });

  test.each([
    ["GET /api/v2/users/mee", "`mee` is treated as a `userId`; did you mean `GET /api/v2/users/me`?"],
    [
      "GET /api/v2/routing/queues/summary",
      "`summary` is treated as a `queueId`, although it looks like a word",
    ],
    [
      "GET /api/v2/conversations/details",
      "`details` is treated as a `conversationId`; did you mean `GET /api/v2/analytics/conversations/details`?",
    ],
    [
      "GET /api/v2/users/profile",
      "`profile` is treated as a `userId`; did you mean `GET /api/v2/users/{userId}/profile`?",
    ],
    ["GET /api/v2/users/ME", "`ME` is treated as a `userId`; did you mean `GET /api/v2/users/me`?"],
    ["GET /api/v2/users/me;v=1", "`me;v=1` is treated as a `userId`, although it looks like a word"],
    ["GET /api/v2/users/@me", "`@me` is treated as a `userId`; did you mean `GET /api/v2/users/me`?"],
    [
      "GET /api/v2/groups/all-members",
      "`all-members` is treated as a `groupId`; did you mean `GET /api/v2/groups/{groupId}/members`?",
    ],
    [
      "GET /api/v2/routing/queues/my_queue",
      "`my_queue` is treated as a `queueId`, although it looks like a word",
    ],
    [
      "GET /api/v2/users/jo.doe@example.com",
      "`jo.doe@example.com` is treated as a `userId`, although it looks like a word",
    ],
    ["GET /api/v2/users/userId", null],
    ["GET /api/v2/users/user-id", null],
    ["GET /api/v2/users/USER_ID", null],
    ["GET /api/v2/users/a1b2-c3", null],
    ["GET /api/v2/users/queue-{id}", null],
    ["GET /api/v2/integrations/types/purecloud-data-actions", null],
    ["GET /api/v2/organizations/limits/namespaces/analytics", null],
  ])("that look like words are pointed out: %s", (name, caution) => {
    expect(lookUpOperation(catalogue, name)).toMatchObject({ kind: "found", caution });
  });
});

describe("a name that fits several operations", () => {
  test.each([
    [
      "/api/v2/routing/queues",
      ["GET /api/v2/routing/queues", "POST /api/v2/routing/queues"],
      "`/api/v2/routing/queues` has several methods: GET, POST",
    ],
    [
      "GETPRESENCEDEFINITIONS",
      ["GET /api/v2/presence/definitions", "GET /api/v2/presencedefinitions"],
      "these operation ids differ only in case, and the given spelling matches neither",
    ],
    [
      "timezones frobnicate",
      ["GET /api/v2/timezones"],
      "`frobnicate` is not the verb of any of these operations",
    ],
  ])("is reported with all candidates: %s", (name, candidates, reason) => {
    const lookup = lookUpOperation(catalogue, name);
    expect(lookup.kind === "ambiguous" ? lookup.candidates.map(nameOf) : lookup).toEqual(candidates);
    expect(lookup).toMatchObject({ reason });
  });

  test.each([
    ["getPresenceDefinitions", "GET /api/v2/presence/definitions"],
    ["getPresencedefinitions", "GET /api/v2/presencedefinitions"],
    ["GetPresencedefinitions", "GET /api/v2/presencedefinitions"],
    ["get_presence_definitions", "GET /api/v2/presence/definitions"],
    ["get_presencedefinitions", "GET /api/v2/presencedefinitions"],
  ])("is resolved by upper and lower case: %s", (name, operation) => {
    const lookup = lookUpOperation(catalogue, name);
    expect(lookup.kind === "found" ? nameOf(lookup.operation) : lookup).toBe(operation);
  });
});

describe("names that circulate but never existed", () => {
  test.each([
    ["/api/v2/analytics/conversations/queries", DETAIL_QUERY],
    ["https://api.mypurecloud.com/api/v2/analytics/conversations/queries", DETAIL_QUERY],
    ["POST /api/v2/analytics/conversations/query", DETAIL_QUERY],
    ["/analytics/queues/summary", "POST /api/v2/analytics/queues/observations/query"],
    ["GET /api/v2/analytics/queues/summary", "POST /api/v2/analytics/queues/observations/query"],
    ["/api/v2/analytics/report/conversations", DETAIL_QUERY],
    ["/api/v2/oauth/tokeninfo", "GET /api/v2/tokens/me"],
    ["/oauth/introspect", "GET /api/v2/tokens/me"],
    ["POST /oauth/revoke", "DELETE /api/v2/tokens/me"],
  ])("%s is corrected to %s", (name, instead) => {
    const { closest, correction } = unknown(name);
    expect(correction).toMatch(/^no published definition has this path/);
    expect(closest.map(nameOf)[0]).toBe(instead);
  });

  test.each(["https://api.mypurecloud.com/oauth/token", "/api/v2/oauth/token", "/api/v2/oauth/guest/token"])(
    "%s belongs to the login host",
    (name) => {
      expect(unknown(name)).toMatchObject({
        closest: [],
        correction: expect.stringContaining("`https://login.<domain>/oauth/token`"),
      });
    },
  );
});

describe("a removed operation is recognized", () => {
  test.each([
    "GET /api/v2/conversations/chats",
    "https://api.mypurecloud.com/api/v2/conversations/chats/4711/messages/1",
    "getConversationsChats",
    "webchat/deployments",
    "GET /api/v2/analytics/reporting/{reportId}/metadata",
    "GET /api/v2/analytics/reporting/0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90/metadata",
    "POST /api/v2/workforcemanagement/adherence/historical",
    "POST /api/v2/analytics/conversations/transcripts/query",
    "PUT /api/v2/alerting/interactionstats/rules/{ruleId}",
    "postContentmanagementAuditquery",
  ])("%s", (name) => {
    const lookup = unknown(name.startsWith("webchat") ? `GET /api/v2/${name}` : name);
    expect(lookup.correction).toMatch(/was removed from the API$/);
    expect(lookup.removed).not.toBeNull();
  });
});

test.each([
  ["GET /api/v2/analytics/reporting/{reportId}/metadata", []],
  [
    "POST /api/v2/workforcemanagement/adherence/historical",
    [
      "POST /api/v2/workforcemanagement/adherence/historical/bulk",
      "GET /api/v2/workforcemanagement/adherence/historical/jobs/{jobId}",
    ],
  ],
])("suggests only paths that extend the path of the removed operation %s", (name, offered) => {
  expect(unknown(name).closest.map(nameOf)).toEqual(offered);
});

describe("the closest names of an unknown operation", () => {
  test.each([
    ["a typo in a segment", "/api/v2/analytics/conversatoins/details/query", DETAIL_QUERY],
    ["a singular", "/api/v2/analytics/conversation/detail/query", DETAIL_QUERY],
    ["a plural", "GET /api/v2/routing/queue", "GET /api/v2/routing/queues"],
    [
      "a missing `query`",
      "POST /api/v2/analytics/conversations/aggregates",
      "POST /api/v2/analytics/conversations/aggregates/query",
    ],
    [
      "an extra word",
      "GET /api/v2/routing/queues/4711/members/all/list",
      "GET /api/v2/routing/queues/{queueId}/members",
    ],
    ["an id in the wrong place", "GET /api/v2/routing/4711/queues", "GET /api/v2/routing/queues"],
    ["a missing id", "GET /api/v2/users//queues", "GET /api/v2/users/{userId}/queues"],
    ["no version", "GET /routing/queues", "GET /api/v2/routing/queues"],
    ["another version", "GET /api/v1/users/me", "GET /api/v2/users/me"],
    ["capitals", "GET /api/v2/Routing/Queues", "GET /api/v2/routing/queues"],
    ["an SDK method", "postAnalyticsConversationDetailsQuery", DETAIL_QUERY],
    ["an SDK method in Python", "get_routing_queue_member", "GET /api/v2/routing/queues/{queueId}/members"],
    ["words", "routing queue list", "GET /api/v2/routing/queues"],
    ["words with a typo", "analytics conversatons details query create", DETAIL_QUERY],
    ["one word", "timezone", "GET /api/v2/timezones"],
  ])("for %s: %s", (_slip, name, nearest) => {
    expect(unknown(name).closest.map(nameOf)[0]).toBe(nearest);
  });

  test.each([
    [
      "GET /api/v2/analytics/conversations/details/query",
      "`/api/v2/analytics/conversations/details/query` has no GET, only POST",
    ],
    ["/users/me", "paths of the platform API begin with `/api/v2/`"],
    ["/api/v1/users/me", "the platform API has only version 2: `/api/v2/`"],
    ["/api/v2/users//queues", "an id is missing between two slashes"],
    ["/api/v2/Users/me", "paths are written in lower case"],
  ])("are accompanied by the reason why %s is wrong", (name, correction) => {
    expect(unknown(name).correction).toBe(correction);
  });

  test("for a wrong method are the path's other methods, then similar paths with the given method", () => {
    expect(unknown("POST /api/v2/analytics/conversations/details").closest.map(nameOf).slice(0, 2)).toEqual([
      "GET /api/v2/analytics/conversations/details",
      DETAIL_QUERY,
    ]);
  });

  test.each(["", " ", "/", "gc", "xyzzy", "/api/v2", "POST /", "::", "\u001b[31m", "a".repeat(5_000)])(
    "are an empty list for %j",
    (name) => {
      expect(unknown(name).closest).toEqual([]);
    },
  );
});

test.each(["analytics", "#", "ALL"])(
  "finds no operation for a word from another column of the catalog: %s",
  (name) => {
    expect(unknown(name).correction).toBeNull();
  },
);

describe("the error for a name that is not a single operation", () => {
  test("suggests a next step for an unknown name", () => {
    expect(() => requireFound(catalogue, "/api/v2/analytics/conversations/queries")).toThrowError(
      expect.objectContaining({
        code: "usage.unknown_operation",
        exit: "usage",
        message:
          "`/api/v2/analytics/conversations/queries` is not an operation of the platform API: no published definition has this path; POST to `details/query` to query conversation details",
        hint: 'did you mean "POST /api/v2/analytics/conversations/details/query" or "POST /api/v2/analytics/conversations/aggregates/query" or "POST /api/v2/analytics/conversations/details/jobs"?',
      }),
    );
  });

  test.each([
    [
      "GET /api/v2/routing/queue",
      "`GET /api/v2/routing/queue` is not in the catalogue of 2026-09-16",
      /^did you mean "GET \/api\/v2\/routing\/queues".*\? \(a newer catalog may list it: genscope catalog update\)$/,
    ],
    [
      "getRoutingQueus",
      "`getRoutingQueus` is not in the catalogue of 2026-09-16",
      /^did you mean `getRoutingQueues` or `getRoutingQueue`/,
    ],
    [
      "postFrobnications",
      "`postFrobnications` is not in the catalogue of 2026-09-16",
      /^search for it: genscope catalog search WORDS \(a newer catalog may list it: genscope catalog update\)$/,
    ],
    [
      "GET /api/v2/analytics/conversations/details/query",
      "`GET /api/v2/analytics/conversations/details/query` is not in the catalogue of 2026-09-16: `/api/v2/analytics/conversations/details/query` has no GET, only POST",
      /a newer catalog may list it/,
    ],
    [
      "GET /api/v2/conversations/chats",
      "`GET /api/v2/conversations/chats` was removed from the API",
      /^(?!.*newer)/,
    ],
    [
      "GET /users/me",
      "`GET /users/me` is not an operation of the platform API: paths of the platform API begin with `/api/v2/`",
      /^(?!.*newer)/,
    ],
    [
      "analytics:query",
      "`analytics:query` does not exist: the analytics scopes are `analytics` and `analytics:readonly`, and the permission for conversation details is `analytics:conversationDetail:view`",
      /^did you mean `analytics` or `analytics:readonly`\?$/,
    ],
    [
      "routing:queue:write",
      "`routing:queue:write` is not a permission in the catalog of 2026-09-16",
      /^did you mean `routing:queue:edit` or `routing:queue:add` or /,
    ],
    [
      "view:queue:routing",
      "`view:queue:routing` is not a permission in the catalog of 2026-09-16",
      /^did you mean `routing:queue:view` or /,
    ],
    [
      "outbound:campaign:remove",
      "`outbound:campaign:remove` is not a permission in the catalog of 2026-09-16",
      /^did you mean `outbound:campaign:delete` or /,
    ],
    ["queue:view", "`queue:view` is not a scope of the platform", /^did you mean `routing:queue:view` or /],
    [
      "zebra:stripe:paint",
      "`zebra:stripe:paint` is not a permission in the catalog of 2026-09-16",
      /^search for it/,
    ],
    [
      "routing.queue.view",
      "`routing.queue.view` is not an operation of the platform API: `routing:queue:view` is a permission: check it with `--permission routing:queue:view`",
      /^search for it/,
    ],
    [
      "routing:readonly",
      "`routing:readonly` is an OAuth scope: list its operations with `genscope catalog search --scope routing:readonly`",
      /^search for it/,
    ],
    [
      "Routing:Queue:View",
      "`routing:queue:view` is a permission: check it with `--permission routing:queue:view`",
      /^search for it/,
    ],
  ])("makes no claim about %s beyond what the catalog contains", (name, message, hint) => {
    expect(() => requireFound(catalogue, name)).toThrowError(
      expect.objectContaining({
        code: "usage.unknown_operation",
        message,
        hint: expect.stringMatching(hint),
      }),
    );
  });

  test("lists the candidates of an ambiguous name", () => {
    expect(() => requireFound(catalogue, "/api/v2/routing/queues")).toThrowError(
      expect.objectContaining({
        code: "usage.ambiguous_operation",
        exit: "usage",
        message:
          "`/api/v2/routing/queues` may mean 2 operations: `/api/v2/routing/queues` has several methods: GET, POST",
        hint: 'name one of them: "GET /api/v2/routing/queues", "POST /api/v2/routing/queues"',
      }),
    );
  });

  test("contains none of the name's control characters", () => {
    expect(() => requireFound(catalogue, "GET /api/v2/\u001b[31mred")).toThrowError(
      expect.objectContaining({ message: expect.not.stringContaining("\u001b") }),
    );
  });
});
