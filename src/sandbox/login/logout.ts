import type { Answer, Request } from "../answer.ts";
import { findClient, type World } from "../world.ts";
import { endSession, findSession, sessionCookie } from "./browser-sessions.ts";
import { loggedOutPage } from "./pages.ts";
import { isRegistered } from "./redirect-uri.ts";

/**
 * Answers `GET /logout?client_id&redirect_uri`: ends the browser's session, and redirects if the address is registered.
 */
export function answerLogout(world: World, request: Request): Answer {
  const session = findSession(world, request);
  if (session !== null) endSession(world, session);
  const found = findClient(world, request.query.get("client_id") ?? "");
  const redirectUri = request.query.get("redirect_uri") ?? "";
  if (found !== null && isRegistered(found.client.registeredRedirectUri, redirectUri)) {
    return { status: 303, headers: { ...sessionCookie(null), Location: redirectUri } };
  }
  const page = loggedOutPage();
  return { ...page, headers: { ...page.headers, ...sessionCookie(null) } };
}
