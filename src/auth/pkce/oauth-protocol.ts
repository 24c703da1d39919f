import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  customFetch,
  None,
  OperationProcessingError,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  type TokenEndpointResponse,
  UnsupportedOperationError,
  validateAuthResponse,
} from "oauth4webapi";
import { Secret } from "../../core/secret.ts";
import type { Region } from "../../platform/region/region.ts";
import { type IssuedTokens, toAccessToken } from "../token/issued-tokens.ts";
import type { TokenEndpoint } from "../token/token-endpoint.ts";
import type { ExplainRefusal } from "../token/token-refusal.ts";
import { exchangeOver, refusalOf, type TokenExchange } from "./token-exchange.ts";

/** Response from the login page (RFC 6749 section 4.1.2). */
export type Callback =
  | { readonly kind: "code"; readonly parameters: URLSearchParams }
  /** Error response of RFC 6749 section 4.1.2.1. */
  | { readonly kind: "refused"; readonly error: string; readonly description: string | null };

/**
 * Returns the checked parameters of a callback: the right state, one value each, and the right issuer if one
 * is named (RFC 9207). Returns null for anything that is not the response to this login.
 */
export function readCallback(
  region: Region,
  clientId: string,
  parameters: URLSearchParams,
  state: string,
): Callback | null {
  // RFC 6749 section 3.1: no parameter may appear more than once.
  const isTwice = new Set(parameters.keys()).size !== [...parameters.keys()].length;
  // The library recognizes an error response before it checks the state, so the state is checked here.
  if (isTwice || parameters.get("state") !== state) return null;
  try {
    const checked = validateAuthResponse(serverOf(region), { client_id: clientId }, parameters, state);
    return (checked.get("code") ?? "") !== "" ? { kind: "code", parameters: checked } : null;
  } catch (error) {
    if (error instanceof AuthorizationResponseError) {
      return { kind: "refused", error: error.error, description: error.error_description ?? null };
    }
    if (error instanceof OperationProcessingError || error instanceof UnsupportedOperationError) return null;
    throw error;
  }
}

/**
 * Exchanges a code for tokens (RFC 6749 section 4.1.3, RFC 7636 section 4.5) as a public client, without an
 * Authorization header.
 * @param parameters returned by `readCallback`
 * @throws the token endpoint's errors
 */
export async function exchangeCode(
  endpoint: TokenEndpoint,
  request: {
    readonly clientId: string;
    readonly parameters: URLSearchParams;
    readonly redirectUri: string;
    readonly verifier: Secret;
  },
  explain: ExplainRefusal,
): Promise<IssuedTokens> {
  const { clientId, parameters, redirectUri, verifier } = request;
  const secrets = [verifier, new Secret(parameters.get("code") ?? "")];
  const exchange = exchangeOver({ ...endpoint, clientId, secrets, explain });
  const server = serverOf(endpoint.region);
  const client = { client_id: clientId };
  return await readTokens(exchange, endpoint.nowMs, async () => {
    const response = await authorizationCodeGrantRequest(
      server,
      client,
      None(),
      parameters,
      redirectUri,
      verifier.reveal(),
      optionsFor(endpoint.region, exchange),
    );
    return await processAuthorizationCodeResponse(server, client, response);
  });
}

/**
 * Exchanges a refresh token for new tokens (RFC 6749 section 6), without a secret, because a public client
 * has none.
 * @throws the token endpoint's errors
 */
export async function refreshTokens(
  endpoint: TokenEndpoint,
  { clientId, refreshToken }: { readonly clientId: string; readonly refreshToken: Secret },
  explain: ExplainRefusal,
): Promise<IssuedTokens> {
  const exchange = exchangeOver({ ...endpoint, clientId, secrets: [refreshToken], explain });
  const server = serverOf(endpoint.region);
  const client = { client_id: clientId };
  return await readTokens(exchange, endpoint.nowMs, async () => {
    const response = await refreshTokenGrantRequest(
      server,
      client,
      None(),
      refreshToken.reveal(),
      optionsFor(endpoint.region, exchange),
    );
    return await processRefreshTokenResponse(server, client, response);
  });
}

async function readTokens(
  exchange: TokenExchange,
  nowMs: number,
  ask: () => Promise<TokenEndpointResponse>,
): Promise<IssuedTokens> {
  try {
    const { access_token: token, expires_in: seconds, refresh_token: refreshToken } = await ask();
    return {
      accessToken: toAccessToken(token, seconds ?? null, nowMs),
      issuedAtMs: nowMs,
      refreshToken: refreshToken === undefined ? null : new Secret(refreshToken),
    };
  } catch (error) {
    // The library keeps the response, including tokens, in its errors, so no error of the library is kept as
    // a cause.
    throw error instanceof OperationProcessingError || error instanceof UnsupportedOperationError
      ? refusalOf(exchange)
      : error;
  }
}

/**
 * Returns the server's metadata. There is no discovery document: these are the two endpoints that the
 * platform's own clients use.
 */
function serverOf({ loginUrl }: Region) {
  return { issuer: loginUrl, token_endpoint: `${loginUrl}/oauth/token` };
}

function optionsFor({ loginUrl }: Region, { fetch }: TokenExchange) {
  // Only a region on the loopback interface uses http.
  return { [customFetch]: fetch, [allowInsecureRequests]: loginUrl.startsWith("http:") };
}
