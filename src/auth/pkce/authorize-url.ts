import { UsageError } from "../../core/errors.ts";
import type { Region } from "../../platform/region.ts";
import type { Proof } from "./proof.ts";

/** What the person chose about the login page. */
export interface LoginPage {
  /** With `provider`, skips the question for the organization and goes to its identity provider. */
  readonly organization: string | null;
  readonly provider: string | null;
  /** An address, an organization's name, or `address:organization`. */
  readonly loginHint: string | null;
  /** `login` asks for the password although the browser remembers a session. */
  readonly prompt: string | null;
}

/** @throws UsageError `usage.login_page`: the platform ignores one of the two without the other */
export function checkLoginPage(page: LoginPage): LoginPage {
  if ((page.organization === null) !== (page.provider === null)) {
    throw new UsageError("usage.login_page", "`--org` and `--provider` belong together", {
      hint: "give both or neither: `--org acme --provider okta`",
    });
  }
  return page;
}

/**
 * The address of the login page: RFC 6749 section 4.1.1 with the challenge of RFC 7636 section 4.3. A scope is
 * not asked for: the client's configuration says which scopes there are.
 * @param redirectUri sent letter by letter as registered
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
    if (value !== null) {
      query.set(name, value);
    }
  }
  return `${region.loginUrl}/oauth/authorize?${query.toString()}`;
}
