import { describe, expect, test } from "vitest";
import { conclusionsIn } from "./stays-silent.ts";

/** Texts with a denial, a condition, a question or another person beside a failure that they do report. */
const REPORTED: readonly (readonly [string, RegExp])[] = [
  ["We don't know why, but GET /api/v2/users returns 403.", /403/],
  ["If we call GET /api/v2/users, we get a 403.", /403/],
  ["If I call GET /api/v2/users with this token it returns 403.", /403/],
  ["According to the docs this should work, but GET /api/v2/users returns 403.", /403/],
  ["The documentation says that no permission is needed, but GET /api/v2/users returns 403.", /403/],
  ["I followed the example from the guide for queues and GET /api/v2/routing/queues returns 403.", /403/],
  ["It doesn't work: GET /api/v2/users returned 401 Unauthorized.", /401/],
  ["Can anyone help? GET /api/v2/users gives me a 403.", /403/],
  ["Could you check why GET /api/v2/users returns a 403?", /403/],
  ["Is it normal that GET /api/v2/users returns 403?", /403/],
  ["I would like to list users but GET /api/v2/users returns 403.", /403/],
  ["We want to export users, and GET /api/v2/users returns 403.", /403/],
  ["I can log in, yet GET /api/v2/users returns 403.", /403/],
  ["The script might be wrong, GET /api/v2/users returns 403.", /403/],
  ["Another user can call it, but for me GET /api/v2/users returns 403.", /403/],
  ["It used to work, now GET /api/v2/users returns 403.", /403/],
  ["We fixed the header and now GET /api/v2/users returns 403 instead of 401.", /403/],
  ["After I fixed the token GET /api/v2/users returns 403.", /403/],
  ["I tried everything and cannot get past the 403 from GET /api/v2/users.", /403/],
  ["GET /api/v2/users returns 403, is that a missing permission?", /403/],
  ["terraform apply fails: Error acquiring the state lock", /state/],
  ["When I run terraform apply it says Error acquiring the state lock. What can I do?", /lock its state/],
  ["We can't deploy because terraform says Error: Cycle: a, b", /circle/],
  ["The login does not work, the browser says the pop-up was blocked.", /login window/],
  ["Why is the pop-up blocked?", /login window/],
  [
    "We get an empty list although users exist: GET /api/v2/users returns 200 with an empty list.",
    /not a refusal/,
  ],
  ["Our data action times out after 10 seconds.", /time limit/],
  [
    "I don't receive any events on the websocket channel after I subscribed to the topic.",
    /accepted subscription/,
  ],
  ["The app can't connect: Error: connect ECONNREFUSED 127.0.0.1:8080", /./],
  ["We can not reach api.mypurecloud.com: getaddrinfo ENOTFOUND api.mypurecloud.com", /./],
  [
    "requests.exceptions.SSLError: certificate verify failed: self-signed certificate in certificate chain",
    /certificate/,
  ],
  ["Our admin says the 403 on GET /api/v2/users comes from a missing role, and I still get it.", /403/],
  [
    "We use client credentials and I am an admin myself, why does GET /api/v2/users return 403?",
    /person who created/,
  ],
  ["Do I need the scope offline_access for a refresh token?", /offline_access/],
  ["Is the limit 60 requests per minute? We get 429 from GET /api/v2/users.", /the limit is 60/],
  ["The websocket closes with code 1006 every hour.", /1006/],
  ["The job ended: job 12 status=FAILED", /FAILED/],
  ["Token request fails with invalid_client for our new client.", /invalid_client/],
  ["Without the Master Admin role GET /api/v2/users returns 403, with it 200.", /403/],
  ["Unless I add the admin role, GET /api/v2/users returns 403.", /403/],
  ["Our wrapper throws ForbiddenException: 403 on GET /api/v2/users. The unit tests for it pass.", /403/],
  ["The test for the connector shows 403 on GET /api/v2/users.", /403/],
  ["In the log of the connector: GET /api/v2/users -> 403. Docs say it needs directory:user:view.", /403/],
  ["We send the client secret as the bearer token and get 401 from GET /api/v2/users.", /id or secret/],
  ["The same token works for GET /api/v2/routing/queues. GET /api/v2/users returns 401.", /same token works/],
  ["Works in Postman, but our service gets a 403 from GET /api/v2/users.", /same access/],
  ["The user has no license for WEM. GET /api/v2/users returns 403.", /license/],
  ["Zscaler blocks it: GET https://api.mypurecloud.com/api/v2/users returns 403.", /Zscaler/],
  ["The Zoom API returns 401 for our connector.", /Zoom/],
  ["You should see the 403 that GET /api/v2/users returns.", /403/],
];

describe("reads a reported failure beside other statements", () => {
  test.each(REPORTED)("%s", (text, conclusion) => {
    expect(conclusionsIn(text)).toMatch(conclusion);
  });
});
