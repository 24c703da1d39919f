import { Secret } from "../core/secret.ts";

/**
 * Text of a service with the credentials of a quoted request taken out: pages of proxies and careless
 * endpoints like to repeat what they refuse. What this run sent itself is gone before (see `hideEchoes`); this
 * is for credentials of others, such as those of a gateway.
 */
export function hideCredentials(text: string): string {
  return text.replace(/(bearer|basic)(\s+)[\w.~+/=-]+/gi, `$1$2${new Secret("")}`);
}
