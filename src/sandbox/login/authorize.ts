import type { Answer, Request } from "../answer.ts";
import type { Authorization, BrowserSession } from "../state/login.ts";
import type { User } from "../state/organization.ts";
import { lacksApproval } from "../tokens.ts";
import type { World } from "../world.ts";
import { type AuthorizationRequest, findPerson, readAuthorizationRequest } from "./authorization-request.ts";
import { findSession, sessionCookie, startSession } from "./browser-sessions.ts";
import { approvalPage, consentPage, invalidClientPage, loginPage } from "./pages.ts";
import { withAnswer } from "./redirect-uri.ts";

/** Lifetime of a code. RFC 6749 section 4.1.2 recommends at most ten minutes. */
const CODE_LIFETIME_MS = 60_000;

/**
 * Answers a request to the login host's `/oauth/authorize` (RFC 6749 section 4.1.1) with the login page, the consent
 * page, or a redirect to the app. The forms on the pages post to the same address.
 */
export function answerAuthorization(world: World, request: Request): Answer {
  if (request.method !== "GET" && request.method !== "HEAD" && request.method !== "POST") {
    return { status: 405, headers: { Allow: "GET, POST" } };
  }
  const reading = readAuthorizationRequest(world, request.query);
  if (reading.kind === "unaddressable") return invalidClientPage();
  if (reading.kind === "refused") return seeOther(reading.location);
  const asked = reading.request;
  if (request.method === "POST") return answerForm(world, request, asked);
  const person = asked.requiresLogin ? null : rememberedPerson(world, request, asked);
  return person === null ? loginPage(asked) : answerPerson(world, asked, person);
}

/** The browser's session, and the user that it represents in the requested organization. */
interface Person {
  readonly session: BrowserSession;
  readonly user: User;
}

function rememberedPerson(world: World, request: Request, asked: AuthorizationRequest): Person | null {
  const session = findSession(world, request);
  const user = session === null ? undefined : asked.organization.users.get(session.userId);
  return session === null || user === undefined ? null : { session, user };
}

function answerForm(world: World, request: Request, asked: AuthorizationRequest): Answer {
  const form = new URLSearchParams(request.body);
  const step = form.get("step");
  if (step === "login") return logIn(world, request, asked, form);
  const person = rememberedPerson(world, request, asked);
  if (person === null || form.get("ticket") !== person.session.ticket) return loginPage(asked);
  return step === "allow" && !lacksApproval(world, asked.client)
    ? grantCode(world, asked, person)
    : denyAccess(asked);
}

function logIn(world: World, request: Request, asked: AuthorizationRequest, form: URLSearchParams): Answer {
  const email = form.get("email") ?? "";
  const user = findPerson(asked, email);
  if (user === null || (form.get("password") ?? "") === "") {
    return loginPage(asked, "Email or password is wrong.", email);
  }
  const session = startSession(world, user);
  const query = new URLSearchParams(request.query);
  query.delete("prompt");
  return seeOther(`${request.path}?${query}`, sessionCookie(session));
}

/**
 * Returns the response for a logged-in user. The session replaces only the login, not the consent. An app on the
 * loopback interface can't prove its identity, so consent is requested every time (RFC 8252 section 8.6).
 */
function answerPerson(world: World, asked: AuthorizationRequest, person: Person): Answer {
  if (lacksApproval(world, asked.client)) return approvalPage(asked, person.session);
  switch (world.settings.consent) {
    case "ask":
      return consentPage(asked, person.session, person.user);
    case "allow":
      return grantCode(world, asked, person);
    case "deny":
      return denyAccess(asked);
  }
}

function grantCode(world: World, asked: AuthorizationRequest, { session, user }: Person): Answer {
  const authorization: Authorization = {
    organizationId: asked.organization.id,
    clientId: asked.client.id,
    userId: user.id,
    isRevoked: false,
  };
  session.authorizations.push(authorization);
  const value = world.sequence.text(43);
  world.logins.codes.set(value, {
    value,
    authorization,
    redirectUri: asked.redirectUri,
    challenge: asked.challenge,
    expiresAtMs: world.clock.now() + CODE_LIFETIME_MS,
    isUsed: false,
  });
  return seeOther(withAnswer(asked.redirectUri, { code: value, state: asked.state }));
}

function denyAccess({ redirectUri, state }: AuthorizationRequest): Answer {
  return seeOther(
    withAnswer(redirectUri, {
      error: "access_denied",
      error_description: "The resource owner denied the request",
      state,
    }),
  );
}

/** Redirects with 303 and not 307, so that the browser does not send the password again (RFC 9700 section 4.12). */
function seeOther(location: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 303, headers: { ...headers, Location: location, "Cache-Control": "no-store" } };
}
