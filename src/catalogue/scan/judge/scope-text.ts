import { correctInvented } from "../../lookup/invented-name.ts";
import type { PlatformContext } from "../read/platform-context.ts";
import type { ScanIndex } from "../read/scan-index.ts";
import type { SourceText } from "../text/source-text.ts";
import { type Judgement, judgement } from "./finding.ts";

/** A name that the text presents as an OAuth scope, with its location. */
interface ScopeName {
  readonly offset: number;
  readonly name: string;
}

const LIST =
  /(?<![A-Za-z])(?:oauth_?)?scopes?["'`]?\]?\s*(?::=|=>|=(?!=)|:(?!:)|,|\()\s*((?:new\s+)?(?:\w[\w<>.[\]]*)?\s*[[({][^\])}]{0,600}|["'`][^"'`\n]{0,300}["'`])/gi;
const PARAMETER = /[?&"'`\s]scope=([A-Za-z][\w:%+.-]*)/g;
const NAME = /[A-Za-z][\w-]*(?:(?::|%3A)[A-Za-z*][\w*-]*)*/g;
/** Matches login pages of other products, whose scopes have nothing to do with the platform. */
const OTHER_LOGIN =
  /accounts\.google|googleapis\.com\/auth|login\.microsoftonline|\bokta\b|auth0|login\.salesforce|cognito|keycloak/i;
const LONGEST_LIST = 1000;
const IDENTITY: ReadonlySet<string> = new Set(["openid", "profile", "email", "offline_access"]);

/**
 * Finds the scopes in the text that the platform does not have, with their corrections. Reads only files that
 * mention the platform.
 */
export function findScopeMistakes(
  source: SourceText,
  context: PlatformContext,
  index: ScanIndex,
): readonly { readonly offset: number; readonly judgement: Judgement }[] {
  const hasOtherLogin = OTHER_LOGIN.test(source.text);
  return scopeNames(source.text).flatMap(({ offset, name }) => {
    // A scope without an area, such as `openid`, may belong to any product, so the file itself must mention the
    // platform.
    if (!name.includes(":") && (hasOtherLogin || !context.isMentioned || !IDENTITY.has(name))) return [];
    const lookup = index.lookUpScope(name);
    if (lookup === null || lookup.kind === "found") return [];
    const isMistaken =
      lookup.kind === "permission" ||
      correctInvented(name) !== null ||
      (name.includes(":") && lookup.closest.length > 0);
    if (!isMistaken) return [];
    const isComment = source.commentAt(offset) !== null || source.language.mode === "prose";
    return [
      {
        offset,
        judgement: judgement({
          kind: "scope",
          confidence: isComment ? "low" : "medium",
          message: lookup.correction,
        }),
      },
    ];
  });
}

function scopeNames(text: string): readonly ScopeName[] {
  const lists = Array.from(text.matchAll(LIST), (match) => ({ match, isQuoted: true }));
  const parameters = Array.from(text.matchAll(PARAMETER), (match) => ({ match, isQuoted: false }));
  const names = [...lists, ...parameters].flatMap(({ match, isQuoted }) => {
    const value = match[1] ?? "";
    const start = match.index + match[0].length - value.length;
    return isQuoted ? namesInQuotes(value, start) : namesIn(value, start);
  });
  return [...new Map(names.map((name) => [name.offset, name])).values()];
}

function namesInQuotes(value: string, start: number): readonly ScopeName[] {
  return Array.from(value.matchAll(/(["'`])([^"'`]*)\1/g)).flatMap(({ index, 2: quoted = "" }) =>
    namesIn(quoted, start + index + 1),
  );
}

function namesIn(value: string, start: number): readonly ScopeName[] {
  return Array.from(value.slice(0, LONGEST_LIST).matchAll(NAME), ({ index, 0: name }) => ({
    offset: start + index,
    name: name.replace(/%3A/gi, ":").replace(/^20(?=[a-z])/, ""),
  }));
}
