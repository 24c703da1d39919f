import { describe, expect, test } from "vitest";
import { brief, explainText } from "./packaged-knowledge.ts";

const MESSAGE =
  "Unable to perform the requested action. You must have at least one of the following permissions assigned: [analytics:conversationDetail:view, analytics:agentConversationDetail:view]";
const BODY = `{"message":"${MESSAGE}","code":"missing.any.permissions","status":403,"messageParams":{"permissions":"[analytics:conversationDetail:view]"},"contextId":"7d1c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90","details":[],"errors":[]}`;
const DETAIL =
  "permission 403 missing.any.permissions postAnalyticsConversationsDetailsQuery | analytics:conversationDetail:view,analytics:agentConversationDetail:view | - | -";
const DETAIL_WITHOUT_OPERATION = DETAIL.replace("postAnalyticsConversationsDetailsQuery", "-");

describe("explains a failure in a log", () => {
  test.each([
    [
      "a JSON body after a timestamp",
      `2026-10-01T10:00:00.123Z ERROR reporting: POST /api/v2/analytics/conversations/details/query failed: ${BODY}`,
      [DETAIL],
    ],
    [
      "JSON in the message of a JSON record",
      JSON.stringify({
        time: "2026-10-01T10:00:00Z",
        level: "error",
        method: "POST",
        url: "https://api.mypurecloud.com/api/v2/analytics/conversations/details/query",
        msg: BODY,
      }),
      [DETAIL],
    ],
    [
      "JSON that is escaped in a string",
      `level=error msg="call failed" body=${JSON.stringify(BODY)} path=/api/v2/analytics/conversations/details/query method=POST`,
      [DETAIL],
    ],
    [
      "the JavaScript SDK's rejection as Node prints it",
      `{
  status: 403,
  statusText: 'Forbidden',
  headers: { 'content-type': 'application/json', 'inin-correlation-id': '7d1c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90' },
  body: {
    message: '${MESSAGE}',
    code: 'missing.any.permissions',
    status: 403,
    messageParams: { permissions: '[analytics:conversationDetail:view]' },
    contextId: '7d1c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90',
    details: [],
    errors: []
  },
  error: undefined
}`,
      [DETAIL_WITHOUT_OPERATION],
    ],
    [
      "the JavaScript SDK's rejection as JSON",
      JSON.stringify({
        status: 403,
        statusText: "Forbidden",
        headers: { "inin-correlation-id": "x-1234" },
        body: JSON.parse(BODY),
        text: BODY,
      }),
      [DETAIL_WITHOUT_OPERATION],
    ],
    [
      "Python's exception",
      `Traceback (most recent call last):
  File "report.py", line 12, in <module>
    api.post_analytics_conversations_details_query(body)
PureCloudPlatformClientV2.rest.ApiException: (403)
Reason: Forbidden
HTTP response headers: HTTPHeaderDict({'Content-Type': 'application/json', 'ININ-Correlation-Id': '7d1c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90'})
HTTP response body: ${BODY}`,
      [DETAIL],
    ],
    [
      "Python's dictionary",
      `{'message': '${MESSAGE}', 'code': 'missing.any.permissions', 'status': 403, 'contextId': '7d1c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90'}`,
      [DETAIL_WITHOUT_OPERATION],
    ],
    [
      "the Java SDK's exception, which has few details",
      'Exception in thread "main" com.mypurecloud.sdk.v2.ApiException: Forbidden\n\tat com.mypurecloud.sdk.v2.ApiClient.call(ApiClient.java:1)',
      ["unknown 403 - - | - | - | -"],
    ],
    [
      "the Java SDK's error body as text",
      `class ErrorBody {
    message: ${MESSAGE}
    code: missing.any.permissions
    status: 403
    contextId: 7d1c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90
}`,
      [DETAIL_WITHOUT_OPERATION],
    ],
    [
      "the Go SDK's error text",
      "API Error: 403 - Unable to perform the requested action. You are missing the following permission(s): [directory:user:add] (7d1c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90)",
      ["permission 403 missing.permissions - | directory:user:add | - | -"],
    ],
    [
      "a response of the Go SDK with its body in base64",
      JSON.stringify({
        statusCode: 403,
        rawBody: Buffer.from(BODY).toString("base64"),
        correlationId: "7d1c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90",
      }),
      [DETAIL_WITHOUT_OPERATION],
    ],
    [
      "a response of the Go SDK with its body as a list of bytes",
      `&{StatusCode:403 RawBody:[${[...Buffer.from(BODY)].join(" ")}] IsSuccess:false}`,
      [DETAIL_WITHOUT_OPERATION],
    ],
    [
      "indented JSON beside Terraform's vertical bar",
      `╷
│ Error: Failed to create queue Support
│
│   with genesyscloud_routing_queue.support,
│   on main.tf line 3, in resource "genesyscloud_routing_queue" "support":
│
│ {
│   "resourceName": "genesyscloud_routing_queue",
│   "method": "POST",
│   "path": "/api/v2/routing/queues",
│   "statusCode": 403,
│   "errorMessage": "Unable to perform the requested action. You are missing the following permission(s): [routing:queue:add]",
│   "correlationId": "7d1c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90"
│ }
╵`,
      ["permission 403 missing.permissions postRoutingQueues | routing:queue:add | - | -"],
    ],
    [
      "the official CLI's log",
      "2026/10/01 10:00:00 POST https://api.mypurecloud.com/api/v2/routing/queues status code: 403",
      ["unknown 403 - postRoutingQueues | - | - | -"],
    ],
    [
      "the line prefix of Docker Compose",
      `reporter-1  | {\nreporter-1  |   "message": "Invalid login credentials.",\nreporter-1  |   "code": "bad.credentials",\nreporter-1  |   "status": 401\nreporter-1  | }`,
      ["token 401 bad.credentials - | - | - | -"],
    ],
    [
      "a sentence that names the operation",
      "We get a 403 from POST /api/v2/analytics/conversations/details/query since Monday.",
      ["unknown 403 - postAnalyticsConversationsDetailsQuery | - | - | -"],
    ],
    [
      "a plain object that was thrown and not caught",
      "Uncaught (in promise) #<Object>\nPOST https://api.mypurecloud.com/api/v2/routing/queues 403 (Forbidden)",
      ["unknown 403 - postRoutingQueues | - | - | -"],
    ],
    ["a truncated body", BODY.slice(0, -90), [DETAIL_WITHOUT_OPERATION]],
    [
      "two lines, two failures",
      `10:00 GET /api/v2/users -> {"message":"Invalid login credentials.","code":"bad.credentials","status":401,"contextId":"id-one-1"}\n10:01 GET /api/v2/routing/queues -> {"message":"Authentication request timeout.","code":"authentication.request.timeout","status":504,"contextId":"id-two-2"}`,
      [
        "token 401 bad.credentials getUsers | - | - | -",
        "service 504 authentication.request.timeout getRoutingQueues | - | - | -",
      ],
    ],
  ])("%s", (_name, text, expected) => {
    expect(explainText(text).map(brief)).toEqual(expected);
  });
});

test("keeps the platform's correlation id, not the request id of the Terraform provider", () => {
  const [finding] = explainText(
    `{"transaction_id":"11111111-aaaa-4bbb-8ccc-222222222222","statusCode":403,"errorMessage":"Unable to perform the requested action. You are missing the following permission(s): [routing:queue:add]","correlationId":"33333333-aaaa-4bbb-8ccc-444444444444"}`,
  );
  expect(finding?.correlationIds).toEqual(["33333333-aaaa-4bbb-8ccc-444444444444"]);
});

test("ignores log lines without a failure", () => {
  expect(explainText("")).toEqual([]);
  expect(explainText("hello world")).toEqual([]);
  expect(explainText('{"entities":[{"id":"1","name":"Support"}],"pageSize":25}')).toEqual([]);
});

test("takes the request from the line of the error, not from an earlier line", () => {
  const text = [
    "I get a token from https://api.mypurecloud.com/oauth/token and then",
    'ERROR 403 {"code":"missing.permissions","status":403,"message":"m"} for GET https://api.mypurecloud.com/api/v2/routing/queues',
  ].join("\n");
  expect(explainText(text)[0]).toMatchObject({
    layer: "permission",
    operation: { path: "/api/v2/routing/queues" },
  });
});

test("quotes the message of an `API Error` without a correlation id", () => {
  const [finding, ...others] = explainText(
    "The pipeline stopped with\n\n    API Error: 400 - Field 'siteId' is required and cannot be empty.\n\nafter the update of the provider.",
  );
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ status: 400, message: "Field 'siteId' is required and cannot be empty." });
});

test.each([
  "cid=",
  "cid: ",
  "corrId=",
  "correlation_id: ",
  "x-correlation-id: ",
  "ININ-Correlation-Id=",
  "correlationID ",
  "Correlation: ",
  "context id ",
  "ctxId=",
  "requestCorrelation=",
  "inin_correlation_id=",
])("keeps the correlation id after `%s`", (name) => {
  const id = "6d0c7c1a-3d0b-4f0e-9a51-1c6a5b8d2e10";
  const line = `2026-05-01T10:00:00Z WARN GET /api/v2/users 403 missing.permissions ${name}${id} took 31ms`;
  expect(explainText(line).map(({ correlationIds }) => correlationIds)).toEqual([[id]]);
});
