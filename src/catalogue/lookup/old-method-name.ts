import type { Catalogue } from "../facts/catalogue.ts";
import type { Operation } from "../facts/operation.ts";
import { API_ROOT } from "../facts/operation-line.ts";
import { isPlaceholder } from "../facts/path-tree.ts";

/** Matches the HTTP method at the start of a name that contains the name of an id: `getQueuesQueueId`. */
const WITH_ID = /^(get|post|put|patch|delete)(?=[A-Z])\w{0,150}Id(?=[A-Z]|$)/;

/**
 * Returns the operation that the first Java SDK named after its path, with the names of the ids and sometimes without
 * the first word: `patchCallsCallIdParticipantsParticipantId`. Null unless exactly one operation has this path.
 */
export function findOldMethod(catalogue: Catalogue, name: string): Operation | null {
  const [, method] = WITH_ID.exec(name) ?? [];
  if (method === undefined) return null;
  const rest = name.slice(method.length);
  const [only, ...others] = Array.from(catalogue.operations()).filter(
    (operation) => operation.method === method.toUpperCase() && patternOf(operation).test(rest),
  );
  return others.length === 0 ? (only ?? null) : null;
}

/** Pattern source for the name of one id: `CallId`. */
const ID = "(?:(?!Id(?=[A-Z]|$))\\w){1,40}Id(?=[A-Z]|$)";

/** Returns a pattern for the old name of an operation, without its method. */
function patternOf({ path }: Operation): RegExp {
  const segments = path.slice(API_ROOT.length).split("/");
  const words = segments.map(toWord);
  const parts = segments.map((segment, index) =>
    // The name of an id begins like the word before it: `CallsCallId`, but not `CallsByPhoneId`.
    isPlaceholder(segment) ? `(?=${(words[index - 1] ?? "").slice(0, 3)})${ID}` : toWord(segment),
  );
  const [first = "", ...others] = parts;
  const isOptional = others.length > 1 && !isPlaceholder(segments[1] ?? "");
  return new RegExp(`^${isOptional ? `(?:${first})?` : first}${others.join("")}$`);
}

function toWord(segment: string): string {
  return isPlaceholder(segment)
    ? ""
    : `${segment.slice(0, 1).toUpperCase()}${segment.slice(1).replace(/\W/g, "")}`;
}
