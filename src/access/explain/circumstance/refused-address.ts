import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/**
 * Matches a message about an address outside an allowlist, in wording that differs from the message in the API
 * definition.
 */
const REFUSED =
  /\b(?:(?:the |your |client |source |requestor |requester |caller(?:['’]s)? |remote )*(?:IP|IP ?address(?:es)?)|(?:client|source|requestor|requester|caller(?:['’]s)?|remote) address(?:es)?|address(?:es)?(?= \W?\d{1,3}\.\d))\b(?:[^.\n]|\.(?=\d)){0,80}\b(?:is|are|was)? ?(?:not|n['’]t) (?:authori[sz]ed|allowed|permitted|white-?listed|(?:in|on) the (?:IP )?(?:allow|white) ?-?list)|\b(?:blocked|denied|refused|rejected)\b[^.\n]{0,30}\b(?:IP|IP address)\b[^.\n]{0,30}\b(?:allow|white) ?-?list/i;

/** Recognizes a response that refuses the caller's IP address; null when its message does not mention one. */
export function findRefusedAddress({ failure, status, layer }: CircumstanceFacts): Circumstance | null {
  if ((status !== 401 && status !== 403) || (layer !== "unknown" && layer !== "token")) return null;
  return REFUSED.test(failure.message ?? "")
    ? { layer: "ip", meaning: null, claims: [], remedies: [], isWholeRemedy: false }
    : null;
}
