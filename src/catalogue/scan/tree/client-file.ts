import type { SourceText } from "../text/source-text.ts";
import { typesOf } from "./owner.ts";
import { directoryOf, stemOf } from "./value-table.ts";

/** A file that builds a client whose base is the root of the API. */
export interface ClientFile {
  readonly file: string;
  /** Names of the types in the file, without those that many libraries have. */
  readonly types: readonly string[];
  /** Names to which the file's client refers as its base; empty when the file contains the root itself. */
  readonly bases: readonly string[];
}

const MOST_BASES = 8;
/** Matches the base of a client: `baseURL: API_ROOT`, `BaseAddress = new Uri(Routes.Root)`. */
const BASE = /\b(?:base_?(?:ur[li]|address|path)|prefixUrl)\w*["']?\s*(?:[:=(]|=>)\s*([^\n,;]{1,120})/gi;
const GENERIC_TYPE =
  /^(?:Client|Config\w*|Settings|Options|Program|Application|Service|Constants|Request|Response|Session|Module|Helper)$/;
/** Matches modules that standard libraries contain too, so that only a relative import refers to the file. */
const GENERIC_MODULE = /^(?:http|https|requests?|fetch|config|util|utils|url|net|json|main|index)$/i;
const QUOTED = /["']([^"'\s]{1,200})["']/g;

/** Returns a file that may build a client of the API; null for any other file. */
export function clientFileOf(source: SourceText, hasRoot: boolean): ClientFile | null {
  if (source.language.mode !== "code") return null;
  const bases = hasRoot ? [] : basesOf(source);
  if (!hasRoot && bases.length === 0) return null;
  const types = typesOf(source).filter((type) => !GENERIC_TYPE.test(type));
  return { file: source.file, types, bases };
}

function basesOf({ text }: SourceText): readonly string[] {
  const names = new Set<string>();
  for (const [, value = ""] of text.matchAll(BASE)) {
    for (const [name] of value.matchAll(/[A-Za-z_]\w*/g)) {
      if (names.size < MOST_BASES) names.add(name);
    }
  }
  return [...names];
}

/** Returns whether a file imports one of the client files, or mentions a type in it. */
export function usesClient(source: SourceText, files: readonly ClientFile[]): boolean {
  if (files.length === 0 || source.language.mode !== "code") return false;
  const imported = new Set(
    Array.from(source.importLines.matchAll(QUOTED), ([, path = ""]) =>
      path.startsWith(".") || source.importLines.includes("require_relative")
        ? resolvePath(directoryOf(source.file), path)
        : `*/${path.replace(/^[@~]\//, "")}`,
    ),
  );
  return files.some(
    ({ file, types }) =>
      file !== source.file &&
      (types.some((type) => source.mentions(type)) ||
        importsPath(imported, file) ||
        importsModule(source, file)),
  );
}

function importsPath(imported: ReadonlySet<string>, file: string): boolean {
  const plain = file.replace(/\.\w+$/, "");
  const names = [plain, plain.replace(/\/index$/, ""), file];
  return [...imported].some((path) =>
    path.startsWith("*/")
      ? path.slice(2).includes("/") && names.some((name) => name.endsWith(path.slice(1)))
      : names.includes(path.replace(/\.[cm]?[jt]sx?$/, "")),
  );
}

/**
 * Returns whether an import names the module or package of a file: `from .session import Api`,
 * `"example.com/gc/genesys"`.
 */
function importsModule(source: SourceText, file: string): boolean {
  if (file.endsWith(".go")) {
    const directory = directoryOf(file);
    return (
      directory === directoryOf(source.file) || source.mentions(`/${directory.split("/").at(-1) ?? ""}"`)
    );
  }
  if (source.language.hole !== "{" || !file.endsWith(".py")) return false;
  const module = stemOf(file);
  const relative = new RegExp(`\\.${module}\\b|\\bfrom\\s+\\.+\\s+import\\b[^\\n]*\\b${module}\\b`);
  return relative.test(source.importLines) || (!GENERIC_MODULE.test(module) && source.imports(module));
}

/** Returns a path relative to a directory, without `.` and `..`. */
function resolvePath(directory: string, path: string): string {
  const parts = directory === "" ? [] : directory.split("/");
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
