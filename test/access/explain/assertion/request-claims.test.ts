import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

describe("finds no mistake in names, hosts and requests that the text says are not used", () => {
  staysSilent("names that the text rejects", /is a scope|is a permission/, [
    "There is no permission analytics:query:view, I know. Which one do I need for GET /api/v2/users?",
    "The token does not have analytics:view, as that is not a scope. GET /api/v2/users returns 403.",
    "Our Okta token has the scope users:read. GET /api/v2/users returns 403.",
    "Our own API needs the scope orders:write. GET /api/v2/users returns 403.",
    "GitHub's token has repo:read scope. GET /api/v2/users returns 403.",
    "redis key user:session:view. GET /api/v2/users returns 403.",
    "docker image routing:latest is deployed. GET /api/v2/users returns 403.",
  ]);
  staysSilent("hosts that the text rejects", /the API is at `/, [
    "We do not use api.genesyscloud.com, we use api.mypurecloud.com. GET /api/v2/users returns 403.",
    "api.genesys.cloud was wrong, now we call https://api.mypurecloud.com/api/v2/users and get 403.",
    "Mail from noreply@mail.mygenesyscloud.com arrived. GET https://api.mypurecloud.com/api/v2/users returns 403.",
  ]);
  staysSilent("mismatched regions", /token request, call and organization are in one region/, [
    "GET https://api.mypurecloud.com/api/v2/users returns 401. Our other org on api.mypurecloud.de works with its own token.",
    "GET https://api.mypurecloud.com/api/v2/users returns 401. The support team sits in Frankfurt.",
    "GET https://api.mypurecloud.com/api/v2/users returns 401. We are not in the EU (api.mypurecloud.ie).",
    "GET https://api.mypurecloud.com/api/v2/users returns 401. Our server is in Ireland.",
  ]);
  staysSilent("a secret in form fields", /sent as form fields/, [
    "We send grant_type as a form field and the client_secret with HTTP Basic, not in the form. POST /oauth/token returns 400.",
    "grant_type=client_credentials, client id and client_secret as Basic header. POST https://login.mypurecloud.com/oauth/token returns 400 invalid_client",
  ]);
  staysSilent(
    "HTTP Basic for an authorization code",
    /exchanging the authorization code requires HTTP Basic/,
    ["We use authorization code with PKCE and no Basic header. GET /api/v2/users returns 403."],
  );
  staysSilent("a token's requested lifetime", /`duration` sets how long/, [
    '{"grant_type":"client_credentials"} is the body. The call duration: 30 ms. GET /api/v2/users returns 403',
    "POST /oauth/token grant_type=client_credentials status=200 duration=120ms\nGET /api/v2/users status=403 duration=80ms",
  ]);
  staysSilent("a proxy in front of the platform", /a proxy \(CloudFront\) refused/, [
    'HTTP/2 403\nx-cache: Error from cloudfront\ncontent-type: application/json\n\n{"status":403,"code":"missing.permissions","message":"x"}\n\nIt is not blocked by the CDN, I think.',
  ]);
  staysSilent("topics of other users", /accepts any user's id/, [
    "POST /api/v2/notifications/channels/abc/subscriptions for v2.users.{id}.presence returns 403 for my own user. No other users are involved.",
  ]);
});
