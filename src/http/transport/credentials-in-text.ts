import { Secret } from "../../core/secret.ts";

/**
 * Removes credentials from a text of the service, because proxies and careless endpoints quote the request that
 * they refuse. This run's own secrets are already removed (see `hideEchoes`). This covers the credentials of
 * others, such as those of a gateway.
 */
export function hideCredentials(text: string): string {
  return text.replace(/(bearer|basic)(\s+)[\w.~+/=-]+/gi, `$1$2${new Secret("")}`);
}
