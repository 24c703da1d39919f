import { parseJson } from "../../core/json.ts";
import { readBody, withBody } from "../../http/body.ts";
import type { Transport } from "../../http/transport.ts";
import { readRefusal } from "../../platform/refusal.ts";
import type { Session } from "./session.ts";

/** A 401 for the address, not for the token: another token would be refused as well. */
const ADDRESS_REFUSED = "ip.not.authorized";

/**
 * Replaces a token that the service rejects, once, and repeats the request: a 401 says that nothing was done,
 * so even what must not be sent twice may be. Tokens end early when idle, revoked, or when an administrator
 * changes the client.
 * @param next with the session's token already added
 */
export function renewRejectedToken(next: Transport, session: Session): Transport {
  return async (request) => {
    const sent = await session.accessToken();
    const response = await next(request);
    if (response.status !== 401) {
      return response;
    }
    const bytes = await readBody(response);
    const answer = withBody(response, bytes);
    if (readRefusal(parseJson(new TextDecoder().decode(bytes)))?.code === ADDRESS_REFUSED) {
      return answer;
    }
    const renewed = await session.renew(sent.secret);
    if (renewed === null) {
      return answer;
    }
    return next(request);
  };
}
