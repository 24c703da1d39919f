import { classifyHost } from "../../../platform/region/host.ts";
import { findBelieved, reports } from "../assertion/asserted.ts";
import type { LayeredClaim } from "./misconception-claims.ts";
import { hostClaim } from "./request-claims.ts";
import {
  basicWithCode,
  grantAsHeader,
  lifetimeInRequest,
  secretInForm,
  sendsJson,
} from "./token-request-claims.ts";

const FORM_SECRET =
  /\bgrant_type\b[\s\S]{0,300}?\bclient_secret\b|\bclient_secret\b[\s\S]{0,300}?\bgrant_type\b/;
/** Matches text that puts the client secret in a header instead of the form. */
const BESIDE_FORM =
  /\bclient_secret\b[^.\n]{0,40}\b(?:Basic|header)\b|\b(?:Basic|header)\b[^.\n]{0,40}\bclient_secret\b/i;
/**
 * Matches the query of a token URL. It is removed first, because a secret in a URL is a different mistake from one in a
 * form.
 */
const QUERY = /(?<=\/token)\?[^\s"'`]{1,4000}/g;
const CODE_WITH_BASIC =
  /\bauthorization[_ -]code\b(?:(?!\b(?:no|not|without|PKCE)\b)[\s\S]){0,200}?(?:\bBasic\b(?! facts)|BasicAuth)|(?:\bBasic\b(?= [A-Za-z0-9+/=$"'`{[<]|["'`]| auth)|BasicAuth)(?:(?!\b(?:not|without|PKCE)\b)[\s\S]){0,200}?\bauthorization[_ ]code\b/i;
/** Matches code that sends the grant type as a header: `setHeader('grant_type', 'client_credentials')`. */
const GRANT_HEADER =
  /\b(?:set|add|append|put)?(?:Request)?Headers?(?:\.(?:set|add|append|put|Add))?\(\s{0,3}["']grant_type["']|-H ["']grant_type: |\bheaders?\b\s{0,3}[:=]\s{0,3}\{[^{}]{0,300}["']grant_type["']\s{0,3}:/i;
/** Matches a token request, or a description of one, that contains a field for the lifetime. */
const LIFETIME_FIELD =
  /\bgrant_type\b(?:(?!\}| status| -> )[^\n]){0,300}?["'&,{\s]duration["']?\s{0,3}[:=](?!\s?["']?\d{1,6}(?:\.\d+)?\s?m?s\b)|["'&,{\s]duration["']?\s{0,3}[:=][^\n]{0,300}?\bgrant_type\b|\boauth\/token\b[\s\S]{0,600}?\bduration (?:parameter|field|property|option)\b/;
const HOST =
  /(?<![\w@.-])((?:[a-z0-9-]{1,63}\.){1,4}(?:mypurecloud\.(?:com(?:\.au)?|ie|de|jp|fr|eu|net|org|io|co\.uk)|pure\.cloud|purecloud\.com|genesyscloud\.com|genesys\.cloud|mygenesyscloud\.com|eu-gene\.com))(?![\w-])/gi;
const MOST_HOSTS = 100;

/** Finds mistakes in the hosts and token requests of source code or prose without a request line. */
export function findTextClaims(text: string, domains: readonly string[]): readonly LayeredClaim[] {
  // A URL in the query of another URL is percent-encoded.
  const decoded = text.replace(/%3A/gi, ":").replace(/%2F/gi, "/");
  const hosts = [
    ...new Set(
      findBelieved(HOST, decoded)
        .slice(0, MOST_HOSTS)
        .map(([, host = ""]) => host.toLowerCase()),
    ),
  ];
  const withoutQueries = text.replace(QUERY, "");
  return [
    ...(reports(FORM_SECRET, withoutQueries) && !BESIDE_FORM.test(text) && !sendsJson(text)
      ? [secretInForm()]
      : []),
    ...(reports(CODE_WITH_BASIC, text) ? [basicWithCode()] : []),
    ...(reports(GRANT_HEADER, text) ? [grantAsHeader()] : []),
    ...(reports(LIFETIME_FIELD, text) ? [lifetimeInRequest()] : []),
    ...hosts.flatMap((host) =>
      // A bare domain is the name of a region, unless it is the host of a URL.
      domains.includes(host) && !text.toLowerCase().includes(`://${host}`)
        ? []
        : (hostClaim(host, classifyHost(host, domains)) ?? []),
    ),
  ];
}
