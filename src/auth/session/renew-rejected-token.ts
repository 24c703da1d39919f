import { parseJson } from "../../core/json.ts";
import { readBody, withBody } from "../../http/transport/body.ts";
import type { Transport } from "../../http/transport/transport.ts";
import { readRefusal } from "../../platform/api/refusal.ts";
import type { Session } from "./session.ts";

/** Refusal code of a 401 that is about the caller's address, so another token would be refused too. */
const ADDRESS_REFUSED = "ip.not.authorized";

/**
 * Returns a transport that replaces a rejected token once and repeats the request. A 401 means that the service did
 * nothing, so even a request that must not be sent twice can be repeated. Tokens stop working early when they are
 * idle or revoked, or when an administrator changes the client.
 * @param next transport that already adds the session's token
 */
export function renewRejectedToken(next: Transport, session: Session): Transport {
  return async (request) => {
    const sent = await session.accessToken();
    const response = await next(request);
    if (response.status !== 401) return response;
    const bytes = await readBody(response);
    const answer = withBody(response, bytes);
    if (readRefusal(parseJson(new TextDecoder().decode(bytes)))?.code === ADDRESS_REFUSED) return answer;
    const renewed = await session.renew(sent.secret);
    if (renewed === null) return answer;
    return next(request);
  };
}
