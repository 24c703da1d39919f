/** Matches a loopback address without a port. Captures scheme and host, then path and query. */
const PORTLESS_LOOPBACK = /^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))([/?].*)?$/;

/**
 * Returns whether `requested` is one of the registered redirect URIs. They are compared as strings (RFC 6749 section
 * 3.1.2.3), so `http://localhost:9191` and `http://localhost:9191/` differ. A loopback address that is registered
 * without a port matches any port (RFC 8252 section 7.3). `localhost` and `127.0.0.1` are not interchangeable.
 */
export function isRegistered(registered: readonly string[], requested: string): boolean {
  return registered.some((each) => each === requested || isSameLoopback(each, requested));
}

function isSameLoopback(registered: string, requested: string): boolean {
  const [, origin, rest = ""] = PORTLESS_LOOPBACK.exec(registered) ?? [];
  if (origin === undefined || !requested.startsWith(`${origin}:`)) return false;
  const [, port, requestedRest = ""] = /^:(\d{1,5})([/?].*)?$/.exec(requested.slice(origin.length)) ?? [];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535 && requestedRest === rest;
}

/**
 * Returns the redirect URI with the parameters of the response in its query. An existing query is kept (RFC 6749
 * section 4.1.2), and the URI is not normalized. Parameters with the value null are omitted.
 */
export function withAnswer(redirectUri: string, answer: Readonly<Record<string, string | null>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(answer)) if (value !== null) parameters.set(name, value);
  return `${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${parameters}`;
}
