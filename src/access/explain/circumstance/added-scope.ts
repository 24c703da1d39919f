import { allOf, anyOf } from "../../verdict/wording.ts";
import { reports } from "../assertion/asserted.ts";
import { SOURCES } from "../claims/source.ts";
import type { Claim } from "../finding.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

const CHANGED = "(?:added|assigned|ticked|checked|selected|enabled|granted|set|included|approved|put)";
/** Matches a report that the OAuth client already has the scope: `we already added the scope`. */
const ADDED = new RegExp(
  `\\b(?:already|have|has|had|['’]ve|just|did|we|i|admin\\w{0,12}|customer|they)\\b(?:(?!\\b(?:not|never|if|should|must)\\b|n['’]t\\b)[^.?\\n]){0,30}\\b${CHANGED}\\b[^.?\\n]{0,40}\\bscopes?\\b|\\bscopes? [^.?\\n]{0,40}\\b(?:is|was|are|were|has been|have been) (?:already |definitely |also )?${CHANGED}\\b|\\b(?:even )?after (?:adding|ticking|selecting|enabling|granting) [^.?\\n]{0,30}\\bscopes?\\b`,
  "i",
);
/** Matches client credentials, to which scopes do not apply. Other claims explain that. */
const BY_CLIENT = /\bclient[-_ ]?credentials?\b|\bservice account\b/i;

const OLD_TOKEN: Claim = {
  text: "a scope that is added to the OAuth client applies immediately",
  verdict: "false",
  truth:
    "a token keeps the scopes it was issued with, so only a login after the change includes the new scope",
  source: SOURCES.help,
};

/**
 * Recognizes a refusal that continues although the scope was added. A token issued earlier lacks the new scope, and a
 * scope cannot replace a permission.
 */
export function findAddedScope({ layer, status, operation, words }: CircumstanceFacts): Circumstance | null {
  if (status !== 403 || !reports(ADDED, words) || BY_CLIENT.test(words)) return null;
  switch (layer) {
    case "scope":
      return {
        layer,
        meaning:
          "the token does not contain the scope; it was probably issued before the scope was added to the OAuth client",
        claims: [OLD_TOKEN],
        remedies: SHOWN_SCOPES,
        isWholeRemedy: true,
      };
    case "permission":
    case "division":
      return { layer, meaning: null, claims: [withoutRole(null)], remedies: [], isWholeRemedy: false };
    case "unknown":
      return {
        layer,
        meaning: null,
        claims: [OLD_TOKEN, withoutRole(neededBy(operation))],
        remedies: SHOWN_SCOPES.slice(0, 1),
        isWholeRemedy: false,
      };
    default:
      return null;
  }
}

function neededBy(operation: CircumstanceFacts["operation"]): string | null {
  const permissions = operation?.permissions ?? [];
  if (permissions.length === 0) return null;
  return operation?.permissionMode === "ALL" ? allOf(permissions) : anyOf(permissions);
}

function withoutRole(needed: string | null): Claim {
  return {
    text: "adding a scope gives access",
    verdict: "false",
    truth: `a scope grants nothing: the user's roles must also hold ${needed ?? "the permission"}`,
    source: SOURCES.help,
  };
}

const SHOWN_SCOPES = [
  {
    kind: "log-in-again",
    summary: "log in again after the change, then check that the new token's scopes contain the added one",
    command: "genscope whoami",
  },
  {
    kind: "add-scope",
    summary:
      "if it is still missing, check that the scope was added to the OAuth client that the program uses, and that an administrator approved it",
    menuPath: "Admin > Integrations > Authorized Applications",
  },
] as const;
