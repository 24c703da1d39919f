import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { ANALYST, createVisitor, logInAndAllow } from "../support/visitor.ts";
import { call, type Reply } from "./client.ts";

/** Verifier and challenge from RFC 7636 appendix B. */
export const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
export const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

export const REDIRECT_URI = "http://localhost:9191";

/** Parameters of a request. Those with the value null are omitted. */
export type Parameters = Readonly<Record<string, string | null>>;

/** Returns the address that an app with PKCE opens in the browser. */
export function authorizeUrl(sandbox: Sandbox, changes: Parameters = {}): string {
  const query = present({
    response_type: "code",
    client_id: sandbox.client.id,
    redirect_uri: REDIRECT_URI,
    state: "state-1",
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
    ...changes,
  });
  return `${sandbox.url}/oauth/authorize?${query}`;
}

/** Returns a code for the analyst, who logs in and consents. */
export async function obtainCode(sandbox: Sandbox, changes: Parameters = {}): Promise<string> {
  const callback = new URL(await logInAndAllow(authorizeUrl(sandbox, changes)));
  return callback.searchParams.get("code") ?? "";
}

/** Exchanges a code with its verifier and without a secret, as the official clients do. */
export async function exchangeCode(
  sandbox: Sandbox,
  code: string,
  changes: Parameters = {},
  secret: string | null = null,
): Promise<Reply> {
  return postForm(
    sandbox,
    {
      grant_type: "authorization_code",
      client_id: sandbox.client.id,
      code,
      code_verifier: VERIFIER,
      redirect_uri: REDIRECT_URI,
      ...changes,
    },
    secret,
  );
}

export async function renew(
  sandbox: Sandbox,
  refreshToken: string,
  secret: string | null = null,
): Promise<Reply> {
  return postForm(
    sandbox,
    { grant_type: "refresh_token", client_id: sandbox.client.id, refresh_token: refreshToken },
    secret,
  );
}

/** Sends a form to the token endpoint. A secret is sent in a Basic header. */
async function postForm(sandbox: Sandbox, form: Parameters, secret: string | null): Promise<Reply> {
  const basic = Buffer.from(`${sandbox.client.id}:${secret}`).toString("base64");
  return call(sandbox, "POST /oauth/token", {
    body: present(form).toString(),
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      ...(secret === null ? {} : { Authorization: `Basic ${basic}` }),
    },
  });
}

/** Returns how the analyst's login ends: the heading of the last page, or the error or `code` of the redirect. */
export async function outcomeOfLogin(sandbox: Sandbox): Promise<string> {
  const visitor = createVisitor();
  let view = await visitor.open(authorizeUrl(sandbox));
  if (view.heading === "Log in") view = await visitor.press("login", { email: ANALYST, password: "any" });
  if (view.heading.endsWith("asks for access")) view = await visitor.press("allow");
  if (view.leftFor === null) return view.heading;
  const answer = new URL(view.leftFor).searchParams;
  return answer.get("error") ?? "code";
}

function present(parameters: Parameters): URLSearchParams {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== null) all.set(name, value);
  return all;
}
