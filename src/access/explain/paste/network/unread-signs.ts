import type { NetworkSign } from "./network-sign.ts";

/** Errors that hide the response or the reason: a page in place of JSON, or a bare network error. */
export const UNREAD_SIGNS: readonly NetworkSign[] = [
  {
    kind: "html",
    pattern:
      /invalid character '<' looking for beginning of value|Unexpected token '?<'?|Unexpected character encountered while parsing value: <|JSONDecodeError: Expecting value: line 1 column 1|Unexpected character \('<'|is not valid JSON/i,
    meaning: "an HTML page came back where the platform sends JSON: a proxy, a login page, or a wrong host",
    remedyKind: "use-host",
    advice: "print the raw body and its status; compare the host with `api.<domain>` of the region",
  },
  {
    kind: "hidden",
    pattern:
      /\bTypeError: (?:Failed to fetch|NetworkError when attempting to fetch resource|Load failed|fetch failed)|\bAxiosError: Network Error|\bError: Network Error\b|\bERR_NETWORK\b|\bERR_FAILED\b/,
    meaning:
      "the program hides the reason: name resolution, TLS, a proxy, a blocked origin (CORS) or a broken connection",
    remedyKind: "none",
    advice:
      "read the browser's console and network tab, or print `error.cause` in Node: they name the reason",
  },
];
