import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

describe("finds no cause in text that does not report one", () => {
  staysSilent("a header with a bare token", /bare token in the `Authorization` header|contains no token/, [
    "const headers = { Authorization: token }; // token = `Bearer ${t}`\nGET /api/v2/users returns 401",
    "We fixed the header that had been 'Bearer undefined'. GET /api/v2/users still returns 401.",
    "If the variable is empty the header would be `Bearer undefined`, but ours is not. GET /api/v2/users returns 401.",
  ]);
  staysSilent("an idle token", /idle for that long|inactivity timeout/, [
    "The inactivity timeout is disabled in our org. GET /api/v2/users returns 401 right after the login.",
    "No inactivity timeout is set. GET /api/v2/users returns 401.",
    "The first call after 5 minutes of deployment returns 401: GET /api/v2/users. The token is new each time.",
  ]);
  staysSilent("an object that does not exist yet", /did not exist yet for this service/, [
    "I created the queue and GET /api/v2/routing/queues/abc returns 404. Minutes later it still returns 404, while the list works.",
    "GET /api/v2/routing/queues/abc returns 404. It is not a new queue, it exists for years; after some time it never works.",
  ]);
  staysSilent(
    "the format of a token request",
    /JSON body|has the client id or secret in its URL|without base64/,
    [
      "POST https://login.mypurecloud.com/oauth/token grant_type=client_credentials returns 400 invalid_client. The response is application/json.",
    ],
  );
  staysSilent(
    "other token",
    /sends the id or secret of the OAuth client|sends a token from|the call uses OAuth 1|the call uses (Digest|NTLM|Hawk)/i,
    [
      "We do not send the Okta access token to Genesys. GET /api/v2/users returns 401.",
      "A colleague once sent the client secret as a bearer token, but we do it right. GET /api/v2/users returns 401.",
      "If you send the client secret as bearer token you get a 401. We send the access token. GET /api/v2/users returns 401.",
      "The proxy's auth type is NTLM and it works. GET /api/v2/users returns 401.",
      "Our Salesforce callout uses the Salesforce access token for Salesforce and the Genesys token for Genesys. GET /api/v2/users returns 401.",
      "Until last week we sent the client id as the bearer token; that is fixed. GET /api/v2/users returns 401.",
    ],
  );
  staysSilent("a refused IP address", /"?layer"? ip|IP address/i, [
    'HTTP 403 {"message":"The email address is not allowed to be changed"} from PATCH /api/v2/users/abc',
    'HTTP 403 {"message":"The address is not authorized for this campaign"} POST /api/v2/outbound/contactlists',
  ]);
  staysSilent("a fix that the text reports", /already fixed|according to the text, the/, [
    "GET /api/v2/users returns 403. A colleague had the same and solved it by adding a role, but that did not help us.",
    "GET /api/v2/users returns 403. Is it solved by adding the permission?",
    "GET /api/v2/users returns 403. The timeout was solved. I only have one role.",
    "GET /api/v2/users returns 403. Login is fixed now. I am going to add the permission next.",
  ]);
  staysSilent("a call that needs a user", /needs a user, and a client-credentials token has none/, [
    "GET /api/v2/users/me returns 400. We log in with PKCE, our other job uses client credentials.",
    "GET /api/v2/users/me returns 403. It is a user token; client credentials would not work, I know.",
  ]);
  staysSilent("a missing license", /missing license|feature enabled/, [
    "GET /api/v2/users returns 403. The user has no missing licenses, all are assigned.",
    "GET /api/v2/users returns 403. Does this need a WEM license?",
    "GET /api/v2/users returns 403. It worked without a license before.",
    "GET /api/v2/users returns 403. It is not a missing license, we checked.",
  ]);
  staysSilent("a token that works for other calls", /same token works for other calls/, [
    "GET /api/v2/users returns 401. I have not tried whether the same token works for other calls.",
    "GET /api/v2/users returns 401. If the same token works for GET /api/v2/routing/queues it must be the path.",
    "GET /api/v2/users returns 401. Would the same token work in Postman?",
    "GET /api/v2/users returns 401. Yesterday the same token worked with every call.",
  ]);
  staysSilent(
    "a request to the wrong address",
    /request was refused|issue tokens|no socket at this address/,
    ["We log in with our client id and get a token. Then GET on the users listing returns 401 Unauthorized."],
  );
  staysSilent("two calls with the same access", /both calls are made with the same access/, [
    "GET /api/v2/users returns 403 in my app. It does not work in Postman either.",
    "GET /api/v2/users returns 403 in our service. I have not tested whether it works in Postman.",
    "GET /api/v2/users returns 403 in production. Does it work in Postman for you?",
    "If it works in Postman, it is the token. GET /api/v2/users returns 403 in our app.",
  ]);
  staysSilent("the service behind a data action", /service that the data action calls, or a gateway/, [
    "Our page gets a 502 from GET /api/v2/users. It has nothing to do with the data action or our web service.",
  ]);
});
