import { NetworkError } from "../core/errors.ts";
import { asNumber, asRecord, asString, parseJson } from "../core/json.ts";
import { Secret } from "../core/secret.ts";
import { readBody } from "../http/body.ts";
import { readCorrelationId } from "../http/correlation.ts";
import type { HttpRequest, Transport } from "../http/transport.ts";
import type { Region } from "../platform/region.ts";
import type { AccessToken } from "./session.ts";
import { describeTokenRefusal } from "./token-refusal.ts";

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: Secret;
}

export interface TokenEndpoint {
  readonly region: Region;
  /** Where the region came from, for the words of a refusal. */
  readonly regionSource: string;
  readonly transport: Transport;
  /** Milliseconds since the epoch when the request is sent; expiry counts from there. */
  readonly nowMs: number;
  readonly signal?: AbortSignal | undefined;
}

const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * Asks for a token of the client itself (RFC 6749 section 4.4). Id and secret go into the Basic header as they
 * are: section 2.3.1 would have them form-encoded first, but the platform's own clients do not, and its ids and
 * secrets have no characters in which the two differ. A scope is not sent: it means nothing for this grant.
 * @throws AuthError with the cause as code when the endpoint refuses, UnavailableError when it is throttled or
 * failing, NetworkError when there is no answer
 */
export async function requestClientCredentialsToken(
  endpoint: TokenEndpoint,
  { clientId, clientSecret }: ClientCredentials,
): Promise<AccessToken> {
  const response = await endpoint.transport(toRequest(endpoint, clientId, clientSecret));
  const text = new TextDecoder().decode(await readBody(response, MAX_ANSWER_BYTES));
  const body = parseJson(text);
  const token = response.status === 200 ? readToken(body, endpoint.nowMs) : null;
  if (token !== null) {
    return token;
  }
  throw describeTokenRefusal({
    answer: { status: response.status, headers: response.headers, body, text },
    correlationId: readCorrelationId(response.headers),
    region: endpoint.region,
    regionSource: endpoint.regionSource,
    clientId,
    secret: clientSecret,
  });
}

function toRequest({ region, signal }: TokenEndpoint, clientId: string, clientSecret: Secret): HttpRequest {
  const credentials = Buffer.from(`${clientId}:${clientSecret.reveal()}`, "utf8").toString("base64");
  return {
    method: "POST",
    url: new URL(`${region.loginUrl}/oauth/token`),
    headers: { authorization: new Secret(`Basic ${credentials}`) },
    body: { kind: "form", fields: { grant_type: "client_credentials" } },
    // A second request makes a second token and harms nothing.
    repeatable: true,
    ...(signal === undefined ? {} : { signal }),
  };
}

/** RFC 6749 section 5.1; `expires_in` is only recommended there. */
function readToken(body: unknown, nowMs: number): AccessToken | null {
  const answer = asRecord(body);
  const token = asString(answer["access_token"]);
  if (token === null) {
    return null;
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new NetworkError(
      "network.invalid_response",
      "the token endpoint sent a token that no header can carry",
    );
  }
  const seconds = asNumber(answer["expires_in"]);
  return { secret: new Secret(token), expiresAtMs: seconds === null ? null : nowMs + seconds * 1_000 };
}
