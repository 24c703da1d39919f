import { asNumber, asRecord, asString, parseJson } from "../../core/json.ts";
import { Secret } from "../../core/secret.ts";
import { readBody } from "../../http/transport/body.ts";
import { readCorrelationId } from "../../http/transport/correlation.ts";
import type { HttpRequest, Transport } from "../../http/transport/transport.ts";
import { wholeJson } from "../../http/transport/whole-json.ts";
import type { Region } from "../../platform/region/region.ts";
import type { AccessToken } from "./access-token.ts";
import { explainClientRefusal } from "./client-refusal.ts";
import { toAccessToken } from "./issued-tokens.ts";
import { describeTokenRefusal } from "./token-refusal.ts";

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: Secret;
}

export interface TokenEndpoint {
  readonly region: Region;
  /** Origin of the region, quoted in error messages. */
  readonly regionSource: string;
  readonly transport: Transport;
  /** Time when the request is sent, in milliseconds since the epoch. The token's lifetime counts from then. */
  readonly nowMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Timeout of one request in milliseconds; the transport's default when absent. */
  readonly timeoutMs?: number | undefined;
}

/** Largest accepted response; a normal one has a few hundred bytes. */
export const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * Requests a token for the client itself (RFC 6749 section 4.4). Id and secret go into the Basic header unchanged.
 * Section 2.3.1 requires form encoding first, but the platform's own clients skip it, and form encoding would not
 * change any of its ids and secrets. No scope is sent, because scopes mean nothing for this grant.
 * @throws AuthError with the cause as its code when the endpoint refuses, UnavailableError when it is throttled or
 * failing, NetworkError when it does not respond
 */
export async function requestClientCredentialsToken(
  endpoint: TokenEndpoint,
  { clientId, clientSecret }: ClientCredentials,
): Promise<AccessToken> {
  const response = await endpoint.transport(toRequest(endpoint, clientId, clientSecret));
  const text = new TextDecoder().decode(await readBody(response, MAX_ANSWER_BYTES));
  const body = parseJson(text);
  const answer = asRecord(body);
  const token = response.status === 200 ? asString(answer["access_token"]) : null;
  if (token !== null) return toAccessToken(token, asNumber(answer["expires_in"]), endpoint.nowMs);
  throw describeTokenRefusal(
    {
      answer: { status: response.status, headers: response.headers, body, text },
      correlationId: readCorrelationId(response.headers),
      region: endpoint.region,
      regionSource: endpoint.regionSource,
      clientId,
      secrets: [clientSecret],
    },
    explainClientRefusal,
  );
}

function toRequest(
  { region, signal, timeoutMs }: TokenEndpoint,
  clientId: string,
  clientSecret: Secret,
): HttpRequest {
  const credentials = Buffer.from(`${clientId}:${clientSecret.reveal()}`, "utf8").toString("base64");
  return {
    method: "POST",
    url: new URL(`${region.loginUrl}/oauth/token`),
    headers: { authorization: new Secret(`Basic ${credentials}`) },
    body: { kind: "form", fields: { grant_type: "client_credentials" } },
    // A second request creates a second token, which does no harm.
    repeatable: true,
    whole: wholeJson(MAX_ANSWER_BYTES),
    ...(signal === undefined ? {} : { signal }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}
