import { appendAll } from "../../../core/lists/append-all.ts";
import type { PathSite } from "../read/path-site.ts";
import { readPath } from "../read/path-text.ts";
import { isOperationPath } from "../read/rootless-sites.ts";
import type { ScanIndex } from "../read/scan-index.ts";
import { argumentsBetween } from "../text/argument.ts";
import { startOfOperand } from "../text/operand.ts";
import type { SourceText } from "../text/source-text.ts";
import { evaluate } from "./evaluate.ts";

/** Matches a call that appends segments to an address: `.addPathSegment("users")`, `.appending(path: "users")`. */
const APPENDS =
  /[!?]?\.\s*(?:add(?:Encoded)?PathSegments?|appendPathSegments?|appendingPathComponent|appending|pathSegment)\s*\(/g;
/** Matches a call between two segments that changes no path. */
const NEXT = /\s*[!?]?\.\s*(\w+)\s*\(/y;
const LABEL = /^(?:path|component)\s*:\s*/;
const MOST_LINKS = 16;
const MOST_CHAINS = 2_000;

/**
 * Finds the paths that code appends segment by segment to the address of a client. Returns only paths of operations,
 * because most addresses of this form are something else.
 */
export function findSegmentChains(source: SourceText, index: ScanIndex): readonly PathSite[] {
  if (source.language.mode !== "code") return [];
  const found: PathSite[] = [];
  let readTo = 0;
  for (const match of source.code.matchAll(APPENDS)) {
    if (match.index < readTo || found.length >= MOST_CHAINS) continue;
    const chain = chainAt(source, match.index);
    readTo = chain.end;
    const read = readPath(`/api/v2/${chain.path}`, 0);
    if (!isOperationPath(read.path, index)) continue;
    found.push({
      offset: chain.firstAt,
      pathEnd: chain.end,
      start: startOfChain(source, match.index),
      end: chain.end,
      path: read.path,
      // The address before the segments is unknown, but the code appends them to one.
      before: "{base}",
      after: "",
      whole: chain.path,
      base: "",
      isComment: false,
      isOpenEnded: false,
    });
  }
  return found;
}

interface Chain {
  readonly path: string;
  /** Offset of the first segment. */
  readonly firstAt: number;
  readonly end: number;
}

/** Reads the calls of a chain from `start`: the path of their segments, and the end of the last call. */
function chainAt(source: SourceText, start: number): Chain {
  const segments: string[] = [];
  let end = start;
  let firstAt = start;
  for (let link = 0; link < MOST_LINKS; link += 1) {
    NEXT.lastIndex = end;
    const name = NEXT.exec(source.code)?.[1];
    if (name === undefined) break;
    const open = NEXT.lastIndex - 1;
    const close = source.closerOf(open);
    if (/path|append/i.test(name)) {
      if (segments.length === 0) firstAt = open + 1;
      appendAll(segments, segmentsOf(source, open + 1, close));
    }
    end = close + 1;
  }
  return { path: segments.join("/"), firstAt, end };
}

function segmentsOf(source: SourceText, from: number, to: number): readonly string[] {
  return argumentsBetween(source, from, to).map(({ start, end }) => {
    const label = LABEL.exec(source.code.slice(start, end))?.[0].length ?? 0;
    const value = evaluate(source, { start: start + label, end }, () => null)?.value;
    return value === undefined ? "{id}" : value.replace(/^\/|\/$/g, "");
  });
}

/** Returns the start of the expression to which the call at `offset` appends, across line breaks before its dots. */
function startOfChain(source: SourceText, offset: number): number {
  let start = offset;
  for (let link = 0; link < MOST_LINKS; link += 1) {
    let end = start;
    while (/\s/.test(source.code[end - 1] ?? "")) end -= 1;
    const next = startOfOperand(source, end);
    if (next >= end) return start;
    start = next;
    if (source.code[start] !== ".") return start;
  }
  return start;
}
