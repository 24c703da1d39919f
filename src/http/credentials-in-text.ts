import { Secret } from "../core/secret.ts";

/**
 * Text of a service with the credentials of a quoted request taken out: pages of proxies and careless
 * endpoints like to repeat what they refuse. What we know to be secret never gets here by itself.
 */
export function hideCredentials(text: string): string {
  return text.replace(/\b(bearer|basic)(\s+)[\w.~+/=-]+/gi, `$1$2${new Secret("")}`);
}
