import { describe, expect, test } from "vitest";
import { brief, claimsOf, explainText } from "./packaged-knowledge.ts";

const FORBIDDEN =
  '{"message":"Unable to perform the requested action. You are missing the following permission(s): [routing:queue:add]","code":"missing.permissions","status":403,"contextId":"body-id-0001"}';

describe("explains an HTTP transcript", () => {
  test.each([
    [
      "of curl -v over HTTP/2",
      `*   Trying 192.0.2.10:443...
* Connected to api.mypurecloud.de (192.0.2.10) port 443
* [HTTP/2] [1] [:method: POST]
> POST /api/v2/routing/queues HTTP/2
> Host: api.mypurecloud.de
> authorization: Bearer 0123456789abcdefghij
> content-type: application/json
> content-length: 17
>
} [17 bytes data]
< HTTP/2 403
< content-type: application/json
< inin-correlation-id: body-id-0001
<
{ [180 bytes data]
${FORBIDDEN}
* Connection #0 to host api.mypurecloud.de left intact`,
      ["permission 403 missing.permissions postRoutingQueues | routing:queue:add | - | -"],
    ],
    [
      "of curl -i, with the command",
      `$ curl -i -X POST "https://api.mypurecloud.com/api/v2/routing/queues?x=1" -H "Authorization: Bearer $TOKEN" -d '{"name":"a"}'
HTTP/1.1 403 Forbidden
Content-Type: application/json
ININ-Correlation-Id: body-id-0001

${FORBIDDEN}`,
      ["permission 403 missing.permissions postRoutingQueues | routing:queue:add | - | -"],
    ],
    [
      "of a raw request and its response",
      `POST /api/v2/routing/queues HTTP/1.1
Host: api.mypurecloud.ie
Authorization: Bearer 0123456789

{"name":"a"}

HTTP/1.1 403 Forbidden
Content-Type: application/json

${FORBIDDEN}`,
      ["permission 403 missing.permissions postRoutingQueues | routing:queue:add | - | -"],
    ],
    [
      "with a proxy tunnel before the request",
      `> CONNECT api.mypurecloud.com:443 HTTP/1.1
> Host: api.mypurecloud.com:443
>
< HTTP/1.1 200 Connection established
<
> GET /api/v2/users/me HTTP/1.1
> Host: api.mypurecloud.com
>
< HTTP/1.1 400 Bad Request
< Content-Type: application/json
<
{"message":"This request requires a user context. Client credentials cannot be used for requests to this resource.","code":"not.a.user","status":400}`,
      ["context 400 not.a.user getUsersMe | - | - | -"],
    ],
    [
      "with a tunnel that the proxy refuses",
      `> CONNECT api.mypurecloud.com:443 HTTP/1.1
> Host: api.mypurecloud.com:443
>
< HTTP/1.1 407 Proxy Authentication Required
< Proxy-Authenticate: Basic realm="proxy"
<
<html><head><title>Access denied by proxy</title></head></html>`,
      ["network 407 - - | - | - | -"],
    ],
    [
      "with two requests in one session",
      `> GET /api/v2/routing/queues/4c1b2f3a-1111-4222-8333-944455556666 HTTP/1.1
> Host: api.mypurecloud.com
>
< HTTP/1.1 404 Not Found
< Content-Type: application/json
<
{"message":"The requested queue was not found","code":"not.found","status":404,"contextId":"id-of-404"}
> GET /api/v2/users HTTP/1.1
> Host: api.mypurecloud.com
>
< HTTP/1.1 401 Unauthorized
< Content-Type: application/json
<
{"message":"Invalid login credentials.","code":"bad.credentials","status":401,"contextId":"id-of-401"}`,
      ["request 404 not.found getRoutingQueue | - | - | -", "token 401 bad.credentials getUsers | - | - | -"],
    ],
    [
      "with an HTML page instead of JSON",
      `> GET /api/v2/users HTTP/1.1
> Host: api.mypurecloud.com
>
< HTTP/1.1 403 Forbidden
< Content-Type: text/html
<
<!DOCTYPE html><html><head><title>Blocked by policy</title></head><body></body></html>`,
      ["network 403 - getUsers | - | - | -"],
    ],
    [
      "with a body that is cut off",
      `> GET /api/v2/routing/queues HTTP/2
> Host: api.mypurecloud.com
>
< HTTP/2 403
<
{"message":"Unable to perform the requested action. You must have at least one of the following permissions assigned: [routing:queue:view]","code":"missing.any.permissions","sta`,
      ["permission 403 missing.any.permissions getRoutingQueues | routing:queue:view | - | -"],
    ],
    [
      "with a response from the login host to an API path",
      `> GET /api/v2/users HTTP/1.1
> Host: login.mypurecloud.com
>
< HTTP/1.1 404 Not Found
<
`,
      ["host 404 - getUsers | - | - | -"],
    ],
    [
      "with a path that never existed",
      `> POST /api/v2/analytics/conversations/queries HTTP/1.1
> Host: api.mypurecloud.com
>
< HTTP/1.1 403 Forbidden
< Content-Type: application/json
<
{"message":"You are not authorized to perform the requested action.","code":"not.authorized","status":403}`,
      ["path 403 not.authorized - | - | - | -"],
    ],
    [
      "with a method that the path does not have",
      `> GET /api/v2/analytics/conversations/details/query HTTP/1.1
> Host: api.mypurecloud.com
>
< HTTP/1.1 405 Method Not Allowed
<
`,
      ["path 405 - - | - | - | -"],
    ],
    [
      "with a word that could be an id of another operation",
      `> GET /api/v2/routing/queues/summary HTTP/1.1
> Host: api.mypurecloud.com
>
< HTTP/1.1 403 Forbidden
< Content-Type: application/json
<
{"message":"Unable to perform the requested action. You are missing the following permission(s): [routing:queue:view]","code":"missing.permissions","status":403}`,
      ["path 403 missing.permissions getRoutingQueue | routing:queue:view | - | -"],
    ],
  ])("%s", (_name, text, expected) => {
    expect(explainText(text).map(brief)).toEqual(expected);
  });
});

test("keeps the correlation ids of header and body when they differ, and concludes nothing from CloudFront headers", () => {
  const [finding] = explainText(`> GET /api/v2/users HTTP/2
> Host: api.mypurecloud.com
>
< HTTP/2 403
< content-type: application/json
< inin-correlation-id: header-id-0001
< via: 1.1 abc.cloudfront.net (CloudFront)
< x-cache: Error from cloudfront
<
{"message":"Unable to perform the requested action. You must have at least one of the following permissions assigned: [directory:user:view]","code":"missing.any.permissions","status":403,"contextId":"body-id-0002"}`);
  expect(finding?.correlationId).toBe("header-id-0001");
  expect(finding?.correlationIds).toEqual(["header-id-0001", "body-id-0002"]);
  expect(claimsOf(finding === undefined ? [] : [finding])).toContain(
    "true: header and body carry different correlation ids",
  );
  expect(claimsOf(finding === undefined ? [] : [finding])).not.toContain(
    "misleading: a proxy (CloudFront) refused the call",
  );
});

test("takes the waiting time from the Retry-After header rather than from the message", () => {
  const [finding] = explainText(`> GET /api/v2/users HTTP/2
> Host: api.mypurecloud.com
>
< HTTP/2 429
< retry-after: 12
<
{"message":"Rate limit exceeded the maximum. Retry the request in [37] seconds","code":"too.many.requests.retry.after","status":429}`);
  expect(finding?.retryAfterSeconds).toBe(12);
});

test.each([
  [
    "client id and secret sent to the API",
    "authorization: Basic aWQ6c2VjcmV0",
    "false: the API accepts a client id and secret",
  ],
  [
    "a placeholder instead of a token",
    "authorization: Bearer undefined",
    "true: the request carries no token",
  ],
])("points out a wrong Authorization header: %s", (_name, header, expected) => {
  const findings = explainText(`> GET /api/v2/users HTTP/2
> Host: api.mypurecloud.com
> ${header}
>
< HTTP/2 401
<
{"message":"Invalid login credentials.","code":"bad.credentials","status":401}`);
  expect(claimsOf(findings)).toEqual([
    expect.stringMatching(/^true: the API definition lists no permission for `GET \/api\/v2\/users`/),
    expected,
  ]);
});

test("explains the redirected request, which failed, and not the first one", () => {
  const findings = explainText(`> GET /api/v2/users HTTP/1.1
> Host: api.mypurecloud.com
>
< HTTP/1.1 301 Moved Permanently
< Location: https://login.mypurecloud.com/api/v2/users
<
> GET /api/v2/users HTTP/1.1
> Host: login.mypurecloud.com
>
< HTTP/1.1 404 Not Found
<
`);
  expect(findings.map(brief)).toEqual(["host 404 - getUsers | - | - | -"]);
});
