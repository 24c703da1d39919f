import type { Request } from "../answer.ts";
import type { BrowserSession } from "../state/login.ts";
import type { User } from "../state/organization.ts";
import type { World } from "../world.ts";

const COOKIE = "sandbox-session";

/** Starts a session for a user who has just logged in. The id is always new, which prevents session fixation. */
export function startSession(world: World, user: User): BrowserSession {
  const session: BrowserSession = {
    id: world.sequence.text(43),
    userId: user.id,
    ticket: world.sequence.text(43),
    authorizations: [],
    lastUsedAtMs: world.clock.now(),
  };
  world.logins.sessions.set(session.id, session);
  return session;
}

/** Returns the browser's session; null when it has none, or when the session was idle for too long. */
export function findSession(world: World, request: Request): BrowserSession | null {
  const session = world.logins.sessions.get(cookieOf(request));
  if (session === undefined) return null;
  const nowMs = world.clock.now();
  const { enabled, seconds } = world.settings.idleTimeout;
  if (enabled && session.lastUsedAtMs + seconds * 1000 <= nowMs) {
    world.logins.sessions.delete(session.id);
    return null;
  }
  session.lastUsedAtMs = nowMs;
  return session;
}

/** Ends the session and revokes its tokens, because a logout must end refresh tokens as well. */
export function endSession(world: World, session: BrowserSession): void {
  world.logins.sessions.delete(session.id);
  for (const authorization of session.authorizations) authorization.isRevoked = true;
}

/** Returns the header that sets the session cookie, or that clears the cookie if the session is null. */
export function sessionCookie(session: BrowserSession | null): Readonly<Record<string, string>> {
  const value = session === null ? "; Max-Age=0" : session.id;
  return { "Set-Cookie": `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax` };
}

function cookieOf(request: Request): string {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? "";
}
