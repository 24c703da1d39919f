import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

function fixesOf(paste: string): readonly string[] {
  return explainText(paste).flatMap(({ remedies }) => remedies.map(({ summary }) => summary));
}

function commandsOf(paste: string): readonly string[] {
  return explainText(paste).flatMap(({ remedies }) => remedies.flatMap(({ command }) => command ?? []));
}

describe("the first fix for an invented path names an existing operation for", () => {
  test.each<readonly [string, string, RegExp]>([
    [
      "user statistics",
      "nightly.py:88 GET https://api.mypurecloud.de/api/v2/analytics/users/statistics -> 404 Not Found",
      /^call `POST \/api\/v2\/analytics\/users\/aggregates\/query` or `POST .*observations\/query`, depending on which/,
    ],
    [
      "analytics events",
      "requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://api.mypurecloud.ie/api/v2/analytics/event",
      /^call `POST \/api\/v2\/audits\/query` or `POST \/api\/v2\/analytics\/conversations\/details\/query`/,
    ],
    [
      "analytics interactions",
      "AxiosError: Request failed with status code 404, GET https://api.euw2.pure.cloud/api/v2/analytics/interactions/search",
      /^call `POST \/api\/v2\/analytics\/conversations\/details\/query`/,
    ],
    [
      "a reports area",
      "level=error method=GET path=/api/v2/reporting/queues status=403 msg=Forbidden",
      /^call `POST \/api\/v2\/analytics\/conversations\/details\/query`/,
    ],
    [
      "web messaging guests",
      "POST /api/v2/conversations/guest/4f0e/messages answered 403 Forbidden, the body is empty",
      /inbound\/open\/message/,
    ],
    [
      "web messaging sessions",
      "curl -i -X POST https://api.mypurecloud.com/api/v2/webmessaging/sessions\nHTTP/2 404\n",
      /^call `POST \/api\/v2\/conversations\/messages\/\{integrationId\}\/inbound\/open\/message`/,
    ],
    [
      "a user's routing settings",
      "PATCH https://api.mypurecloud.jp/api/v2/routing/agents/77 returned 404",
      /`PUT \/api\/v2\/users\/\{userId\}\/routingstatus`/,
    ],
    [
      "authorization divisions",
      "GET /api/v2/auth/divisions HTTP/1.1\n\nHTTP/1.1 404 Not Found\n",
      /^call `GET \/api\/v2\/authorization\/divisions`/,
    ],
    ["the path `/me`", "GET https://api.mypurecloud.com/api/v2/me 404", /^call `GET \/api\/v2\/users\/me`/],
  ])("%s", (_, paste, fix) => {
    expect(fixesOf(paste)[0]).toMatch(fix);
  });
});

describe("the first fix for a path missing from the catalog names the operation with the same beginning or end", () => {
  test.each([
    [
      "GET /api/v2/notifications answered 404",
      "call `GET /api/v2/notifications/channels` if you meant that operation",
    ],
    [
      "POST /api/v2/notifications answered 404",
      "call `POST /api/v2/notifications/channels` if you meant that operation",
    ],
    ["GET /api/v2/queues answered 404", "call `GET /api/v2/routing/queues` if you meant that operation"],
    [
      "GET /api/v2/agents/17/queues answered 404",
      "call `GET /api/v2/users/{userId}/queues` if you meant that operation",
    ],
    [
      "GET /api/v2/auth/roles answered 404",
      "call `GET /api/v2/authorization/roles` if you meant that operation",
    ],
    [
      "GET /api/v2/wfm/adherence answered 404",
      "call `GET /api/v2/workforcemanagement/adherence` if you meant that operation",
    ],
  ])("%s", (paste, fix) => {
    expect(fixesOf(paste)[0]).toBe(fix);
  });
});

test.each([
  "POST /api/v2/interactions answered 403 Forbidden",
  "POST /api/v2/messaging/accounts/17/conversations answered 403 Forbidden",
  "GET /api/v2/campaign-events/outbound answered 404",
  "POST /api/v2/wfm/agentschedulesegments answered 403",
  "PUT /api/v2/architect/users/17 answered 403",
  "DELETE /api/v2/telephony/recordings/17 answered 403",
])("suggests a search instead of an operation that only shares a word with the path: %s", (paste) => {
  expect(fixesOf(paste).filter((fix) => fix.startsWith("call "))).toEqual([]);
  expect(commandsOf(paste).join()).toMatch(/^genscope catalog search \w/);
});

test.each<readonly [string, string, RegExp]>([
  [
    "a reached rate limit",
    "GET https://api.mypurecloud.ie/api/v2/analytics/users/summary/17 -> 429 Too Many Requests, Retry-After: 21",
    /^wait 21 s/,
  ],
  [
    "an invalid token",
    'POST /api/v2/webmessaging/guests/17/messages\n{"message":"Invalid login credentials.","code":"bad.credentials","status":401}',
    /^get a new token/,
  ],
  [
    "an update of an outdated version",
    "PUT /api/v2/routing/users/17 fails with 409 Conflict: the resource has been modified by another user",
    /^read the object again, apply the change to it/,
  ],
])("the fix for %s comes before a suggestion of another operation", (_, paste, first) => {
  const fixes = fixesOf(paste);
  expect(fixes.length).toBeGreaterThan(1);
  expect(fixes[0]).toMatch(first);
});
