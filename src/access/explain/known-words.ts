import type { Catalogue } from "../../catalogue/facts/catalogue.ts";
import { createTextSearch } from "../../catalogue/facts/text/text-search.ts";
import { VOCABULARY } from "./vocabulary.ts";

/** Long words that the API definition does not contain, from genscope's own sentences, HTTP and the SDKs. */
const OWN_WORDS: ReadonlySet<string> = new Set(
  "accesstokenvalidityseconds administrator administrators apiexception announcement application applications authenticate authenticated authenticates certification certpath confidential connectionrefused correlation dhttps djavax environments exception expiredtokenexception forbiddenexception genesyscloud getaddrinfo handshake internalservererror invalidoperationexception javascript jsondecodeerror misconception mypurecloud nameresolutionerror neighboring neighbouring nodename platformclient platformclientv proxyconnect purecloud purecloudplatformclientv responseheaders samlresponse servname sslhandshakeexception strconv suncertpathbuilderexception temporarily traceparent unauthorizedexception unconditionally unexpectedly unknownhostexception unsupportedgrant urlencoded webexception".split(
    " ",
  ),
);

/** Shortest part of a compound word. Shorter parts occur by chance in most random strings of letters. */
const SHORTEST_PART = 4;
const MOST_PARTS = 4;
const LONGEST_COMPOUND = 40;

/**
 * Returns a function that decides whether the API definition or genscope itself uses a word. Caches its results,
 * because the words of a paste repeat.
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
  const isWord = (word: string): boolean =>
    OWN_WORDS.has(word) ||
    VOCABULARY.has(word) ||
    (word.endsWith("s") && VOCABULARY.has(word.slice(0, -1))) ||
    catalogue.mentions(word) ||
    catalogue.mentions(`${word.slice(0, 1).toUpperCase()}${word.slice(1)}`) ||
    isDeclared(word);
  /**
   * Whether a word consists of known words without separators, as in path segments of the platform. People invent
   * others in the same style.
   */
  const isCompound = (word: string, parts = MOST_PARTS): boolean => {
    if (word.length < SHORTEST_PART * 2 || word.length > LONGEST_COMPOUND || parts < 2) return false;
    for (let length = SHORTEST_PART; length <= word.length - SHORTEST_PART; length += 1) {
      if (!isWord(word.slice(0, length))) continue;
      const rest = word.slice(length);
      if (isWord(rest) || isCompound(rest, parts - 1)) return true;
    }
    return false;
  };
  return (given) => {
    const known = decided.get(given);
    if (known !== undefined) return known;
    const isKnown =
      catalogue.mentions(given) || isWord(given.toLowerCase()) || isCompound(given.toLowerCase());
    decided.set(given, isKnown);
    return isKnown;
  };
}
