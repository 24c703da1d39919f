import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Provider, type RequestContext } from "oidc-provider";
import { asBoolean, asRecord, asString } from "../../src/core/json.ts";
import { json, type LoopbackServer, listen } from "./loopback-server.ts";

/** An OAuth server that knows neither the platform nor the sandbox, and an API that accepts its tokens. */
export interface IndependentServer extends LoopbackServer {
  /** A client that gets tokens for itself. */
  readonly service: { readonly id: string; readonly secret: string };
  /** An app that users log in to. It has no secret, and its refresh tokens rotate. */
  readonly app: { readonly id: string };
  /** `grant_type` of every token request in order. */
  readonly grants: readonly string[];
}

const SERVICE = { id: "reporting-service", secret: "independent-service-secret-1" };
const APP = { id: "agent-workbench" };
/**
 * Scope for a request without one. RFC 6749 section 3.3 leaves the default to the server, and this server has none.
 */
const DEFAULT_SCOPE = "platform";
/** The API's own account at the OAuth server (RFC 7662 section 2.1). */
const API = { id: "platform-api", secret: "independent-api-secret-1" };

/**
 * Starts the `oidc-provider` package. Its two endpoints have the platform's paths. Adds the part of the API that a
 * login calls.
 * @param defaultScope scope for a request that names none
 */
export async function startIndependentServer(
  defaultScope: string = DEFAULT_SCOPE,
): Promise<IndependentServer> {
  const grants: string[] = [];
  let route: (request: IncomingMessage, response: ServerResponse) => void = () => {};
  const server = await listen(
    createServer((request, response) => route(request, response)),
    "http",
  );
  const provider = createProvider(server.url, grants);
  const answerOAuth = provider.callback();
  route = (request, response) => {
    const path = request.url ?? "";
    if (path.startsWith("/api/")) {
      void answerApi(server.url, request, response);
    } else if (path.startsWith("/interaction/")) {
      void interact(provider, request, response);
    } else {
      if (path.startsWith("/oauth/authorize?") && !path.includes("&scope=")) {
        request.url = `${path}&scope=${encodeURIComponent(defaultScope)}`;
      }
      answerOAuth(request, response);
    }
  };
  return { ...server, service: SERVICE, app: APP, grants };
}

function createProvider(issuer: string, grants: string[]): Provider {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: SERVICE.id,
        client_secret: SERVICE.secret,
        grant_types: ["client_credentials"],
        redirect_uris: [],
        response_types: [],
      },
      {
        client_id: APP.id,
        application_type: "native",
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code", "refresh_token"],
        redirect_uris: ["http://localhost"],
      },
      {
        client_id: API.id,
        client_secret: API.secret,
        grant_types: [],
        redirect_uris: [],
        response_types: [],
      },
    ],
    routes: { authorization: "/oauth/authorize", token: "/oauth/token" },
    interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: isApi },
      revocation: { enabled: true, allowedPolicy: isApi },
    },
    cookies: { keys: ["independent-cookie-key"] },
    ttl: { AccessToken: 3_600, ClientCredentials: 3_600, Grant: 86_400, Interaction: 600, Session: 86_400 },
    findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
    scopes: ["openid", "offline_access", DEFAULT_SCOPE],
    issueRefreshToken: () => true,
    loadExistingGrant: async ({ oidc }: RequestContext) => {
      const { clientId } = oidc.client;
      const grant = new provider.Grant({ clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope(`openid ${DEFAULT_SCOPE}`);
      await grant.save();
      return grant;
    },
  });
  provider.on("grant.success", ({ oidc }) => grants.push(oidc.params.grant_type));
  return provider;
}

const isApi = (_: unknown, client: { readonly clientId: string }) => client.clientId === API.id;

/** Handles the login pages: first asks who the user is, then whether the app may have access. */
async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt } = await provider.interactionDetails(request, response);
  if (request.method === "GET") {
    response.writeHead(200, { "content-type": "text/html" }).end(`<h1>${prompt.name}</h1>`);
    return;
  }
  const form = new URLSearchParams(await text(request));
  const result =
    form.get("step") === "deny"
      ? { error: "access_denied", error_description: "the user refused" }
      : prompt.name === "login"
        ? { login: { accountId: form.get("email") } }
        : { consent: {} };
  await provider.interactionFinished(request, response, result);
}

async function answerApi(issuer: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const token = /^bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const facts = asRecord(await (await ask(`${issuer}/token/introspection`, token)).json());
  const clientId = asString(facts["client_id"]);
  const user = asString(facts["sub"]);
  if (asBoolean(facts["active"]) !== true || clientId === null) {
    json(response, 401, { status: 401, code: "bad.credentials", message: "Invalid login credentials." });
    return;
  }
  switch (`${request.method} ${request.url?.replace(/\?.*/, "")}`) {
    case "GET /api/v2/tokens/me":
      json(response, 200, {
        organization: { id: "organization-1", name: "Independent organization" },
        OAuthClient: { id: clientId, name: clientId },
      });
      return;
    case "DELETE /api/v2/tokens/me":
      await ask(`${issuer}/token/revocation`, token);
      response.writeHead(204).end();
      return;
    case "GET /api/v2/users/me":
      if (user !== null && user !== clientId) {
        json(response, 200, { id: user, name: user, email: user });
        return;
      }
  }
  json(response, 404, { status: 404, code: "not.found", message: "no such resource" });
}

async function ask(url: string, token: string): Promise<Response> {
  const basic = Buffer.from(`${API.id}:${API.secret}`).toString("base64");
  return await fetch(url, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ token }),
  });
}
