import type { Catalogue } from "../../catalogue/facts/catalogue.ts";
import { createTextSearch } from "../../catalogue/facts/text/text-search.ts";

/** Long words of genscope's own sentences, of HTTP and of the SDKs that the definition does not contain. */
const OWN_WORDS: ReadonlySet<string> = new Set(
  "accesstokenvalidityseconds administrator administrators apiexception announcement application applications authenticate authenticated authenticates certification certpath confidential connectionrefused correlation environments exception expiredtokenexception forbiddenexception genesyscloud getaddrinfo handshake internalservererror invalidoperationexception javascript jsondecodeerror misconception mypurecloud nameresolutionerror neighboring neighbouring nodename platformclient platformclientv proxyconnect purecloud purecloudplatformclientv responseheaders samlresponse servname sslhandshakeexception strconv suncertpathbuilderexception temporarily traceparent unauthorizedexception unconditionally unexpectedly unknownhostexception unsupportedgrant urlencoded webexception".split(
    " ",
  ),
);

/**
 * Decides whether a word of letters is one that the platform's definition or genscope itself uses. Answers are kept: the
 * words of a paste repeat.
 */
export function createWordKnowledge(
  catalogue: Pick<Catalogue, "mentions" | "refusals">,
): (word: string) => boolean {
  const decided = new Map<string, boolean>();
  let search: ((word: string) => boolean) | null = null;
  const isDeclared = (word: string): boolean => {
    search ??= createTextSearch(
      catalogue
        .refusals()
        .map(({ code, messages }) => `${code} ${messages.map(({ template }) => template).join(" ")}`)
        .join(" ")
        .toLowerCase(),
    );
    return search(word);
  };
  return (given) => {
    const known = decided.get(given);
    if (known !== undefined) return known;
    const word = given.toLowerCase();
    const isKnown =
      catalogue.mentions(given) ||
      OWN_WORDS.has(word) ||
      catalogue.mentions(word) ||
      catalogue.mentions(`${word.slice(0, 1).toUpperCase()}${word.slice(1)}`) ||
      isDeclared(word);
    decided.set(given, isKnown);
    return isKnown;
  };
}
