import { reports } from "../assertion/asserted.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/** Matches a chat widget for the visitors of a site. */
const WIDGET =
  /\b(?:(?:web ?)?(?:chat|messenger|messaging)[ -]?(?:widget|bubble|button|launcher|snippet|plugin)|widget (?:for|of) (?:the )?(?:web ?)?chat|web ?chat(?: version| v?\d)?|web messenger)\b/i;
/** Matches evidence that the refused call sends an OAuth token or is a login. */
const OF_OAUTH =
  /\b(?:OAuth\d?|client[-_ ]?(?:credentials?|id|secret)|access[-_ ]?token|Bearer|Authorization|grant|PKCE|SDK|log(?:s|ged|ging)? ?in|agents?|API)\b/i;

/**
 * Recognizes a bare 401 of a chat widget, which sends no OAuth token for its visitors. Null when the text shows the
 * request or mentions OAuth.
 */
export function findVisitorWidget({
  failure,
  status,
  code,
  layer,
  words,
}: CircumstanceFacts): Circumstance | null {
  const isBare = failure.request?.path == null && code === null && failure.message === null;
  if (status !== 401 || layer !== "token" || !isBare) return null;
  if (!reports(WIDGET, words) || OF_OAUTH.test(words)) return null;
  return {
    layer: "token",
    meaning:
      "a chat widget sends no OAuth token for its visitors, and the text does not show which of its requests was refused",
    claims: [],
    remedies: [
      {
        kind: "none",
        summary:
          "open the network tab of the browser's developer tools, load the page again and paste the refused request with its response",
      },
      {
        kind: "none",
        summary:
          "compare the deployment id and the region in the page's snippet with those of the deployment, and the page's domain with the domains that the deployment allows",
      },
    ],
    isWholeRemedy: true,
  };
}
