import { reports } from "../assertion/asserted.ts";
import { SOURCES } from "../claims/source.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

const WITH_SECRET = /\bclient[-_ ]?(?:credentials|secret)\b/i;
const IN_BROWSER = /\bCORS\b|\bAccess-Control-Allow-Origin\b|\bcross[- ]origin\b/i;

/**
 * Recognizes a web page that logs in with a client secret. The browser blocks such a login (CORS). Null for any other
 * failure.
 */
export function findBrowserLogin({ failure, layer, words }: CircumstanceFacts): Circumstance | null {
  const isLogin = /^\/oauth2?\/token\/?$/.test(failure.request?.path ?? "");
  if (!isLogin || layer !== "network" || !IN_BROWSER.test(failure.message ?? "")) return null;
  if (!reports(WITH_SECRET, words)) return null;
  return {
    layer: "network",
    meaning: null,
    claims: [
      {
        text: "a page in the browser can log in with client credentials",
        verdict: "false",
        truth: "every visitor could read its secret there; client credentials belong on a server",
        source: SOURCES.publicClients,
      },
    ],
    remedies: [
      {
        kind: "fix-credentials",
        summary:
          "log users in with authorization code and PKCE, which needs no secret, or request the token on a server",
      },
    ],
    isWholeRemedy: false,
  };
}
