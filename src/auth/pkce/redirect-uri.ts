import { UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";

/** A redirect URI on this machine, in the parts that its owner registered. */
export interface RedirectUri {
  /** `http://localhost`: everything before the port, as registered. */
  readonly base: string;
  /** Null when any port will do (RFC 8252 section 7.3). */
  readonly port: number | null;
  /** As registered: empty or from the first slash on. */
  readonly path: string;
}

/** Registered without a port, and good for any. */
export const DEFAULT_REDIRECT_URI: RedirectUri = { base: "http://localhost", port: null, path: "" };

const LOOPBACK = /^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::(\d{1,5}))?(\/[^?#]*)?$/i;

/** A redirect URI that a listener on this machine can serve; null for any other. */
export function parseRedirectUri(text: string): RedirectUri | null {
  const [, base, port, path = ""] = LOOPBACK.exec(text) ?? [];
  return base === undefined ? null : { base, port: port === undefined ? null : Number(port), path };
}

/**
 * The URI as text. It is put together by hand: the platform compares letter by letter, and `new URL()` would
 * silently add a slash that nobody registered.
 */
export function formatRedirectUri({ base, port, path }: RedirectUri): string {
  return `${base}${port === null ? "" : `:${port}`}${path}`;
}

/** An address, or the target of a request, in what is before and after its first question mark. */
export function splitQuery(text: string): { readonly target: string; readonly query: string } {
  const mark = text.indexOf("?");
  return mark < 0
    ? { target: text, query: "" }
    : { target: text.slice(0, mark), query: text.slice(mark + 1).replace(/#.*$/s, "") };
}

/** @throws UsageError `usage.port` */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new UsageError("usage.port", `\`${oneLine(text, 40)}\` is not a port`, {
      hint: "a port is a number from 1 to 65535: `--port 8085`",
    });
  }
  return port;
}
