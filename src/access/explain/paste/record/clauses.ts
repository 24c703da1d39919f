import { isApiPath } from "../failure.ts";
import type { Mention } from "../request/mentions.ts";
import type { LineReading } from "./line-marks.ts";

const STRONG = /\s(?:while|but|whereas|however|although|though)\s|[;]\s|[.!?]\s(?=[A-Z])/gi;
const WEAK = /\s(?:and|then|when|yet)\s|,\s/gi;

/**
 * Splits a line about several requests into one clause per request: `GET /a works and returns 200, but GET /b gets a
 * 403`. Any other line stays whole.
 */
export function splitClauses(line: string, { mentions: all, statuses }: LineReading): readonly string[] {
  if (all.length < 2 || statuses.length === 0) return [line];
  const mentions = all.filter(({ request }) => isApiPath(request.path));
  if (mentions.length < 2 || new Set(mentions.map(keyOf)).size < 2) return [line];
  const clauses: string[] = [];
  let done = 0;
  for (const [index, mention] of mentions.entries()) {
    const next = mentions[index + 1];
    if (next === undefined || keyOf(next) === keyOf(mention)) continue;
    const cut = mention.end + boundaryIn(line.slice(mention.end, next.start));
    clauses.push(line.slice(done, cut));
    done = cut;
  }
  clauses.push(line.slice(done));
  return clauses;
}

function keyOf({ request }: Mention): string {
  return `${request.method} ${request.path}`;
}

/** Where the clause of the first of two requests ends in the text between them. */
function boundaryIn(between: string): number {
  const strong = [...between.matchAll(STRONG)].at(0);
  const weak = [...between.matchAll(WEAK)].at(-1);
  return strong?.index ?? weak?.index ?? between.length;
}
