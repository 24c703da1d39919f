import { withoutTrailingSlashes } from "../../core/text.ts";
import { isPlaceholder } from "../facts/path-tree.ts";

/** The name of an operation as a person or a program gave it, split into its parts. */
export type OperationName =
  | {
      readonly kind: "path";
      /** Method in upper case; null when none was given. */
      readonly method: string | null;
      /** Path without host, gateway prefix, query, fragment and trailing slash; begins with a slash. */
      readonly path: string;
    }
  /** Operation id or name of an SDK method. */
  | { readonly kind: "identifier"; readonly identifier: string }
  /** Words of the official CLI in lower case. */
  | { readonly kind: "words"; readonly words: readonly string[] };

/** Matches `POST /path` or `POST: /path`, but not the colon of `https://`. */
const METHOD = /^([A-Za-z]{1,40})(?:\s{1,99}|:\s{0,99}(?!\/\/))(?=\S)/;
/** Matches the method of `POST/path`, which would otherwise be read as the beginning of the path. */
const JOINED_METHOD = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)(?=\/)/i;
const QUOTES = /^[`'"“‘]{1,9}|(?<![`'"”’])[`'"”’]{1,9}$/g;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * Splits a name without looking anything up. A string with a slash is a path or URL, optionally with a method
 * before it and `HTTP/1.1` after it. One word is an identifier; several are words of the official CLI.
 */
export function parseOperationName(text: string): OperationName {
  const name = text.trim().replace(QUOTES, "").trim();
  if (name.includes("/")) {
    const [start = "", method] = METHOD.exec(name) ?? JOINED_METHOD.exec(name) ?? [];
    const path = normalizePath(name.slice(start.length));
    return { kind: "path", method: method?.toUpperCase() ?? null, path };
  }
  const [first = "", ...others] = name.split(/\s+/);
  const words = first.toLowerCase() === "gc" ? others : [first, ...others];
  const flagStart = words.findIndex((word) => word.startsWith("-"));
  const named = (flagStart === -1 ? words : words.slice(0, flagStart)).filter((word) => !isArgument(word));
  const [only = ""] = named;
  return named.length <= 1 && others.length === 0
    ? { kind: "identifier", identifier: bareIdentifier(only) }
    : { kind: "words", words: named.map((word) => word.toLowerCase()) };
}

/** Returns whether a word of a command is an id or a placeholder. */
function isArgument(word: string): boolean {
  return UUID.test(word) || isPlaceholder(word);
}

/** Returns the method name in `platformClient.AnalyticsApi.postX(body)`, `AnalyticsApi#postX` and `api->postX`. */
function bareIdentifier(text: string): string {
  const called = text.split("(", 1)[0] ?? "";
  return called.slice(Math.max(...[".", "#", ":", ">"].map((mark) => called.lastIndexOf(mark))) + 1);
}

function normalizePath(text: string): string {
  const [address = ""] = text.replace(/\sHTTP\/[\d.]{1,9}$/i, "").split(/[?#]/, 1);
  const target = withoutTrailingSlashes(address.trimEnd().replace(/%7B/gi, "{").replace(/%7D/gi, "}"));
  const root = /\/api\/v\d+(?=\/|$)/i.exec(target);
  if (root !== null) return target.slice(root.index);
  const path = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "");
  return path.startsWith("/") ? path : `/${path}`;
}
