import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

/** Matches a finding about a failure. */
const FAIL = /^layer (?!none)[a-z-]+: (?!wrong|misleading|not certain)/m;

describe("finds no refusal where the text reports no status", () => {
  staysSilent("a status that did not occur", FAIL, [
    "GET /api/v2/users does not return 403 any more.",
    "GET /api/v2/users never returned a 403 for us.",
    "We have no 403s on GET /api/v2/users.",
    "None of the calls to GET /api/v2/users gets a 403.",
    "GET /api/v2/users is not a 403 case.",
    "Neither GET /api/v2/users nor GET /api/v2/groups returns a 403.",
    "We haven't seen a single 403 on GET /api/v2/users.",
  ]);
  staysSilent("a status that no longer occurs", FAIL, [
    "The 403 on GET /api/v2/users is fixed.",
    "GET /api/v2/users returned 403 until we added the role. It works now.",
    "GET /api/v2/users gave 401 yesterday, that was a typo in the header and it is solved.",
    "Update: the 403 on GET /api/v2/users is gone since this morning.",
    "Resolved: GET /api/v2/users returned 403 because of a wrong role.",
  ]);
  staysSilent("a hypothetical status", FAIL, [
    "Will GET /api/v2/users return 403 without the permission?",
    "If GET /api/v2/users returns 403, we log in again.",
  ]);
  staysSilent("a status in documentation", FAIL, [
    "The documentation of GET /api/v2/users lists 400, 401, 403, 404 and 429 as possible errors.",
    "According to the docs, GET /api/v2/users returns 403 when the permission is missing.",
    "@throws ApiException 403 if GET /api/v2/users is forbidden",
    "responses:\n  '403':\n    description: Forbidden\n  '404':\n    description: Not Found",
    "paths:\n  /api/v2/users:\n    get:\n      responses:\n        '200':\n          description: ok\n        '403':\n          description: You are not authorized",
  ]);
  staysSilent("a status in source code", FAIL, [
    "if (res.status === 403) {\n  throw new Error('forbidden');\n}",
    "try:\n    api.get_users()\nexcept ApiException as e:\n    if e.status == 403:\n        print('forbidden')",
    "expect(response.status).toBe(403); // GET /api/v2/users",
    "it('handles 403', async () => {\n  nock(api).get('/api/v2/users').reply(403);\n  await run();\n});",
    "retry:\n  statuses: [429, 502, 503, 504]\n  path: /api/v2/users",
    "location /api/v2/users {\n  error_page 403 /forbidden.html;\n}",
  ]);
  staysSilent("a number that is not a status", FAIL, [
    "GET /api/v2/users took 403 ms.",
    "GET /api/v2/users returned 403 users.",
    "Imported 404 records from GET /api/v2/users, 0 failed.",
    "PID 403 called GET /api/v2/users: 200",
    "ticket #403: add the page GET /api/v2/users",
    "GET /api/v2/users?pageSize=403 200 OK",
    "port 500 is closed. GET /api/v2/users is ok.",
    "users 401-500 were imported by GET /api/v2/users",
    "Room 404, floor 4",
    "Total: 429 queues. GET /api/v2/routing/queues 200",
    "/var/log/403/users.log is empty",
    "line 401 of users.py calls GET /api/v2/users",
  ]);
  staysSilent("a status in a log line about a success", FAIL, [
    "INFO GET /api/v2/users 200 OK (handled 403 fallback: false)",
    "INFO 403 handler registered\nINFO GET /api/v2/users 200",
    "INFO no 403 in the last 24h for GET /api/v2/users",
    "metrics: http_403_total=0 http_200_total=1200 path=/api/v2/users",
    '{"path":"/api/v2/users","status":200,"errors":{"403":0,"429":0}}',
    "✓ GET /api/v2/users returns 403 without a role (35 ms)",
    "PASS GET /api/v2/users returns 403 for guests",
  ]);
});
