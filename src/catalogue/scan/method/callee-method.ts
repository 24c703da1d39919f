import { isMethod, wordsOfIdentifier } from "./method-evidence.ts";

/** Words that, next to `get`, show that a function sends a request and does not just fetch a value. */
const BESIDE_GET: ReadonlySet<string> = new Set(
  "all api array as async await byte bytes body call data entities entity exchange for from genesys http https int json list mapping mono object page paged pages raw request response rest retrofit retry send stream string sync text try typed url with".split(
    " ",
  ),
);
const BEFORE_VERB: ReadonlySet<string> = new Set(
  "do send make http https api rest request execute perform run call async signed authorized auth authenticated authed json gc genesys purecloud client on when with mock".split(
    " ",
  ),
);
/** Last words in the names of functions that build an address and send no request. */
const MAKES_ADDRESS: ReadonlySet<string> = new Set([
  "url",
  "uri",
  "path",
  "endpoint",
  "route",
  "link",
  "href",
]);
const SUPPOSED: ReadonlyMap<string, string> = new Map([
  ...[
    "fetch",
    "list",
    "load",
    "read",
    "retrieve",
    "paginate",
    "pages",
    "paged",
    "get",
    "download",
    "poll",
  ].map((word) => [word, "GET"] as const),
  ["create", "POST"],
  ["remove", "DELETE"],
]);
const CONSTRUCTORS: ReadonlySet<string> = new Set(["new", "create", "builder", "init"]);

/** Matches functions that send GET unless an argument specifies otherwise. */
const GETS_BY_DEFAULT =
  /(?:^|[.:>])(?:\$?fetch|useFetch|axios|got|ky|urlopen|file_get_contents|getJSON|needle|superagent|nodeFetch|node_fetch|Web\.Contents|(?:shared|session)\.(?:data|dataTask|download))$/;
/**
 * Matches functions that only build an address or a request from their argument; the call around them sends
 * it.
 */
const MAKES_REQUEST =
  /(?:^|[.:>\s])(?:\w*(?:ur[il]|path|format|sprintf|printf|concat|join\w*|endpoint|encode\w*|quote|build\w*|request|str|string|trim\w*|link|resolve|combine|parse|create|fromUriString|fromHttpUrl|valueOf|from|of|new|append\w*|Some|Ok|clone|to_string|as_str|Url|expand|await|require\w*|toString|newBuilder|Builder|URIBuilder|URLRequest|stringByAppending\w*|href))$|\bUri\.https?$/i;

/** Returns the HTTP method in a function's name: `client.PostAsync`, `requests.get`, `new HttpPut`, `@GetMapping`. */
export function methodOfCallee(callee: string): string | null {
  const parts = callee.split(/[.:>!?@]+|->/).filter((part) => part !== "");
  const last = parts.at(-1) ?? "";
  const name = CONSTRUCTORS.has(last.toLowerCase()) ? (parts.at(-2) ?? last) : last;
  const words = wordsOfIdentifier(name);
  const at = words.findIndex(isVerb);
  const verb = words[at];
  if (verb === undefined) return null;
  const method = verb === "del" ? "DELETE" : verb.toUpperCase();
  const before = words.slice(0, at);
  const after = words.slice(at + 1);
  if (after.some((word) => isVerb(word)) || MAKES_ADDRESS.has(after.at(-1) ?? "")) return null;
  if (before.length > 0 && after.length > 0) {
    return before.every((word) => BEFORE_VERB.has(word)) ? method : null;
  }
  if (after.length > 0 && method === "GET") {
    return after.every((word) => BESIDE_GET.has(word)) ? method : null;
  }
  return method;
}

export function getsByDefault(callee: string): boolean {
  return GETS_BY_DEFAULT.test(callee);
}

/**
 * Returns whether a call only builds an address or a request, so that the code around it may specify the HTTP method.
 */
export function isTransparent(callee: string): boolean {
  return callee === "" || MAKES_REQUEST.test(callee.replace(/!$/, ""));
}

/**
 * Returns the HTTP method that the name of a wrapper function suggests: `fetchAllPages`, `listQueues`, `removeMember`.
 */
export function supposedMethod(callee: string): string | null {
  const words = wordsOfIdentifier(callee.split(/[.:>]+/).at(-1) ?? "");
  if (MAKES_ADDRESS.has(words.at(-1) ?? "")) return null;
  return words.map((word) => SUPPOSED.get(word)).find((method) => method !== undefined) ?? null;
}

function isVerb(word: string): boolean {
  return word === "del" || isMethod(word);
}
