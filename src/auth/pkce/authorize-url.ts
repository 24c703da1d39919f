import { UsageError } from "../../core/errors.ts";
import type { Region } from "../../platform/region/region.ts";
import type { Proof } from "./proof.ts";

/** The user's choices for the login page. */
export interface LoginPage {
  /**
   * Organization name; together with `provider`, it skips the organization prompt and opens the identity
   * provider.
   */
  readonly organization: string | null;
  readonly provider: string | null;
  /** Email address, organization name, or `address:organization`. */
  readonly loginHint: string | null;
  /** `login` asks for the password even when the browser has a session. */
  readonly prompt: string | null;
}

/**
 * Checks the choices and returns them unchanged. The platform ignores `--org` without `--provider`, and vice
 * versa.
 * @throws UsageError `usage.login_page` when only one of the two is given
 */
export function checkLoginPage(page: LoginPage): LoginPage {
  if ((page.organization === null) !== (page.provider === null)) {
    throw new UsageError("usage.login_page", "`--org` and `--provider` must be used together", {
      hint: "pass both or neither: `--org acme --provider okta`",
    });
  }
  return page;
}

/**
 * Returns the URL of the login page: RFC 6749 section 4.1.1 with the challenge of RFC 7636 section 4.3. It
 * requests no scope, because the client's configuration defines the scopes.
 * @param request `redirectUri` is sent exactly as registered
 */
export function authorizeUrl(request: {
  readonly region: Region;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly proof: Pick<Proof, "challenge" | "state">;
  readonly page: LoginPage;
}): string {
  const { region, clientId, redirectUri, proof, page } = request;
  const optional = {
    org: page.organization,
    provider: page.provider,
    login_hint: page.loginHint,
    prompt: page.prompt,
  };
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    state: proof.state,
    code_challenge: proof.challenge,
    code_challenge_method: "S256",
  });
  for (const [name, value] of Object.entries(optional)) {
    if (value !== null) query.set(name, value);
  }
  return `${region.loginUrl}/oauth/authorize?${query.toString()}`;
}
