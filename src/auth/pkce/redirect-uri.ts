import { UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";

/** Redirect URI on this machine, split into the parts that were registered. */
export interface RedirectUri {
  /** Everything before the port, as registered: `http://localhost`. */
  readonly base: string;
  /** Port number; null when any port will do (RFC 8252 section 7.3). */
  readonly port: number | null;
  /** Registered path: empty, or everything from the first slash. */
  readonly path: string;
}

/** Default redirect URI, registered without a port and therefore valid with any. */
export const DEFAULT_REDIRECT_URI: RedirectUri = { base: "http://localhost", port: null, path: "" };

const LOOPBACK = /^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::(\d{1,5}))?(\/[^?#]*)?$/i;

/** Returns the parts of a redirect URI that a listener on this machine can serve; null for any other. */
export function parseRedirectUri(text: string): RedirectUri | null {
  const [, base, port, path = ""] = LOOPBACK.exec(text) ?? [];
  return base === undefined ? null : { base, port: port === undefined ? null : Number(port), path };
}

/**
 * Returns the URI as text. It is concatenated by hand, because the platform compares character by character
 * and `new URL()` would add a slash that was never registered.
 */
export function formatRedirectUri({ base, port, path }: RedirectUri): string {
  return `${base}${port === null ? "" : `:${port}`}${path}`;
}

/** Splits an address or a request target at its first question mark. */
export function splitQuery(text: string): { readonly target: string; readonly query: string } {
  const mark = text.indexOf("?");
  return mark < 0
    ? { target: text, query: "" }
    : { target: text.slice(0, mark), query: text.slice(mark + 1).replace(/#.*$/s, "") };
}

/**
 * Returns the port number that the text contains.
 * @throws UsageError `usage.port`
 */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new UsageError("usage.port", `\`${oneLine(text, 40)}\` is not a port`, {
      hint: "use a number from 1 to 65535: `--port 8085`",
    });
  }
  return port;
}
