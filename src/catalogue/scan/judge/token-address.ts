import { classifyBase, type PlatformContext } from "../read/platform-context.ts";
import { readExpression } from "../text/expression.ts";
import type { SourceText } from "../text/source-text.ts";
import { type Judgement, judgement } from "./finding.ts";

const TOKEN_PATH = /\/oauth\/token(?![\w/-])/g;
const WORD = /[^\s"'`(,<>]*$/;
/** Number of characters around a token address that belong to the same request. */
const REACH = 1200;
const LONGEST_BASE = 300;
const FORM_SECRET = /["'`]client_secret["'`]\s*(?:[:,=\]]|=>)|[&"'`?]client_secret=/;
const BASIC = /basic|btoa|b64|base64|setBasicAuth|HTTPBasicAuth|\bauth\s*[=:]|-u\s|--user\b|basic_auth/i;

/**
 * Finds mistakes in how the text requests a token: from a host other than the login host, or with the id and secret
 * in the form, which official clients never do.
 */
export function findTokenMistakes(
  source: SourceText,
  context: PlatformContext,
): readonly { readonly offset: number; readonly judgement: Judgement }[] {
  return Array.from(source.text.matchAll(TOKEN_PATH)).flatMap(({ index }) => {
    const base = baseOf(source, index);
    if (/\/api\/v\d+$/.test(base)) return [];
    const kind = classifyBase(base).kind;
    const isLogin = /^["'`]*https?:\/\/login\./i.test(base);
    const isApi = /^["'`]*https?:\/\/api\./i.test(base);
    if (kind === "foreign" || (!context.isMentioned && !context.isInProject && kind === "open" && !isApi)) {
      return [];
    }
    const isComment = source.commentAt(index) !== null || source.language.mode === "prose";
    if (isApi && (kind === "platform" || context.isMentioned)) return [wrongHost(index, base, isComment)];
    if (kind === "wrong" && !isLogin) return [wrongHost(index, base, isComment)];
    return isComment || !sendsSecretInForm(source.text, index) ? [] : [formSecret(index)];
  });
}

/** Returns the text before the path, across concatenated strings. */
function baseOf(source: SourceText, index: number): string {
  const string = source.stringAt(index);
  if (string === null) return WORD.exec(source.text.slice(source.lineAround(index).start, index))?.[0] ?? "";
  const { value } = readExpression(source, string, () => null);
  const at = value.search(new RegExp(TOKEN_PATH.source));
  return WORD.exec(value.slice(Math.max(0, at - LONGEST_BASE), Math.max(0, at)))?.[0] ?? "";
}

function sendsSecretInForm(text: string, index: number): boolean {
  const around = text.slice(Math.max(0, index - REACH), index + REACH);
  return FORM_SECRET.test(around) && !BASIC.test(around);
}

function wrongHost(
  offset: number,
  base: string,
  isComment: boolean,
): { offset: number; judgement: Judgement } {
  const shown = base.replace(/^["'`]+/, "");
  const domain = /^https?:\/\/[\w-]+\.([^/]+)$/i.exec(shown)?.[1] ?? "<domain>";
  return {
    offset,
    judgement: judgement({
      kind: "wrong-host",
      confidence: isComment ? "low" : "high",
      path: "/oauth/token",
      message: `tokens do not come from \`${shown}\`; the token endpoint is \`https://login.${domain}/oauth/token\``,
    }),
  };
}

function formSecret(offset: number): { offset: number; judgement: Judgement } {
  return {
    offset,
    judgement: judgement({
      kind: "token-request",
      confidence: "low",
      message:
        "the id and secret seem to be sent as form fields; official clients send them with HTTP Basic, and it is unconfirmed whether form fields work",
    }),
  };
}
