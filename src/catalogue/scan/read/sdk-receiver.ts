import { calleeBefore, startOfOperand } from "../text/operand.ts";
import type { SourceText } from "../text/source-text.ts";

/**
 * Receiver of a method call: an instance of an SDK's API class, another object, `this`, or none. `reference` means that
 * the code passes the method on without calling it, and `listed` that it holds the name for a later call.
 */
export type Receiver = "api" | "other" | "own" | "none" | "reference" | "listed";

const API_NAME =
  /(?:api|apis|apiInstance|apiClient|platformClient|genesysClient|purecloud|pureCloudClient)$/i;
const API_CLASS = /Api(?:WithConfig)?$|^Api[A-Z]/;
const ACCESS = /(?:\?\.|!!?\.|&\.|\.|->|::|#)\s*$/;
const OWN = /^(?:this|self|super|@|base|Me)$/;
const DEFINING =
  /(?:^|[\s;{}])(?:function\*?|def|func|fun|sub|fn|async|static|public|private|protected|internal|override|virtual|abstract|suspend|export|final)\s+[^=(;]*$/;
/** Matches keywords that may precede a call, so that they are not mistaken for the type of a definition. */
const BEFORE_CALL =
  /(?:^|[^\w.])(?:return|await|yield|new|throw|in|of|else|not|and|or|go|defer|try|do|when|case|puts|print|echo|if|unless|while|until|then|from|assert)$/;

/** Maximum number of characters to read from a long line. */
const LINE_REACH = 400;
/**
 * Matches `x = new UsersApi(`, `x := client.NewUsersApi(`; `UsersApi x`; `x: UsersApi`, `x *sdk.UsersApi`.
 */
const INSTANCES = [
  /(?<![\w$@])([\w$@]+)(?=\s*(?::\s*[\w.]+\s*)?:?=\s*(?:await\s+|new\s+|&)*[\w.:]{0,120}Api\w{0,60}\s*[({])/g,
  /\b[A-Z]\w*Api(?=\s+([\w$@]+))/g,
  /(?<![\w$@])([\w$@]+)(?=(?:\s*[:?]+\s+|\s+)\*?(?:[\w.]+\.)?[A-Z]\w*Api\b)/g,
] as const;
const DEFINED_NAME = /(?:function\*?|def|func|fun|fn|const|let|var)\s+(?:\([^)]{0,200}\)\s*)?(\w+)/g;
const CALLED_NAME = /(?<![.\w])(?:get|post|put|patch|delete|head)\w+(?=\s*\()/gi;

/**
 * Returns the receiver of the method name at `offset`; null when it is not called there but defined, imported
 * or declared. `isRequestClass` marks the name of a class for a call's arguments.
 */
export type ReadReceiver = (offset: number, name: string, isRequestClass: boolean) => Receiver | null;

/** Returns a function that reads the receivers in one file. It caches what it learns about each name. */
export function createReceiverReader(source: SourceText): ReadReceiver {
  const names = readNamesOnce(source);
  const isApi = remember((name) => isApiName(name, names().instances));
  const isDefined = remember((name) => isDefinedIn(source, name, names()));
  return (offset, name, isRequestClass) => {
    // Comments and plain text have no syntax in which to find a receiver.
    if (source.commentAt(offset) !== null || source.language.mode !== "code") return "other";
    const behind = source.code.slice(offset + name.length, offset + name.length + 60);
    if (isRequestClass) {
      return /^\s*(?:\.builder\b|\()/.test(behind) && !isDefinition(source, offset, name) ? "other" : null;
    }
    const isCalled = /^\s*(?:<[\w<>, .?[\]]*>)?\s*(?:\?\.)?\(/.test(behind);
    const access = ACCESS.exec(source.code.slice(Math.max(0, offset - 200), offset));
    if (access === null) {
      if (!isCalled && isApi(destructuredFrom(source, offset))) return "reference";
      return isCalled && !isDefinition(source, offset, name) && !isDefined(name) ? "none" : null;
    }
    const receiver = receiverName(source, offset - access[0].length);
    // Ruby calls a method without parentheses.
    if (!isCalled && source.language.hole === "#{" && isApi(receiver)) return "api";
    if (!isCalled) {
      return isApi(receiver) && /^\s*(?:[,)\];}\n]|\.(?:bind|call|apply)\()/.test(behind)
        ? "reference"
        : null;
    }
    if (OWN.test(receiver)) return isDefined(name) ? null : "own";
    return isApi(receiver) ? "api" : "other";
  };
}

/** Returns the name of the object whose method the code takes: `const { getUser } = usersApi`; empty if none. */
function destructuredFrom(source: SourceText, offset: number): string {
  const enclosure = source.enclosureOf(offset);
  if (enclosure?.open !== "{") return "";
  const behind = source.code.slice(enclosure.end + 1, enclosure.end + 1 + LINE_REACH);
  return /^\s*=\s*(?:await\s+|new\s+)*(?:[\w$]+\.)*([\w$]+)/.exec(behind)?.[1] ?? "";
}

function remember(decide: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const decided = known.get(name) ?? decide(name);
    known.set(name, decided);
    return decided;
  };
}

/** Returns the last name before the dot: `usersApi` of `this.usersApi`, `UsersApi` of `new UsersApi()`. */
function receiverName(source: SourceText, end: number): string {
  let trimmed = end;
  while (trimmed > 0 && /\s/.test(source.code[trimmed - 1] ?? "")) trimmed -= 1;
  if (source.code[trimmed - 1] !== ")") {
    const before = source.code.slice(Math.max(0, trimmed - 80), trimmed);
    // Ruby creates an instance with a method of the class: `UsersApi.new.get_users`.
    return /([\w$@]+)(?:\.new)?$/.exec(before.replace(/^.*?(?=[\w$@:]*\.new$)/s, ""))?.[1] ?? "";
  }
  const start = startOfOperand(source, trimmed);
  const operand = source.code.slice(start, trimmed);
  const names = operand.match(/[A-Za-z_]\w*/g) ?? [];
  const open = operand.indexOf("(");
  const callee = open === -1 ? "" : calleeBefore(source, start + open);
  return names.find((name) => API_CLASS.test(name)) ?? callee.split(/[.:>]/).at(-1) ?? "";
}

/** Names of a whole file, collected in one pass, because one pass per name would take quadratic time. */
interface FileNames {
  /** Names that are assigned an instance of an API class, or have such a type. */
  readonly instances: ReadonlySet<string>;
  /** Names that follow a keyword that defines them. */
  readonly defined: ReadonlySet<string>;
  /** Offsets where SDK-style method names are called without a receiver. */
  readonly calls: ReadonlyMap<string, readonly number[]>;
}

function readNamesOnce(source: SourceText): () => FileNames {
  let names: FileNames | null = null;
  return () => {
    names ??= readFileNames(source);
    return names;
  };
}

function readFileNames({ code }: SourceText): FileNames {
  const calls = new Map<string, number[]>();
  for (const { index, 0: name } of code.matchAll(CALLED_NAME)) {
    const known = calls.get(name);
    if (known === undefined) calls.set(name, [index]);
    else known.push(index);
  }
  return {
    instances: new Set(
      INSTANCES.flatMap((pattern) =>
        Array.from(code.matchAll(pattern), ([, name = ""]) => [name, name.replace(/^@/, "")]).flat(),
      ),
    ),
    defined: new Set(Array.from(code.matchAll(DEFINED_NAME), ([, name = ""]) => name)),
    calls,
  };
}

function isApiName(name: string, instances: ReadonlySet<string>): boolean {
  if (name === "" || OWN.test(name)) return false;
  return API_NAME.test(name.replaceAll("_", "")) || API_CLASS.test(name) || instances.has(name);
}

function isDefinition(source: SourceText, offset: number, name: string): boolean {
  const before = source.code.slice(Math.max(source.lineStartOf(offset), offset - LINE_REACH), offset);
  if (DEFINING.test(` ${before}`)) return true;
  if (
    /[\w>\])*?&]\s+$/.test(before) &&
    !BEFORE_CALL.test(before.trimEnd()) &&
    !/[(,=+!:|&]\s*$/.test(before)
  ) {
    return true;
  }
  if (before.trim() !== "" && !/[{},;]\s*$/.test(before)) return false;
  const end = offset + name.length;
  const open = end + source.code.slice(end, end + LINE_REACH).indexOf("(");
  return (
    open >= end &&
    /^\)\s*(?:\{|=>|:\s*[\w<>[\]| ]+\s*[{;=])/.test(
      source.code.slice(source.closerOf(open), source.closerOf(open) + 80),
    )
  );
}

function isDefinedIn(source: SourceText, name: string, { defined, calls }: FileNames): boolean {
  return defined.has(name) || (calls.get(name) ?? []).some((offset) => isDefinition(source, offset, name));
}
