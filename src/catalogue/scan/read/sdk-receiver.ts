import { calleeBefore } from "../text/expression.ts";
import { startOfOperand } from "../text/operand.ts";
import type { SourceText } from "../text/source-text.ts";

/**
 * On what a method is called: an instance of an SDK's API class, something else, the object itself, nothing; or it
 * is not called but handed on.
 */
export type Receiver = "api" | "other" | "own" | "none" | "reference";

const API_NAME =
  /(?:api|apis|apiInstance|apiClient|platformClient|genesysClient|purecloud|pureCloudClient)$/i;
const API_CLASS = /Api(?:WithConfig)?$|^Api[A-Z]/;
const ACCESS = /(?:\?\.|!!?\.|&\.|\.|->|::|#)\s*$/;
const OWN = /^(?:this|self|super|@|base|Me)$/;
const DEFINING =
  /(?:^|[\s;{}])(?:function\*?|def|func|fun|sub|fn|async|static|public|private|protected|internal|override|virtual|abstract|suspend|export|final)\s+[^=(;]*$/;
/** Words that stand before a call as well as a type does before a definition. */
const BEFORE_CALL =
  /(?:^|[^\w.])(?:return|await|yield|new|throw|in|of|else|not|and|or|go|defer|try|do|when|case|puts|print|echo|if|unless|while|until|then|from|assert)$/;

/**
 * What the method name at `offset` is called on; null when it is not called there: defined, imported, declared.
 * `isRequestClass`: the name is that of a class that carries a call's arguments.
 */
export type ReadReceiver = (offset: number, name: string, isRequestClass: boolean) => Receiver | null;

/** Reads the receivers of one file; what it finds out about a name serves for all of the name's calls. */
export function createReceiverReader(source: SourceText): ReadReceiver {
  const isApi = remember((name) => isApiName(source, name));
  const isDefined = remember((name) => isDefinedIn(source, name));
  return (offset, name, isRequestClass) => {
    // Words of a comment have no grammar.
    if (source.commentAt(offset) !== null || source.language.mode !== "code") return "other";
    const behind = source.code.slice(offset + name.length, offset + name.length + 60);
    if (isRequestClass) {
      return /^\s*(?:\.builder\b|\()/.test(behind) && !isDefinition(source, offset, name) ? "other" : null;
    }
    const isCalled = /^\s*(?:<[\w<>, .?[\]]*>)?\s*(?:\?\.)?\(/.test(behind);
    const access = ACCESS.exec(source.code.slice(Math.max(0, offset - 200), offset));
    if (access === null) {
      return isCalled && !isDefinition(source, offset, name) && !isDefined(name) ? "none" : null;
    }
    const receiver = receiverName(source, offset - access[0].length);
    if (!isCalled) return isApi(receiver) && /^\s*[,)\];]/.test(behind) ? "reference" : null;
    if (OWN.test(receiver)) return isDefined(name) ? null : "own";
    return isApi(receiver) ? "api" : "other";
  };
}

function remember(decide: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const decided = known.get(name) ?? decide(name);
    known.set(name, decided);
    return decided;
  };
}

/** The last name of what stands before the dot: `usersApi` of `this.usersApi`, `UsersApi` of `new UsersApi()`. */
function receiverName(source: SourceText, end: number): string {
  let trimmed = end;
  while (trimmed > 0 && /\s/.test(source.code[trimmed - 1] ?? "")) trimmed -= 1;
  if (source.code[trimmed - 1] !== ")") {
    return /[\w$@]+$/.exec(source.code.slice(Math.max(0, trimmed - 80), trimmed))?.[0] ?? "";
  }
  const start = startOfOperand(source, trimmed);
  const names = source.code.slice(start, trimmed).match(/[A-Za-z_]\w*/g) ?? [];
  const open = source.code.indexOf("(", start);
  const callee = open === -1 || open > trimmed ? "" : calleeBefore(source, open);
  return names.find((name) => API_CLASS.test(name)) ?? callee.split(/[.:>]/).at(-1) ?? "";
}

function isApiName(source: SourceText, name: string): boolean {
  if (name === "" || OWN.test(name)) return false;
  if (API_NAME.test(name.replaceAll("_", "")) || API_CLASS.test(name)) return true;
  const escaped = name.replaceAll("$", "\\$");
  // `x = new UsersApi(`, `x := client.NewUsersApi(`, `UsersApi x`, `x: UsersApi`, `x *sdk.UsersApi`.
  return new RegExp(
    `(?<![\\w$])${escaped}\\s*(?::\\s*[\\w.]+\\s*)?:?=\\s*(?:await\\s+|new\\s+|&)*[\\w.:]*Api\\w*\\s*(?:\\(|\\{)|\\b[A-Z]\\w*Api\\s+${escaped}\\b|(?<![\\w$])${escaped}\\s*[:?]*\\s+\\*?(?:[\\w.]+\\.)?[A-Z]\\w*Api\\b`,
  ).test(source.code);
}

function isDefinition(source: SourceText, offset: number, name: string): boolean {
  const lineStart = source.code.lastIndexOf("\n", offset - 1) + 1;
  const before = source.code.slice(lineStart, offset);
  if (DEFINING.test(` ${before}`)) return true;
  if (
    /[\w>\])*?&]\s+$/.test(before) &&
    !BEFORE_CALL.test(before.trimEnd()) &&
    !/[(,=+!:|&]\s*$/.test(before)
  ) {
    return true;
  }
  if (before.trim() !== "" && !/[{},;]\s*$/.test(before)) return false;
  const open = source.code.indexOf("(", offset + name.length);
  return (
    open !== -1 &&
    /^\)\s*(?:\{|=>|:\s*[\w<>[\]| ]+\s*[{;=])/.test(
      source.code.slice(source.closerOf(open), source.closerOf(open) + 80),
    )
  );
}

function isDefinedIn(source: SourceText, name: string): boolean {
  return (
    new RegExp(`(?:function\\*?|def|func|fun|fn|const|let|var)\\s+(?:\\([^)]*\\)\\s*)?${name}\\b`).test(
      source.code,
    ) ||
    Array.from(source.code.matchAll(new RegExp(`(?<![.\\w])${name}(?=\\s*\\()`, "g"))).some(({ index }) =>
      isDefinition(source, index, name),
    )
  );
}
