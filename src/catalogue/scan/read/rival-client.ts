import { calleeBefore } from "../text/operand.ts";
import type { SourceText } from "../text/source-text.ts";
import { classifyBase, isRivalOnly } from "./platform-context.ts";

/** Matches the receiver of a method call: `zd` in `this.zd.get`. */
const RECEIVER = /([A-Za-z_]\w*)(?:\?\.|\.|->|::)\w+[!?]?$/;
const ASSIGNED = /^\s*(?::=|=(?![=>]))/;
const ADDRESS = /https?:\/\/[^\s"'`<>]{1,200}/g;
/** Maximum number of uses of a name to search for its definition. */
const MOST_USES = 8;
const LONGEST_STATEMENT = 300;

/**
 * Returns whether a client of another product requests the path at `start`: `zendesk.get("/api/v2/users")`, or
 * `dd.get("/api/v2/users")` after `dd = connect("https://api.example.com")`.
 */
export function isSentToRival(source: SourceText, start: number): boolean {
  const enclosure = source.enclosureOf(start);
  if (enclosure?.open !== "(") return false;
  const receiver = RECEIVER.exec(calleeBefore(source, enclosure.start))?.[1];
  if (receiver === undefined) return false;
  if (isRivalOnly(receiver)) return true;
  const uses = source.usesOf(receiver, false).slice(0, MOST_USES);
  const definitions = uses.filter((at) =>
    ASSIGNED.test(source.code.slice(at + receiver.length, at + receiver.length + 20)),
  );
  return definitions.length > 0 && definitions.every((at) => namesRival(statementAt(source, at)));
}

function namesRival(statement: string): boolean {
  const addresses = statement.match(ADDRESS) ?? [];
  if (addresses.length > 0) return addresses.every((address) => classifyBase(address).kind === "foreign");
  return isRivalOnly(statement);
}

/** Returns the line at `offset`, and the brackets that it opens. */
function statementAt(source: SourceText, offset: number): string {
  const { code, text } = source;
  const limit = Math.min(text.length, offset + LONGEST_STATEMENT);
  const feed = code.indexOf("\n", offset);
  const lineEnd = feed === -1 ? limit : Math.min(feed, limit);
  const open = /[([{]\s*$/.exec(code.slice(offset, lineEnd));
  const end = open === null ? lineEnd : Math.min(limit, source.closerOf(offset + open.index));
  return text.slice(offset, end);
}
