import { splitArguments } from "../text/argument.ts";
import type { Enclosure } from "../text/brackets.ts";
import { calleeBefore } from "../text/operand.ts";
import type { SourceText } from "../text/source-text.ts";
import { isTransparent } from "./callee-method.ts";
import { wordsOfIdentifier } from "./method-evidence.ts";

/** Number of enclosing brackets in which to search for the function that takes the path. */
const MOST_LEVELS = 3;
/** Words in the names of functions that set up a response or check that a request was made. */
const ANSWERS: ReadonlySet<string> = new Set(
  "assert expect expectation expected given intercept interceptor mock mocked nock respond responds responder reply stub stubbed verify verified when whenever".split(
    " ",
  ),
);
/**
 * Matches the name of a function that defines a route on a server or in a browser test, but not `build_route`, which
 * builds an address.
 */
const ROUTE = /(?:^|[.:>])(?:route|(?:api|fake|mock|stub|add|define)_?Routes?)$/i;
/** Matches `mock.onGet`, `urlPathEqualTo`, `mux.HandleFunc`, `mockMvc.perform(get`. */
const MATCHES =
  /(?:^|[.:>])(?:on(?:Get|Post|Put|Patch|Delete|Head|Any|Request)|url(?:Path)?(?:EqualTo|Matching|Template)|requestTo|HandleFunc|Handle|withPath|add_response|stub_request|a_request)$/;
/** Matches a verb on a server or stub, which answers requests: `app.get`. The handler function follows the path. */
const SERVER =
  /(?:^|[.:>])(?:app|router|server|mux|express|fastify|mock\w*|\w*Mock|fetchMock|requests_mock|responses|respx|rsps|httpx_mock|nock|gock|wireMock\w*|adapter|interceptor)\.(?:all|any|use|get|post|put|patch|delete|head|add|Get|Post|Put|Patch|Delete|Head|GET|POST|PUT|PATCH|DELETE)$/i;
/** Matches calls that the stub library msw and real HTTP clients have in common: `http.get(`. */
const STUB_MODULE = /(?:^|[.:>])(?:http|rest)\.(?:all|get|post|put|patch|delete|head)$/;
const IMPORTS_STUBS = /["']msw(?:\/\w+)?["']/;
const HEAD_OF_FILE = 3000;
const STUB_ONLY =
  /(?:^|[.:>])(?:mock\w*|\w*Mock|responses|respx|rsps|httpx_mock|nock|gock|wireMock\w*)\.\w+$/i;
/** Matches a chain that begins with a stub: `nock(host).get(path)`. */
const STUB_CHAIN = /\b(?:nock|gock|mockServer|stubFor|fetchMock|respx|mockAgent)\b[^;{}]{0,160}$/;
/** Maximum number of characters to read from a function, enough for its parameters. */
const LONGEST_HEAD = 120;
const FUNCTION = /^(?:async\b|function\b|func\s*\(|\(?[\w\s,:{}]*\)?\s*=>|\([^()]*\)\s*=>|lambda\b)/;

/**
 * Returns whether the code answers requests for a path instead of sending them: a route of a server, a stub
 * of a test, a check that a request was made. `start` is the start of the expression with the path.
 */
export function isAnswered(source: SourceText, start: number): boolean {
  if (source.language.mode !== "code") return false;
  let from = start;
  for (let level = 0; level < MOST_LEVELS; level += 1) {
    const enclosure = source.enclosureOf(from);
    if (enclosure === null || enclosure.open === "{") return false;
    if (enclosure.open === "(") {
      const callee = calleeBefore(source, enclosure.start);
      if (callee !== "" && answers(source, enclosure, callee, from)) return true;
      // Stops at a function that may send the request. What receives its result is irrelevant.
      if (!isTransparent(callee)) return false;
    }
    from = enclosure.start;
  }
  return false;
}

function answers(source: SourceText, enclosure: Enclosure, callee: string, from: number): boolean {
  if (ROUTE.test(callee) || MATCHES.test(callee) || STUB_ONLY.test(callee)) return true;
  const words = wordsOfIdentifier(callee.split(/[.:>]+/).at(-1) ?? "");
  if (words.some((word) => ANSWERS.has(word))) return true;
  const nameStart = enclosure.start - callee.length;
  if (callee.startsWith(".") && STUB_CHAIN.test(source.code.slice(Math.max(0, nameStart - 200), nameStart))) {
    return true;
  }
  if (STUB_MODULE.test(callee)) return IMPORTS_STUBS.test(source.text.slice(0, HEAD_OF_FILE));
  if (!SERVER.test(callee)) return false;
  // In `app.get(path, handler)`, the argument after the path is a function.
  return splitArguments(source, from, enclosure.end)
    .slice(1)
    .some((argument) => FUNCTION.test(argument.slice(0, LONGEST_HEAD)));
}
