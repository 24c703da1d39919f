import { findReported, reports } from "../assertion/asserted.ts";

const SAML = "urn:ietf:params:oauth:grant-type:saml2-bearer";
const NAMED =
  /\bgrant[_ ]?type\b["']?\s{0,3}(?:[:=,]|=>)\s{0,3}["'`]?(client_credentials|authorization_code|refresh_token|urn:[\w:%-]{10,80})/i;
/**
 * Matches a login that sends a SAML assertion. When a person signs in with SAML, the login uses an authorization code
 * instead.
 */
const SAML_WORDS =
  /\bsaml2-bearer\b|\bSAMLResponse\b|\bassertion consumer\b|\bSAML\b[^.\n]{0,60}\b(?:ACS|assertion|bearer|certificate)\b|\b(?:certificate|assertion)\b[^\n]{0,120}\b(?:SAML|single sign-on|SSO|Okta|ADFS|Entra|identity provider)\b/i;
/**
 * Matches a login with an authorization code. Words about another grant in the same text are then about another
 * login.
 */
const CODE_WORDS =
  /\bPKCE\b|\bauthorization[ _]code\b|\bcode_verifier\b|\bredirect_uri\b|\brefresh[ _]token\b/i;
const CLIENT_WORDS = /\bclient[- _]credentials\b/i;

/** Matches phrases about a wrong code verifier, for text that does not quote the error description. */
const VERIFIER =
  /\b(?:code[_ ]?)?verif(?:ier|ication)\b[^.\n]{0,40}\b(?:fail(?:s|ed)?|mismatch|invalid|do(?:es)? ?n[o'’]t match)\b/i;

/** Matches mentions of a token refresh. Its grant type is `refresh_token`. */
const REFRESH =
  /\b(?:refresh(?:es|ing|ed)? (?:the |an? |its |our )?(?:OAuth |access )?tokens?|token refresh(?:es)?)\b/i;

/** Returns the words that describe why a grant was refused; null if there are none. */
export function readGrantError(words: string): string | null {
  return (findReported(VERIFIER, words) ?? findReported(REFRESH, words))?.[0] ?? null;
}

/** Returns the grant type that the text around a login names; null if it names none. */
export function readGrantType(words: string): string | null {
  const [, named = null] = NAMED.exec(words) ?? [];
  if (named !== null) return named.includes("saml2-bearer") ? SAML : named.toLowerCase();
  if (reports(CODE_WORDS, words)) return null;
  if (reports(CLIENT_WORDS, words)) return "client_credentials";
  return reports(SAML_WORDS, words) ? SAML : null;
}
