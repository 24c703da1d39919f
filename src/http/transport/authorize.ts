import { UsageError } from "../../core/errors.ts";
import { Secret } from "../../core/secret.ts";
import type { TokenSource, Transport } from "./transport.ts";

export interface AuthorizeOptions {
  readonly tokens: TokenSource;
  /** Origins that may receive the token, in the form of `URL.origin`. */
  readonly origins: readonly string[];
}

/**
 * Adds the token to every request. Refuses requests to any other origin, because a URL in a response (a next
 * page, a download) must not send the token elsewhere.
 * @throws UsageError `usage.foreign_host` before anything is sent
 */
export function authorizeRequests(next: Transport, { tokens, origins }: AuthorizeOptions): Transport {
  return async (request) => {
    if (!origins.includes(request.url.origin)) {
      throw new UsageError(
        "usage.foreign_host",
        `the token for \`${origins.join("`, `")}\` is not sent to \`${request.url.origin}\``,
        { hint: "select the region of that address with `--region`" },
      );
    }
    const token = await tokens();
    const authorization = new Secret(`Bearer ${token.reveal()}`);
    return next({ ...request, headers: { ...request.headers, authorization } });
  };
}
