import type { Answer } from "../answer.ts";
import { describeScope } from "../scopes.ts";
import type { BrowserSession } from "../state/login.ts";
import type { User } from "../state/organization.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { type Markup, markup } from "./markup.ts";
import { showPage } from "./page.ts";

/** Returns the login page. Its forms post to the page's own address, which contains the authorization request. */
export function loginPage(
  request: AuthorizationRequest,
  problem: string | null = null,
  email = request.loginHint,
): Answer {
  const [example] = request.organization.users.values();
  return showPage({
    heading: request.provider === null ? "Log in" : `Log in with ${request.provider}`,
    leadsTo: request.redirectUri,
    body: markup`<p>to <strong>${request.organization.name}</strong>, for <strong>${request.client.name}</strong></p>
${problem === null ? "" : markup`<p class="problem" role="alert">${problem}</p>`}
<form method="post">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${email}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button name="step" value="login">Log in</button>
</form>
<p class="note">Log in as any user of the organization${example === undefined ? "" : `, such as ${example.email}`}, with any password.</p>`,
  });
}

export function consentPage(request: AuthorizationRequest, session: BrowserSession, user: User): Answer {
  const { client, organization, redirectUri } = request;
  return showPage({
    heading: `${client.name} asks for access`,
    leadsTo: redirectUri,
    body: markup`<p>as <strong>${user.name}</strong> (${user.email}) of <strong>${organization.name}</strong></p>
${scopeList(client.scope)}
<p>The app receives your answer at <code>${redirectUri}</code></p>
<form method="post">
${ticketField(session)}
<button name="step" value="allow">Allow</button>
<button name="step" value="deny">Deny</button>
</form>`,
  });
}

/**
 * Returns the page that replaces the consent page while the organization enforces scopes and no administrator has
 * approved the app.
 */
export function approvalPage(request: AuthorizationRequest, session: BrowserSession): Answer {
  return showPage({
    heading: `An administrator must approve ${request.client.name}`,
    leadsTo: request.redirectUri,
    body: markup`<p>${request.organization.name} allows approved apps only.
An administrator can approve this app under Admin &gt; Integrations &gt; Authorized Applications.</p>
<form method="post">
${ticketField(session)}
<button name="step" value="deny">Back to the app</button>
</form>`,
  });
}

/**
 * Returns the page for a request with an unknown client or an unregistered redirect URI. The browser is not redirected.
 */
export function invalidClientPage(): Answer {
  return showPage({
    heading: "OAuth client ID or redirect URI is invalid",
    status: 400,
    body: markup`<p>The app that sent you here is not set up for this login. You can close this page.</p>`,
  });
}

/** Returns the page that `/logout` shows when it does not redirect. */
export function loggedOutPage(): Answer {
  return showPage({ heading: "You are logged out", body: markup`<p>You can close this page.</p>` });
}

function scopeList(scopes: readonly string[]): Markup {
  if (scopes.length === 0) return markup`<p>It asks for no scopes.</p>`;
  const items = scopes.map((scope) => markup`<li>${describeScope(scope)} <code>${scope}</code></li>`);
  return markup`<p>It wants to</p><ul>${items}</ul>`;
}

function ticketField(session: BrowserSession): Markup {
  return markup`<input type="hidden" name="ticket" value="${session.ticket}">`;
}
