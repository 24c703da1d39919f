import { Secret } from "../../core/secret.ts";

/**
 * Removes the credentials of a quoted request from a text of the service, because proxies and careless
 * endpoints repeat what they refuse. This run's own secrets are removed before (see `hideEchoes`); this
 * covers credentials of others, such as those of a gateway.
 */
export function hideCredentials(text: string): string {
  return text.replace(/(bearer|basic)(\s+)[\w.~+/=-]+/gi, `$1$2${new Secret("")}`);
}
